"""A supervisor's hand: the help list after two reminders in vain, and reminders asked for in chat."""

from __future__ import annotations

import pytest

from bot.outbox import deliver
from models.people import Wish
from tests.desks import NAME, Office, reached
from tests.rounds import OTHERS, add, at, reason, run, say, told


@pytest.fixture
def here(with_template: Office) -> Office:
    return with_template


def test_after_two_in_vain_the_person_is_told_first(here: Office) -> None:
    reached(here.service, *OTHERS)
    for person in (2, 3, 7):
        reached(here.service, *OTHERS, "on_site_days", person=person)
    assert told(here, "2026-11-23 09:30")
    assert told(here, "2026-12-14 09:30")
    assert run(here, "pace", "2026-12-15 09:30")["helps"] == 0
    (text,) = told(here, "2026-12-21 09:30")
    assert "单位管理员会在帮助名单里看到" in text
    assert "要帮忙" not in say(here, "谁还没开始", "oUser-4")
    assert "记下了" in say(here, "学校装修，进不去")
    assert run(here, "pace", "2026-12-22 09:30")["helps"] == 1
    seen = say(here, "谁还没开始", "oUser-4")
    assert "王干事：驻校还差10天" in seen
    assert "本人说：学校装修，进不去" in seen
    assert "王干事" not in say(here, "谁还没开始", "oUser-5")
    assert told(here, "2026-12-29 09:30") == []
    assert reason(here) in ("in_help_list", "vacation")


def test_whoever_could_not_be_reached_is_not_on_the_list(here: Office) -> None:
    for moment in ("2026-11-23 09:30", "2026-12-14 09:30", "2026-12-21 09:30", "2026-12-22 09:30"):
        assert run(here, "pace", moment)["helps"] == 0


def test_who_catches_up_leaves_the_list(here: Office) -> None:
    reached(here.service, *OTHERS)
    for moment in ("2026-11-23 09:30", "2026-12-14 09:30", "2026-12-21 09:30", "2026-12-22 09:30"):
        told(here, moment)
    assert "王干事：驻校" in say(here, "谁还没开始", "oUser-4")
    reached(here.service, "on_site_days")
    run(here, "pace", "2026-12-23 09:30")
    assert "王干事：驻校" not in say(here, "谁还没开始", "oUser-4")


def test_nudge_goes_by_the_same_budget(here: Office) -> None:
    at(here, "2026-12-14 10:00")
    assert "上班时间提醒王干事：驻校还差10天" in say(here, "催一下王干事", "oUser-4")
    assert "正等着送达" in say(here, "催一下王干事", "oUser-5")
    here.wrote()
    deliver(here.desk)
    (text,) = here.double.texts(NAME)
    assert text.startswith("沁水县团委孙管理请你看看进度：\n驻校还差10天")
    said = say(here, "催一下王干事", "oUser-5")
    assert "12月14日10:00提醒过：驻校还差10天" in said
    assert "一周最多提醒一次" in said
    assert told(here, "2026-12-15 09:30") == []
    assert "沁水县团委孙管理请我提醒你" in say(here, "为什么提醒我")
    assert "催办" in say(here, "谁看过我的记录")


@pytest.mark.parametrize("words", ["催一下赵干事"])
def test_nudge_stays_within_the_scope(here: Office, words: str) -> None:
    at(here, "2026-12-14 10:00")
    assert "没有叫赵干事的人" in say(here, words, "oUser-4")


def test_nudge_tells_why_it_does_not_go_out(here: Office) -> None:
    reached(here.service, *OTHERS, "on_site_days")
    at(here, "2026-12-14 10:00")
    assert "都完成了" in say(here, "催一下王干事", "oUser-4")
    add(here, Wish, person_id=2, off=True)
    assert "暂停了提醒" in say(here, "催一下李干事", "oUser-4")


def test_who_has_not_begun_can_be_reminded_at_once(here: Office) -> None:
    at(here, "2026-12-14 10:00")
    said = say(here, "提醒还没开始的人", "oUser-4")
    assert "还没开始的有3人" in said
    assert "已安排提醒3人（本单位：王干事；李干事；吴新）" in said
    again = say(here, "提醒还没开始的人", "oUser-5")
    assert "王干事" not in again
    assert "7天内提醒过" in again
