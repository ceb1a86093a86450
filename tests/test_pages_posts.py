"""Posts and schools through the pages: handed over, opened and closed, changed when an approver agrees."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from bot import clock
from bot.desk import Desk
from bot.jobs.hand_over import run
from bot.replay import Player
from bot.service import Service
from models.items import Item
from models.outbox import OutboxMessage
from models.people import Assignment, Person
from models.units import School, Unit
from tests.browsing import Browser, Clients, change, opened, own_schools, rows, said

pytestmark = pytest.mark.pages


def test_a_post_goes_over_today_with_what_is_open(service: Service, admin: Browser) -> None:
    shown: list[str] = []
    now = f"now {clock.now():%Y-%m-%d %H:%M}"
    Player(service, shown.append).play([now, "王干事: 反映问题：活动经费不足"])
    today = clock.local(clock.now()).date()
    change(service, Person, 1, roles="cadre approver")
    sent = admin.send("member", "hand", {"id": 1}, id=1, taker=7, day=str(today), schools="1", leaves="1")
    assert "吴新已接王干事的工作：角色：审批人；蹲点学校：城关小学；没办完的问题1件" in said(admin, sent)
    people = {row.id: row for row in rows(service, Person.id, Person.roles, Person.left_on)}
    assert (people[7].roles, people[1].left_on) == ("cadre approver", today)
    held = own_schools(service)
    assert (7, 4) in held
    assert (1, 4) not in held
    assert {row.person_id for row in rows(service, OutboxMessage.person_id)} == {1, 7}
    issue = next(row for row in rows(service, Item.id, Item.kind, Item.person_id) if row.kind == "issue")
    assert issue.person_id == 1
    Player(service, shown.append, said=5000).play([now, f"孙管理: 问题{issue.id}已解决"])
    answered = [
        row.person_id for row in rows(service, OutboxMessage.person_id, OutboxMessage.text) if "有回音" in row.text
    ]
    assert 7 in answered


def test_a_post_goes_over_on_its_day_by_the_clock(service: Service, admin: Browser) -> None:
    day = clock.local(clock.now()).date() + timedelta(days=3)
    assert "当天自动办理" in said(
        admin, admin.send("member", "hand", {"id": 1}, id=1, taker=7, day=str(day), schools="1")
    )
    assert "接手" in admin.get("member", id=1).text
    assert "已经登记了一次交接" in admin.send("member", "hand", {"id": 1}, id=1, taker=2, day=str(day)).text
    desk = Desk(service, {}, clock.now)
    assert run(desk, clock.now()) == {"handed_over": 0}
    assert run(desk, clock.now() + timedelta(days=3)) == {"handed_over": 1}
    assert run(desk, clock.now() + timedelta(days=3)) == {"handed_over": 0}
    ended = [row.end for row in rows(service, Assignment.person_id, Assignment.end) if row.person_id == 1]
    assert ended == [day]


def test_a_hand_over_to_come_can_be_taken_back(service: Service, admin: Browser) -> None:
    day = clock.local(clock.now()).date() + timedelta(days=3)
    admin.send("member", "hand", {"id": 1}, id=1, taker=7, day=str(day))
    number = next(row.id for row in rows(service, Item.id, Item.kind) if row.kind == "handover")
    assert "交接已取消" in said(admin, admin.send("member", "unhand", {"id": 1}, id=1, handover=number))
    assert [row.status for row in rows(service, Item.status, Item.kind) if row.kind == "handover"] == ["cancelled"]


@pytest.mark.parametrize("days", [-40, 200])
def test_a_hand_over_far_away_is_refused(service: Service, admin: Browser, days: int) -> None:
    day = clock.now().date() + timedelta(days=days)
    assert admin.send("member", "hand", {"id": 1}, id=1, taker=7, day=str(day)).status_code == 422
    assert [row.kind for row in rows(service, Item.kind) if row.kind == "handover"] == []


def test_a_school_is_added_changed_and_closed(service: Service, admin: Browser) -> None:
    fields: dict[str, Any] = {"name": "东山小学", "unit": 2, "kind": "小学", "area": "乡", "weak": "1", "remark": ""}
    assert "已添加东山小学" in said(admin, admin.send("schools", "add", **fields))
    number = next(row.id for row in rows(service, Unit.id, Unit.name) if row.name == "东山小学")
    changed = {"name": "东山学校", "kind": "九年一贯制", "area": "乡", "remark": ""}
    assert "类型 小学 → 九年一贯制" in said(admin, admin.send("school", "change", {"id": number}, id=number, **changed))
    school = next(row for row in rows(service, School.unit_id, School.kind, School.weak) if row.unit_id == number)
    assert (school.kind, school.weak) == ("nine_year", False)


def test_the_mix_on_the_page_is_the_chats(service: Service, admin: Browser) -> None:
    fields: dict[str, Any] = {
        "name": "东山学校",
        "unit": 2,
        "kind": "九年一贯制",
        "area": "城",
        "weak": "1",
        "remark": "",
    }
    admin.send("schools", "add", **fields)
    admin.send("assignments", "assign", id=7, school="东山学校")
    page = re.sub(r"\s*\n\s*", "", admin.get("schools").text)
    assert '<th scope="row">九年一贯制</th><td>城</td><td class="figure">1</td><td class="figure">1</td>' in page
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "孙管理: 学校构成"])
    assert "九年一贯制 1所（城1）" in shown[-1]
    assert "其中基础薄弱的1所" in shown[-1]


def test_a_closed_school_is_nobodys_and_those_there_hear_of_it(service: Service, admin: Browser) -> None:
    today = clock.local(clock.now()).date()
    assert "已告诉在那里蹲点的1人" in said(admin, admin.send("school", "close", {"id": 4}, id=4, day=str(today)))
    assert [row.end for row in rows(service, Assignment.school_id, Assignment.end) if row.school_id == 4] == [today]
    assert [row.person_id for row in rows(service, OutboxMessage.person_id)] == [1]
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "吴新: 我的蹲点学校是城关小学"])
    assert "名册里没有" in shown[-1]
    admin.send("school", "reopen", {"id": 4}, id=4)
    Player(service, shown.append, said=5000).play([f"now {clock.now():%Y-%m-%d %H:%M}", "吴新: 我的蹲点学校是城关小学"])
    assert "你的蹲点学校是城关小学" in shown[-1]


def test_a_change_within_the_year_waits_for_an_approver(service: Service, client: Clients, admin: Browser) -> None:
    change(service, Assignment, 1, start=clock.now().date() - timedelta(days=30))
    assert "提前换要写原因" in admin.send("assignments", "assign", id=1, school="沁水县实验小学").text
    sent = admin.send("assignments", "assign", id=1, school="沁水县实验小学", reason="原学校撤并")
    assert "等陈审批审定" in said(admin, sent)
    assert admin.send("assignments", "accept", work=1).status_code == 422
    approver = opened(service, client(), "陈审批")
    assert "王干事" in approver.get("assignments").text
    number = next(row.id for row in rows(service, Item.id, Item.kind) if row.kind == "school_change")
    assert "退回要写一句意见" in approver.send("assignments", "return", work=number).text
    assert "已通过" in said(approver, approver.send("assignments", "accept", work=number))
    held = own_schools(service)
    assert (1, 5) in held
    assert (1, 4) not in held


def test_nobody_approves_what_they_proposed(service: Service, client: Clients) -> None:
    change(service, Assignment, 1, start=clock.now().date() - timedelta(days=30))
    change(service, Person, 4, roles="unit_admin approver")
    both = opened(service, client(), "孙管理")
    both.send("assignments", "assign", id=1, school="沁水县实验小学", reason="原学校撤并")
    number = next(row.id for row in rows(service, Item.id, Item.kind) if row.kind == "school_change")
    assert "要由别的审批人来审定" in both.send("assignments", "accept", work=number).text


def test_after_a_year_an_assignment_changes_at_once(service: Service, admin: Browser) -> None:
    assert "从今天起算" in said(admin, admin.send("assignments", "assign", id=1, school="沁水县实验小学"))
    held = own_schools(service)
    assert (1, 5) in held
    assert "现在就在沁水县实验小学" in admin.send("assignments", "assign", id=1, school="沁水县实验小学").text
    shown: list[str] = []
    Player(service, shown.append).play([f"now {clock.now():%Y-%m-%d %H:%M}", "王干事: 今天在沁水县实验小学驻校"])
    assert "驻校1/10天" in shown[-1]
