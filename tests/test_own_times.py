"""Reminders at a time of one's own, the pause, and the digest of a week."""

from __future__ import annotations

from datetime import date

import pytest

from bot.outbox import deliver
from models.calendar import Calendar
from models.people import Person, Wish
from models.wishes import Asks, slot
from tests.desks import ID, NAME, Office, reached
from tests.rounds import OTHERS, add, at, reason, run, say, told


@pytest.fixture
def here(with_template: Office) -> Office:
    return with_template


def test_own_time_lies_outside_the_hours(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    assert run(here, "own_time", "2026-12-14 19:59")["due"] == 0
    (text,) = told(here, "2026-12-14 20:00", "own_time")
    assert text.startswith("驻校还差10天")
    assert text.endswith("不要了回“不要再提醒了”。")
    assert run(here, "own_time", "2026-12-14 20:01") == {"due": 1, "new": 0}
    deliver(here.desk)
    assert len(here.double.texts(NAME)) == 1


def test_own_time_takes_the_place_of_the_weekly_one(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    assert told(here, "2026-12-14 09:30") == []
    assert reason(here) == "own_time"


def test_own_time_is_silent_for_who_has_done_it(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    reached(here.service, *OTHERS, "on_site_days")
    assert told(here, "2026-12-14 20:00", "own_time") == []


def test_own_time_is_silent_where_it_was_recorded_today(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    at(here, "2026-09-15 16:00")
    say(here, "今天访谈3名队员")
    assert told(here, "2026-09-15 20:00", "own_time") == []
    assert told(here, "2026-09-16 20:00", "own_time")


def test_own_time_long_gone_is_not_made_up_for(here: Office) -> None:
    add(here, Wish, person_id=ID, time="18:00")
    assert run(here, "own_time", "2026-12-14 20:01") == {"due": 0, "new": 0}


@pytest.mark.parametrize(
    ("asks", "day", "said"),
    [
        (Asks(time="20:00"), "2026-12-14", True),
        (Asks(time="20:00"), "2026-12-19", False),
        (Asks(time="20:00"), "2026-10-02", False),
        (Asks(time="15:00", weekdays="3"), "2026-12-16", True),
        (Asks(time="15:00", weekdays="3"), "2026-12-17", False),
        (Asks(time="15:00", weekdays="6"), "2026-12-19", True),
        (Asks(time="15:00", weekdays="6"), "2026-10-03", False),
        (Asks(time="15:00", weekdays="7"), "2026-09-27", False),
        (Asks(), "2026-12-14", False),
    ],
)
def test_days_of_an_own_time(asks: Asks, day: str, said: bool) -> None:
    assert bool(slot(asks, Calendar(), date.fromisoformat(day))) == said


def test_pause_lasts_for_the_term_and_own_time_comes_back(here: Office) -> None:
    at(here, "2026-11-20 16:00")
    assert "每周三15:00" in say(here, "每周三下午提醒我")
    assert "到2027年1月31日为止" in say(here, "暂停提醒")
    assert told(here, "2026-12-14 09:30") == []
    assert told(here, "2026-12-16 15:00", "own_time") == []
    assert "每周三15:00照旧" in say(here, "恢复提醒")
    assert told(here, "2026-12-23 15:00", "own_time")


def test_digest_for_who_asked(here: Office) -> None:
    at(here, "2026-11-16 16:00")
    assert "每周五09:30推送" in say(here, "主动每周五推送", "oUser-5")
    assert run(here, "digest", "2026-11-19 09:30")["due"] == 0
    assert run(here, "digest", "2026-11-20 09:30") == {"due": 1, "new": 1}
    here.wrote("oUser-5")
    deliver(here.desk)
    (text,) = here.double.texts("oUser-5")
    assert "沁水县团委 0/3人，驻校0天" in text
    assert "王干事" not in text


def test_digest_ends_with_the_post(here: Office) -> None:
    add(here, Wish, person_id=5, time="09:30", weekdays="5", digest=True)
    here.change(Person, Person.id == 5, roles="cadre")
    run(here, "digest", "2026-11-20 09:30")
    here.wrote("oUser-5")
    deliver(here.desk)
    assert here.double.texts("oUser-5") == []


def test_what_waits_comes_at_the_own_time(here: Office) -> None:
    add(here, Wish, person_id=ID, time="20:00")
    at(here, "2026-12-14 10:00")
    here.remind(kind="notice", text="清单已退回")
    here.wrote()
    assert deliver(here.desk) == {"later": 1}
    (text,) = told(here, "2026-12-14 20:00", "own_time")
    assert text.endswith("清单已退回")
