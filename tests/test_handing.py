"""A post handed over: what is open goes to the one who takes it, what was done stays with the one who did it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select, text, update

from bot.clock import CHINA
from bot.replay import Player
from bot.service import Service
from handlers.handing_over import carry_out
from handlers.handing_words import parts
from models.colleagues import Colleague
from models.handing import Handed
from models.handover import Wanted, cancel, due, handover, plan, planned
from models.items import Item
from models.journal import Actor
from models.people import Assignment, JoinCode, Person
from models.records import Entry, Total
from models.refusal import Refusal

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=CHINA)
TODAY = NOW.date()
WANG, WU = (Colleague(number, name, 2, "沁水县团委", "/1/2/", "cadre") for number, name in ((1, "王干事"), (7, "吴新")))
ADMIN = Actor(4, 2, None, NOW)


def rows(service: Service, *columns: Any, where: Any = None) -> list[Any]:
    statement = select(*columns).order_by(text("1"))
    with service.engine.connect() as connection:
        return list(connection.execute(statement if where is None else statement.where(where)))


def played(service: Service, *lines: str) -> None:
    Player(service, lambda _: None).play(["now 2026-11-20 09:30", *lines])


def hand(service: Service, *, leaves: bool = False, with_schools: bool = True, day: date = TODAY) -> str:
    with service.engine.begin() as connection:
        number = plan(connection, ADMIN, Wanted(WANG, WU, day, leaves, with_schools), TODAY)
        one = handover(connection, number, "/1/2/")
        assert one
        return carry_out(connection, service.policies, service.calendars.of, ADMIN, one, NOW, TODAY)


def totals(service: Service, person: int) -> list[Any]:
    return rows(service, Total.metric, Total.period, Total.value, where=Total.subject_id == person)


def test_records_and_figures_stay_with_the_giver(service: Service) -> None:
    played(service, "王干事: 今天在城关小学驻校，访谈5名队员", "王干事: 反映问题：活动经费不足")
    entries, figures = rows(service, Entry.__table__), totals(service, 1)
    assert figures
    hand(service, leaves=True)
    assert rows(service, Entry.__table__) == entries
    assert totals(service, 1) == figures
    assert all(row.value == 0 for row in totals(service, 7))


def test_classes_and_the_list_begin_anew_with_the_taker(service: Service) -> None:
    with service.engine.begin() as connection:
        bound = {"policies": "league_im_2021", "roles": "cadre"}
        connection.execute(update(Person).where(Person.id.in_((1, 7))).values(**bound))
    played(service, "王干事: 高一3班45人，已覆盖38人", "王干事: 制定任务清单", "王干事: 好", "王干事: 提交清单")
    said = hand(service)
    assert "重点班级：高一3班（覆盖人数从0算起）" in said
    assert "2026年任务清单（作草稿" in said
    covers = rows(service, Entry.person_id, Entry.class_name, Entry.count, Entry.of, where=Entry.activity == "coverage")
    assert [tuple(row) for row in covers] == [(1, "高一3班", 38, 45), (7, "高一3班", 0, 45)]
    lists = rows(service, Item.person_id, Item.status, Item.data, where=Item.kind == "task_list")
    assert [(row.person_id, row.status) for row in lists] == [(1, "submitted"), (7, "draft")]
    assert lists[0].data["lines"] == lists[1].data["lines"]


def test_schools_are_the_takers_from_the_day(service: Service) -> None:
    hand(service)
    held = rows(service, Assignment.person_id, Assignment.school_id, Assignment.start, Assignment.end)
    assert (7, 4, TODAY, None) in [tuple(row) for row in held]
    assert (1, 4, date(2025, 9, 1), TODAY) in [tuple(row) for row in held]


def test_schools_may_stay(service: Service) -> None:
    before = rows(service, Assignment.__table__)
    assert "蹲点学校" not in hand(service, with_schools=False)
    assert rows(service, Assignment.__table__) == before


def test_roles_go_over_and_the_giver_works_on_at_schools(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 1).values(roles="unit_admin supervisor"))
    hand(service)
    roles = {row.id: row.roles for row in rows(service, Person.id, Person.roles)}
    assert (roles[1], roles[7]) == ("cadre", "cadre unit_admin supervisor")


def test_who_leaves_is_out_that_day_with_open_codes(service: Service) -> None:
    hand(service, leaves=True)
    assert rows(service, Person.left_on, where=Person.id == 1)[0].left_on == TODAY
    assert rows(service, JoinCode.person_id, where=JoinCode.person_id == 1) == []


def test_what_is_done_is_due_no_more(service: Service) -> None:
    hand(service)
    with pytest.raises(Refusal, match="已经办过"):
        hand(service)
    with service.engine.begin() as connection:
        assert due(connection, TODAY) == []
        assert planned(connection, "/1/2/") == []


def test_one_at_a_time_and_only_before_its_day(service: Service) -> None:
    with service.engine.begin() as connection:
        number = plan(connection, ADMIN, Wanted(WANG, WU, date(2026, 12, 1), leaves=False, with_schools=True), TODAY)
        with pytest.raises(Refusal, match="已经登记了一次"):
            plan(connection, ADMIN, Wanted(WANG, WU, date(2026, 12, 2), leaves=False, with_schools=True), TODAY)
        one = handover(connection, number, "/1/2/")
        assert one
        assert handover(connection, number, "/1/3/") is None
        assert due(connection, date(2026, 12, 1)) == [one]
        cancel(connection, ADMIN, one)
        assert due(connection, date(2026, 12, 1)) == []
        other = WU._replace(unit_id=3, unit="清河区团委")
        with pytest.raises(Refusal, match="吴新不在沁水县团委"):
            plan(connection, ADMIN, Wanted(WANG, other, TODAY, leaves=False, with_schools=True), TODAY)
        with pytest.raises(Refusal, match="不能是同一个人"):
            plan(connection, ADMIN, Wanted(WANG, WANG, TODAY, leaves=False, with_schools=True), TODAY)


def test_words_name_only_what_went_over() -> None:
    assert parts(Handed()) == []
    full = Handed(("approver",), ("城关小学",), 2, "2026", ("高一3班",), 1, 3)
    assert "；".join(parts(full)) == (
        "角色：审批人；蹲点学校：城关小学；没办完的问题2件，有回音告诉接手人；2026年任务清单（作草稿，核对后再提交）；"
        "重点班级：高一3班（覆盖人数从0算起）；等确认的报送1份；等审定的材料3份"
    )
