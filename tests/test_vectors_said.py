"""Cases agreed on beforehand, each by its number; those that are conversations, under both notices at once."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, text, update

from bot.replay import Player
from bot.service import Service
from models.audit import Look
from models.people import Person
from models.records import Entry
from models.units import Unit


@pytest.fixture
def service(service: Service) -> Service:
    """The small roster under both notices."""
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="pioneer_2017 league_im_2021"))
    return service


def say(service: Service, *lines: str) -> list[str]:
    shown: list[str] = []
    Player(service, shown.append).play(["now 2026-11-20 17:30", *lines])
    return shown


def test_3_nineteen_are_not_twenty(service: Service) -> None:
    say(
        service,
        "王干事: 今天访谈19名队员、10名辅导员",
        "机器人: 队员19/20",
        "机器人: 辅导员10/10",
        "王干事: 今天又访谈1名队员",
        "机器人: 队员20/20",
    )


def test_4_a_forum_that_does_not_count_is_said(service: Service) -> None:
    say(
        service,
        "王干事: 今天座谈12名学生",
        "机器人: 座谈不计入普通学生访谈",
        "王干事: 今天座谈12名队员",
        "机器人: 队员12/20",
    )


def test_5_and_14_shares_by_integers_and_one_talk_where_it_fits(service: Service) -> None:
    say(
        service,
        "王干事: 高一3班99人，已覆盖79人",
        "机器人: 重点班级覆盖79/99人(要80%，即80人)",
        "王干事: 今天访谈3名团支书",
        "机器人: 团学干部3/30",
        "王干事: 还差几个队员",
        "机器人: 队员0/20",
    )


def test_6_fewer_officers_than_the_goal_wants_ask_the_approver(service: Service) -> None:
    say(
        service,
        "王干事: 团学干部一共18人",
        "机器人: 团学干部18人（已覆盖0人）",
        "王干事: 还差几个团学干部",
        "机器人: 可请审批人改目标",
        "陈审批: 把王干事的团学干部目标改成18名，学校一共18名",
        "机器人: 由30名改为18名",
        "王干事: 今天访谈18名团学干部",
        "机器人: 团学干部18/18",
    )


def test_a_focus_class_keeps_who_was_reached(service: Service) -> None:
    say(
        service,
        "王干事: 高一3班45人、高一4班50人",
        "机器人: 高一3班45人（已覆盖0人）、高一4班50人（已覆盖0人）",
        "机器人: 重点班级覆盖0/95人",
        "王干事: 高一3班45人，已覆盖38人",
        "机器人: 重点班级覆盖38/95人",
        "王干事: 高一3班46人",
        "机器人: 高一3班46人（已覆盖38人）",
        "王干事: 撤销",
        "机器人: 重点班级覆盖38/95人",
    )


def test_7_a_morning_is_a_visit_but_no_full_day(service: Service) -> None:
    shown = say(
        service, "now 2026-09-16 17:30", "王干事: 今天上午在城关小学驻校", "机器人: 不是全天，不计入9月集中驻校"
    )
    assert "每月报到1/1" in shown[1]


def test_11_another_county_is_refused_and_kept(service: Service) -> None:
    say(service, "孙管理: 清河区进度", "机器人: 不在你能看的范围")
    with service.engine.connect() as connection:
        looks = connection.execute(select(Look.viewer_id, Look.unit_id, Look.granted)).all()
    assert [tuple(look) for look in looks] == [(4, 3, False)]


def test_12_a_pupils_name_and_number_are_nowhere(service: Service) -> None:
    shown = say(service, "王干事: 今天访谈队员张小明，电话13912345678", "机器人: 访谈队员1名")
    with service.engine.connect() as connection:
        kept = json.dumps([list(map(str, row)) for row in connection.execute(text("SELECT * FROM messages"))])
        kept += json.dumps([list(map(str, row)) for row in connection.execute(text("SELECT * FROM entries"))])
    for gone in ("张小明", "13912345678"):
        assert gone not in kept
        assert gone not in shown[1]


def test_19_a_report_accepted_late_counts_for_its_year(service: Service) -> None:
    say(
        service,
        "now 2026-12-30 17:30",
        "王干事: 交调研报告《课后活动》",
        "机器人: 已登记调研报告",
        "now 2027-01-05 17:30",
        "陈审批: 批准王干事的调研报告",
        "机器人: 已通过。按写成日期计入2026年",
        "王干事: 还差几篇调研报告",
        "机器人: 调研报告0/1",
    )


def test_20_an_online_contact_is_the_visit_of_august(service: Service) -> None:
    say(service, "now 2026-08-12 17:30", "王干事: 微信联系了3名学生", "机器人: 每月报到1/1")


def test_21_thirteen_lines_of_one_evening_are_all_kept(service: Service) -> None:
    lines = "\\n".join(f"11月{day}日驻校1天" for day in range(2, 15))
    shown = say(service, f"王干事: {lines}", "机器人: 已记")
    assert "打卡" not in shown[-1]
    with service.engine.connect() as connection:
        kept = connection.execute(select(Entry.id).where(Entry.activity == "on_site")).all()
    assert len(kept) == 13


def test_a_task_list_is_made_submitted_returned_approved_and_shown_with_what_is_done(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 8).values(roles="approver"))
    say(
        service,
        "王干事: 制定任务清单",
        "机器人: 一共6个方面，逐个定",
        "机器人: ①深入走访调研：调研报告：每年至少1篇",
        *["王干事: 是"] * 2,
        "机器人: ③开展主题团课：团课宣讲：每年至少2场",
        "王干事: 改为全年团课4场，每校2场",
        *["王干事: 是"] * 3,
        "机器人: 都定好了",
        "王干事: 提交清单",
        "机器人: 已提交，等陈审批审定",
        "陈审批: 退回王干事的任务清单，请写上结对",
        "机器人: 已退回，意见：请写上结对",
        "王干事: 我的任务清单",
        "机器人: 已退回",
        "机器人: 审批意见：请写上结对",
        "王干事: 提交清单",
        "陈审批: 批准王干事的任务清单",
        "机器人: 已通过",
        "王干事: 今天讲了一场团课",
        "王干事: 我的任务清单",
        "机器人: 2026年任务清单（已审定）",
        "机器人: ③开展主题团课：全年团课4场，每校2场",
        "机器人: 完成：团课宣讲1/2",
    )
