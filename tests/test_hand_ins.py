"""A unit's dated duties, from the question to the units below to the frozen figures and what is put right later."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select, update

from bot.clock import CHINA
from bot.desk import Desk
from bot.jobs import hand_ins
from bot.replay import Player
from bot.service import Service
from models.filing import freeze
from models.items import Item
from models.journal import Actor
from models.outbox import OutboxMessage
from models.people import Person
from models.refusal import Refusal
from models.units import Unit


@pytest.fixture
def service(service: Service) -> Service:
    """The small roster under the notice of 2021, with an administrator for the prefecture and each county."""
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="league_im_2021"))
        connection.execute(update(Person).where(Person.id == 5).values(roles="supervisor unit_admin"))
        connection.execute(update(Person).where(Person.id == 6).values(roles="unit_admin"))
    return service


def clock(service: Service, moment: str) -> dict[str, int]:
    """Run the job as if at this moment."""
    now = datetime.fromisoformat(moment).replace(tzinfo=CHINA)
    return dict(hand_ins.run(Desk(service, {}, lambda: now), now))


def told(service: Service) -> list[tuple[int, str]]:
    """Who was told what, in order."""
    with service.engine.connect() as connection:
        rows = connection.execute(select(OutboxMessage.person_id, OutboxMessage.text).order_by(OutboxMessage.id))
        return [(person, text) for person, text in rows]


def say(service: Service, *lines: str) -> None:
    Player(service, lambda _line: None).play(lines)


def test_counties_are_asked_first_then_the_draft_is_made(service: Service) -> None:
    say(service, "now 2026-10-20 17:00", "王干事: 今天在城关小学驻校，访谈3名学生")
    assert not any(clock(service, "2026-11-02 09:00").values())
    asked = clock(service, "2026-11-03 09:00")
    assert (asked["rows_asked"], asked["drafted"]) == (2, 0)
    assert clock(service, "2026-11-04 09:00")["drafted"] == 0
    assert [person for person, _ in told(service)] == [4, 6]
    assert "沁水县团委：应参加3人，已开展1人" in told(service)[0][1]
    drafted = clock(service, "2026-11-08 09:00")
    assert (drafted["rows_asked"], drafted["drafted"]) == (0, 1)
    assert told(service)[-1][0] == 5
    assert "沁水县团委（未确认）" in told(service)[-1][1]


def test_two_runs_tell_nobody_twice(service: Service) -> None:
    for _ in range(3):
        clock(service, "2026-11-03 09:00")
        clock(service, "2026-11-09 09:00")
    assert len(told(service)) == len(set(told(service))) == 4


def test_what_was_confirmed_is_frozen_and_what_is_put_right_stands_beside_it(service: Service) -> None:
    say(
        service,
        "now 2026-10-20 17:00",
        "王干事: 今天访谈3名学生",
        "now 2026-11-05 09:00",
        "孙管理: 确认报送10月完成情况",
        "机器人: 已确认10月任务清单完成情况里本单位这一行",
        "机器人: 沁水县团委：应参加3人",
        "now 2026-11-09 09:00",
        "周督导: 报送情况",
        "机器人: 10月任务清单完成情况：11月10日前，可以确认了",
        "周督导: 确认报送10月完成情况",
        "机器人: 10月任务清单完成情况已定稿（截至10月31日）",
        "机器人: 沁水县团委：应参加3人",
        "机器人: 清河区团委（未确认）：应参加1人",
        "机器人: 还没确认的照样列入并标注：清河区团委",
        "周督导: 10月报送的数",
        "机器人: 定稿后没有更正",
        "周督导: 确认报送10月完成情况",
        "机器人: 已经定稿，数不再变",
        "周督导: 已报送10月完成情况",
        "机器人: 标记为已报送",
        "now 2026-11-12 09:00",
        "王干事: 10月20日那条改成5名",
        "机器人: 已改",
        "周督导: 10月报送的数",
        "机器人: 报出的数不变；定稿后更正1处",
        "机器人: 沁水县团委：访谈学生1处",
        "机器人: 沁水县团委 学生3→5",
    )
    with service.engine.connect() as connection:
        data = connection.execute(select(Item.data).where(Item.kind == "hand_in")).scalar_one()
    assert next(row for row in data["rows"] if row["unit_id"] == 2)["sums"]["student"] == "3"


def test_what_lies_after_the_span_is_not_in_it(service: Service) -> None:
    say(
        service,
        "now 2026-11-05 09:00",
        "王干事: 今天访谈9名学生",
        "孙管理: 确认报送10月完成情况",
        "机器人: 沁水县团委：应参加3人，已开展0人",
    )


def test_a_day_gone_by_is_told_as_a_fact_of_the_unit(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 8).values(unit_id=1, roles="responsible_head"))
    clock(service, "2026-11-08 09:00")
    assert clock(service, "2026-11-11 09:00")["missed"] == 2
    assert [text for person, text in told(service) if person == 8][-1].startswith(
        "长安市团委的10月任务清单完成情况到期"
    )
    assert clock(service, "2026-11-20 09:00").get("missed", 0) == 0


def test_reminded_on_the_workday_before_where_the_tenth_is_a_day_off(service: Service) -> None:
    assert clock(service, "2026-05-09 09:00")["reminded"] == 1
    say(service, "now 2026-05-09 10:00", "周督导: 确认报送4月完成情况", "机器人: 4月任务清单完成情况已定稿")
    assert clock(service, "2026-05-11 09:00")["missed"] == 0


def test_a_unit_without_duties_is_told_so(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="pioneer_2017"))
    say(service, "now 2026-11-05 09:00", "孙管理: 确认报送10月完成情况", "机器人: 现在没有要由本单位确认的报送事项")


def test_a_province_sums_up_the_year_and_names_who_answers_for_it(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="pioneer_2017"))
        connection.execute(update(Unit).where(Unit.id == 1).values(level="province"))
        connection.execute(update(Person).where(Person.id == 8).values(unit_id=1, roles="responsible_head"))
        connection.execute(update(Person).where(Person.id == 7).values(unit_id=1, roles="responsible_office"))
    assert clock(service, "2026-12-01 09:00")["reminded"] == 3
    say(
        service,
        "now 2026-12-30 09:00",
        "周督导: 报送情况",
        "机器人: 2026年驻校蹲点年度工作情况汇总：12月31日前（文件未定日子，按此提醒）",
        "机器人: 第一责任人：陈审批；落实责任人：吴新",
        "吴新: 确认报送年度汇总",
        "机器人: 2026年驻校蹲点年度工作情况汇总已定稿",
    )


def test_frozen_figures_are_frozen_once(service: Service) -> None:
    say(service, "now 2026-11-09 09:00", "周督导: 确认报送10月完成情况", "机器人: 已定稿")
    with service.engine.begin() as connection:
        number = connection.execute(select(Item.id).where(Item.kind == "hand_in")).scalar_one()
        with pytest.raises(Refusal):
            freeze(connection, Actor(5, 1, None, datetime(2026, 11, 9, 10, tzinfo=CHINA)), number, [])


def test_who_another_document_binds_is_in_no_row(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).where(Unit.id == 3).values(policies="pioneer_2017"))
    say(
        service,
        "now 2026-11-09 09:00",
        "周督导: 确认报送10月完成情况",
        "机器人: 沁水县团委（未确认）：应参加3人",
        "机器人: 清河区团委：应参加0人",
    )
