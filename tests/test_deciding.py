"""Who hears of the goals, and when, and why: the round of the working hours, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from bot.jobs.running import run_job
from bot.outbox import deliver
from models.candidates import candidates
from models.people import Absence, Account, Person
from models.records import Question, Total
from models.units import Term
from tests.desks import ID, NAME, Office, reached
from tests.rounds import OTHERS, add, at, reason, run, say, told


@pytest.fixture
def here(with_template: Office) -> Office:
    return with_template


def test_all_in_one_message_most_pressing_first(on_both: Office) -> None:
    (text,) = told(on_both, "2026-12-11 09:30")
    lines = text.split("\n")
    assert lines[0] == "驻校还差10天，本学期还剩10个教学日，最迟12月11日要开始"
    assert len(lines) > 5
    assert lines[-1].startswith("回“为什么提醒我”")


def test_facts_are_those_of_the_rules(here: Office) -> None:
    reached(here.service, *OTHERS)
    reached(here.service, "on_site_days", value=4)
    (text,) = told(here, "2026-11-27 09:30")
    assert text.startswith("驻校还差6天，本学期还剩20个教学日，最迟12月17日要开始")


def test_at_most_one_unasked_a_week(here: Office) -> None:
    assert told(here, "2026-12-11 09:30")
    for day in ("14", "15", "16", "17"):
        assert told(here, f"2026-12-{day} 09:30") == []
        assert reason(here) == "told_lately"
    assert told(here, "2026-12-18 09:30")


@pytest.mark.parametrize(
    "moment",
    [
        "2026-12-14 08:59",
        "2026-12-14 12:00",
        "2026-12-14 14:29",
        "2026-12-14 17:30",
        "2026-12-14 23:00",
        "2026-12-19 10:00",
        "2026-10-01 10:00",
        "2026-10-05 10:00",
        "2026-09-25 10:00",
    ],
)
def test_hours_and_days_are_a_gate(here: Office, moment: str) -> None:
    assert run(here, "pace", moment) == {"outside_hours": 1}


@pytest.mark.parametrize("moment", ["2026-10-10 09:00", "2026-09-20 11:29", "2026-12-14 17:29"])
def test_worked_weekends_are_open(here: Office, moment: str) -> None:
    assert run(here, "pace", moment)["considered"] == 5


def test_leave_holds_everything(here: Office) -> None:
    add(here, Absence, person_id=ID, start=date(2026, 12, 7), end=date(2026, 12, 16), made_at=here.watch.at)
    assert told(here, "2026-12-14 09:30") == []
    assert reason(here) == "leave"
    assert told(here, "2026-12-17 09:30")


def test_late_joiner_is_left_alone_at_first(here: Office) -> None:
    reached(here.service, "key_tasks", "research_reports")
    here.change(Person, Person.id == ID, joined_on=date(2026, 11, 9))
    assert told(here, "2026-11-19 09:30") == []
    assert reason(here) == "joined_late"
    (text,) = told(here, "2026-11-23 09:30")
    assert text.startswith("驻校还差10天，本学期还剩24个教学日")


def test_due_then_reported_is_cleared(here: Office) -> None:
    run(here, "pace", "2026-12-14 09:30")
    reached(here.service, *OTHERS, "on_site_days")
    here.wrote()
    assert deliver(here.desk)["cleared"] >= 1
    assert here.double.texts(NAME) == []


def test_goal_changed_in_mid_term_changes_the_words(here: Office) -> None:
    run(here, "pace", "2026-12-14 09:30")
    here.change(Person, Person.id == ID, post="part_time")
    here.wrote()
    assert deliver(here.desk).get("sent", 0) + deliver(here.desk).get("sent", 0) <= 3
    assert here.double.texts(NAME) == []


def test_post_handed_over_ends_it(here: Office) -> None:
    run(here, "pace", "2026-12-14 09:30")
    here.change(Person, Person.id == ID, roles="unit_admin")
    here.wrote()
    deliver(here.desk)
    assert here.double.texts(NAME) == []
    assert run(here, "pace", "2026-12-21 09:30")["considered"] == 4


def test_clock_off_for_three_days_makes_no_flood(here: Office) -> None:
    run(here, "pace", "2026-12-14 09:30")
    for moment in ("2026-12-17 09:30", "2026-12-17 09:31"):
        run(here, "pace", moment)
    here.wrote()
    deliver(here.desk)
    deliver(here.desk)
    assert len(here.double.texts(NAME)) == 1


def test_unit_with_its_own_calendar_goes_by_it(here: Office) -> None:
    term = {"name": "2026-2027-1", "start": date(2026, 9, 1), "end": date(2027, 1, 31)}
    add(here, Term, unit_id=2, **term, teaching_start=date(2026, 9, 1), teaching_end=date(2026, 12, 11))
    reached(here.service, *OTHERS)
    (text,) = told(here, "2026-11-13 09:30")
    assert "最迟11月16日要开始" in text


def test_why_is_answered_from_the_decision(here: Office) -> None:
    told(here, "2026-12-11 09:30")
    why = say(here, "为什么提醒我")
    assert "上次提醒是12月11日09:30，说的是：驻校还差10天" in why
    assert "当天是最迟要开始的日子（N01" in why
    told(here, "2026-12-14 09:30")
    assert "12月14日没有提醒，因为一周内已经提醒过" in say(here, "怎么没提醒我")


@pytest.mark.parametrize(
    ("day", "why"), [("2026-09-10", "来得及：驻校还差10天，本学期还剩"), ("2026-12-14", "你在请假")]
)
def test_why_not_is_told_with_facts(here: Office, day: str, why: str) -> None:
    add(here, Absence, person_id=ID, start=date(2026, 12, 10), end=date(2026, 12, 20), made_at=here.watch.at)
    run(here, "pace", f"{day} 09:30")
    assert why in say(here, "怎么没提醒我")


def test_every_night_the_totals_are_proved(on_both: Office) -> None:
    here = on_both
    at(here, "2026-11-20 16:00")
    say(here, "今天访谈3名队员")
    assert run(here, "recount") == {"differences": 0, "persons": 0}
    here.change(Total, Total.metric == "pioneers_interviewed@own", value=9)
    found = run(here, "recount")
    assert found["persons"] == 1
    assert run(here, "recount") == {"differences": 0, "persons": 0}


def test_second_clock_and_second_run_write_nothing_new(on_both: Office) -> None:
    here = on_both
    first = run(here, "pace", "2026-12-14 09:30")
    second = run_job(replace(here.desk, worker="other"), "pace", here.watch.at)
    assert (first["reminded"], second["reminded"]) == (4, 0)
    with here.service.engine.connect() as connection:
        assert len(connection.execute(select(Question.id)).all()) == 0


def test_paper_handed_in_is_somebody_elses_turn(here: Office) -> None:
    reached(here.service, *OTHERS[:-1], "on_site_days")
    at(here, "2026-12-11 16:00")
    assert "已登记" in say(here, "交调研报告《课后活动调研》")
    assert told(here, "2026-12-14 09:30") == []
    assert reason(here) == "done"


@pytest.mark.parametrize("ids", [[], [1], [3, 1, 2]])
def test_people_are_found_by_their_numbers(on_both: Office, ids: list[int]) -> None:
    with on_both.service.engine.connect() as connection:
        found = candidates(connection, ids, {"2026"}, on_both.watch.at)
    assert [one.bound.person_id for one in found] == sorted(ids)


def test_paper_accepted_counts_at_once(here: Office) -> None:
    add(here, Account, channel="official", user="oUser-8", person_id=8, failures=0, reachable=True)
    at(here, "2026-12-11 16:00")
    say(here, "交调研报告《课后活动调研》")
    assert "已通过" in say(here, "批准王干事的调研报告", "oUser-8")
    with here.service.engine.connect() as connection:
        mine = (Total.subject_id == ID, Total.metric == "research_reports", Total.period == "2026")
        assert connection.execute(select(Total.value).where(*mine)).scalar() == 1
