"""The unit administrator's pages: one's own unit and below, every look kept, forms that do what the chat does."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from bot import clock
from bot.replay import Player
from bot.service import Service
from models.audit import Look
from models.outbox import OutboxMessage
from models.people import Absence, Account, Assignment, JoinCode, Person
from models.roster_codes import hashed
from models.units import Unit
from tests.browsing import Browser, Clients, change, opened, rows, said

pytestmark = pytest.mark.pages
PAGES = ("roster", "member", "newcomer", "import", "codes", "schools", "school", "assignments", "unit")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["王干事", "周督导"])
def test_the_pages_are_for_the_administrator_alone(service: Service, client: Clients, path: str, who: str) -> None:
    found = opened(service, client(), who).get(path)
    assert found.status_code == 403
    assert "不在你的职责里" in found.text
    assert [row.granted for row in rows(service, Look.granted)] == [False]


@pytest.mark.parametrize(
    ("path", "query"),
    [("roster", {"unit": 3}), ("member", {"id": 3}), ("school", {"id": 6}), ("assignments", {"unit": 1})],
)
def test_another_unit_is_refused_and_the_asking_kept(
    service: Service, admin: Browser, path: str, query: dict[str, int]
) -> None:
    found = admin.get(path, **query)
    assert found.status_code == 403
    assert not any(word in found.text for word in ("赵干事", "清河区", "钱兼职"))
    assert [row.granted for row in rows(service, Look.granted)] == [False]


def test_forms_reach_nobody_outside(service: Service, admin: Browser) -> None:
    before = rows(service, Person.__table__)
    forms: dict[str, dict[str, Any]] = {
        "change": {"post": "part_time", "role": "cadre"},
        "absent": {"start": "2099-01-01", "end": "2099-01-02"},
        "depart": {"day": clock.now().date().isoformat()},
        "hand": {"taker": 1, "day": clock.now().date().isoformat()},
    }
    for action, fields in forms.items():
        assert admin.send("member", action, {"id": 1}, id=3, **fields).status_code == 422
    assert rows(service, Person.__table__) == before
    assert rows(service, Absence.id) == []


def test_rights_are_those_of_the_moment(service: Service, admin: Browser) -> None:
    assert admin.get("roster").status_code == 200
    change(service, Person, 4, roles="cadre")
    assert admin.get("roster").status_code == 403


def test_the_list_shows_the_own_unit_and_counts_below(service: Service, client: Clients) -> None:
    change(service, Person, 5, roles="unit_admin")
    page = opened(service, client(), "周督导").get("roster").text
    assert "周督导" in page
    assert "王干事" not in page
    assert "沁水县团委</strong><small>5人，已加入5人" in re.sub(r"\s*\n\s*", "", page)
    assert {row.person_id for row in rows(service, Look.person_id)} == set()


def test_a_search_finds_below_and_each_found_can_see_it(service: Service, client: Clients) -> None:
    change(service, Person, 5, roles="unit_admin")
    page = opened(service, client(), "周督导").get("roster", words="干事").text
    assert all(name in page for name in ("王干事", "李干事", "赵干事"))
    looks = {
        (row.person_id, row.what, row.viewer_id) for row in rows(service, Look.person_id, Look.what, Look.viewer_id)
    }
    assert looks == {(number, "roster", 5) for number in (1, 2, 3)}
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "王干事: 谁看过我的记录"])
    assert "周督导 看名册" in shown[-1]


def test_one_person_shows_the_telephone_by_its_ends_only(service: Service, admin: Browser) -> None:
    change(service, Person, 1, phone=service.vault.lock("13900000001"))
    page = admin.get("member", id=1).text
    assert "139****0001" in page
    assert "13900000001" not in page
    assert [row.person_id for row in rows(service, Look.person_id)] == [1]


def test_a_changed_post_and_role_hold_at_once_and_the_person_hears(service: Service, admin: Browser) -> None:
    sent = admin.send(
        "member", "change", {"id": 1}, id=1, post="seconded", role=["cadre", "approver"], 职务="副主任", 人员编号=""
    )
    assert "岗位 专职 → 挂职" in said(admin, sent)
    person = rows(service, Person.id, Person.post, Person.roles, Person.title)[0]
    assert tuple(person) == (1, "seconded", "cadre approver", "副主任")
    assert "角色 干部 → 干部、审批人" in admin.get("member", id=1).text
    told = rows(service, OutboxMessage.person_id, OutboxMessage.text)
    assert [row.person_id for row in told] == [1]
    assert "岗位 专职 → 挂职" in told[0].text


def test_the_term_of_office_begins_when_it_is_said_to(service: Service, admin: Browser) -> None:
    fields: dict[str, Any] = {"post": "full_time", "role": "cadre", "职务": "", "人员编号": ""}
    sent = admin.send("member", "change", {"id": 1}, id=1, joined="2026-10-12", **fields)
    assert "加入日期 2026-09-01 → 2026-10-12" in said(admin, sent)
    assert rows(service, Person.id, Person.joined_on)[0].joined_on == date(2026, 10, 12)
    assert admin.send("member", "change", {"id": 1}, id=1, joined="2026-13-01", **fields).status_code == 422
    assert "没有改动" in admin.send("member", "change", {"id": 1}, id=1, joined="2026-10-12", **fields).text


def test_a_wrong_telephone_changes_nothing(service: Service, admin: Browser) -> None:
    before = rows(service, Person.__table__)
    sent = admin.send(
        "member", "change", {"id": 1}, id=1, post="seconded", role="cadre", 职务="", 人员编号="", phone="1390000"
    )
    assert sent.status_code == 422
    assert "电话 不是有效号码" in sent.text
    assert 'value="seconded" selected' in sent.text
    assert rows(service, Person.__table__) == before


def test_the_last_administrator_stays(service: Service, admin: Browser) -> None:
    sent = admin.send("member", "change", {"id": 4}, id=4, post="full_time", role="cadre", 职务="", 人员编号="")
    assert "唯一的管理员" in said(admin, sent)
    sent = admin.send("member", "depart", {"id": 4}, id=4, day=str(clock.now().date()))
    assert "唯一的管理员" in said(admin, sent)
    assert rows(service, Person.id, Person.roles)[3].roles == "unit_admin"


def test_leave_is_the_leave_of_the_chat(service: Service, admin: Browser) -> None:
    today = clock.local(clock.now()).date()
    end = today + timedelta(days=9)
    sent = admin.send("member", "absent", {"id": 1}, id=1, start=str(today), end=str(end))
    assert "请假，这几天不提醒" in said(admin, sent)
    assert [tuple(row) for row in rows(service, Absence.person_id, Absence.start, Absence.end)] == [(1, today, end)]
    assert "请假到" in admin.get("roster").text
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "王干事: 取消请假"])
    assert "假期取消" in shown[-1]
    assert rows(service, Absence.id) == []


@pytest.mark.parametrize(
    ("start", "end"), [("", ""), ("2099-01-02", "2099-01-01"), ("2020-01-01", "2020-01-02"), ("x", "y")]
)
def test_a_leave_that_cannot_be_is_refused(service: Service, admin: Browser, start: str, end: str) -> None:
    assert admin.send("member", "absent", {"id": 1}, id=1, start=start, end=end).status_code == 422
    assert rows(service, Absence.id) == []


def test_who_leaves_is_out_the_same_day_and_may_come_back(service: Service, admin: Browser) -> None:
    today = clock.local(clock.now()).date()
    sent = admin.send("member", "depart", {"id": 1}, id=1, day=str(today))
    assert "离任" in said(admin, sent)
    assert rows(service, Person.id, Person.left_on)[0].left_on == today
    assert 1 not in {row.person_id for row in rows(service, Account.person_id)}
    assert rows(service, Assignment.person_id, Assignment.end)[0].end == today
    assert "王干事" not in admin.get("roster").text
    admin.send("member", "return", {"id": 1}, id=1)
    assert rows(service, Person.id, Person.left_on)[0].left_on is None


def test_a_newcomer_is_written_once(service: Service, admin: Browser) -> None:
    fields: dict[str, Any] = {"name": "郑新", "unit": 2, "post": "part_time", "role": ["cadre"], "phone": "13900000099"}
    assert "已写进沁水县团委的名册" in said(admin, admin.send("newcomer", "add", **fields))
    again = admin.send("newcomer", "add", **fields)
    assert "已经有郑新" in again.text
    found = [row for row in rows(service, Person.name, Person.post, Person.phone_hash) if row.name == "郑新"]
    assert [tuple(row) for row in found] == [("郑新", "part_time", service.vault.hash("13900000099"))]


def test_a_newcomer_belongs_to_the_own_unit_or_below(service: Service, admin: Browser) -> None:
    assert admin.send("newcomer", "add", name="郑新", unit=3, post="part_time", role="cadre").status_code == 422
    assert "郑新" not in {row.name for row in rows(service, Person.name)}


def test_codes_are_shown_once_and_open_the_door(service: Service, admin: Browser) -> None:
    with service.engine.begin() as connection:
        connection.execute(delete(Account).where(Account.person_id.in_((1, 2))))
    page = admin.get("codes").text
    assert "王干事" in page
    assert "周督导" not in page
    sheet = admin.send("codes", "make", person=["1", "3", "5"])
    codes = re.findall(r"绑定 <span>(\d+)</span>", sheet.text)
    assert len(codes) == 1
    assert codes[0] not in admin.get("codes").text
    kept = [row.code_hash for row in rows(service, JoinCode.code_hash, JoinCode.person_id) if row.person_id == 1]
    assert kept == [hashed(service.vault, codes[0])]
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", f"新人: 绑定 {codes[0]}"])
    assert "王干事，已绑定" in shown[-1]
    assert admin.send("codes", "make").status_code == 422


@pytest.mark.parametrize(("days", "kept"), [("0", 0), ("10", 10), ("11", 3), ("-1", 3), ("三", 3), ("", 3), ("1.5", 3)])
def test_lead_days_keep_to_their_limits(service: Service, admin: Browser, days: str, kept: int) -> None:
    sent = admin.send("unit", "lead", days=days)
    assert sent.status_code == (303 if kept != 3 else 422)
    assert next(row.lead_days for row in rows(service, Unit.id, Unit.lead_days) if row.id == 2) == kept


@pytest.mark.parametrize(
    ("what", "column"), [("rating", "rating_on"), ("spot_check", "spot_check_on"), ("training", "training")]
)
def test_switches_are_those_of_the_chat(service: Service, admin: Browser, what: str, column: str) -> None:
    for on in (True, False):
        admin.send("unit", "switch", what=what, on=str(int(on)))
        units = {row.id: row[1] for row in rows(service, Unit.id, getattr(Unit, column))}
        assert units == {number: on and number == 2 for number in range(1, 7)}
    assert admin.send("unit", "switch", what="lead_days", on="1").status_code == 422
