"""The one question that a reminder asks: which days somebody means to go; and what becomes of the plan."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.records import Entry, Plan
from tests.desks import ID, Office, reached
from tests.rounds import OTHERS, add, reason, run, say, told


@pytest.fixture
def here(with_template: Office) -> Office:
    return with_template


def test_planning_question_is_answered_by_days(here: Office) -> None:
    reached(here.service, *OTHERS)
    (text,) = told(here, "2026-10-19 09:30")
    assert "打算哪几天去？" in text
    assert "记下计划：12月7日至18日去驻校" in say(here, "12月7日到18日")
    with here.service.engine.connect() as connection:
        plan = connection.execute(select(Plan.start, Plan.end)).one()
    assert tuple(plan) == (date(2026, 12, 7), date(2026, 12, 18))
    assert told(here, "2026-11-23 09:30") == []
    assert reason(here) == "plan_ahead"


def test_planning_question_comes_once_a_term(here: Office) -> None:
    reached(here.service, *OTHERS)
    assert told(here, "2026-10-19 09:30")
    assert "定了再告诉我" in say(here, "还没定")
    for day in ("10-26", "11-02", "11-09", "11-16"):
        assert told(here, f"2026-{day} 09:30") == []


def test_question_that_a_reminder_asked_does_not_stand_in_the_way(here: Office) -> None:
    reached(here.service, *OTHERS)
    told(here, "2026-10-19 09:30")
    assert say(here, "今天访谈3名队员").startswith("已记")
    assert "还差一问" not in say(here, "进度")


def test_plan_gone_by_is_asked_about_and_yes_records_it(here: Office) -> None:
    reached(here.service, *OTHERS)
    days = {"start": date(2026, 11, 2), "end": date(2026, 11, 3)}
    add(here, Plan, person_id=ID, activity="on_site", count=2, state="open", made_at=here.watch.at, **days)
    (text,) = told(here, "2026-11-06 09:30")
    assert text.startswith("驻校还差10天")
    assert "驻校2天" in say(here, "是")


def test_plans_are_closed_when_their_time_is_over(on_both: Office) -> None:
    here = on_both
    plan = {"person_id": ID, "activity": "on_site", "state": "open", "made_at": here.watch.at}
    days = (("2026-03-09", "2026-03-10"), ("2026-11-02", "2026-11-03"), ("2026-11-16", "2026-11-17"))
    for first, last in (*days, ("2026-12-21", "2026-12-22")):
        add(here, Plan, **plan, start=date.fromisoformat(first), end=date.fromisoformat(last))
    stay = {"activity": "on_site", "start": date(2026, 11, 2), "end": date(2026, 11, 2), "made_at": here.watch.at}
    add(here, Entry, person_id=ID, unit_id=2, **stay)
    assert run(here, "plans", "2026-12-14 09:30") == {"done": 1, "lapsed": 1, "passed": 1}
    assert run(here, "plans") == {"done": 0, "lapsed": 0, "passed": 1}
