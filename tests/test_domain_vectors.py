"""Cases agreed on beforehand, each by its number; those that are arithmetic."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from models.calendar import Calendar
from models.credits import explain
from models.hand_ins import Due, dues, hand_ins_for, next_due
from models.policy import rules_for
from models.progress import line
from tests.made import BOTH, CALENDAR, TODAY, bound, day, fact, item, policies, stand, stay, sums, talk

CHINA = ZoneInfo("Asia/Shanghai")


def hand_in(number: str, year: int) -> list[Due]:
    both = hand_ins_for(policies(), BOTH, "prefecture") + hand_ins_for(policies(), BOTH, "province")
    return [due for one in both if one.id == number for due in dues(one, year, CALENDAR)]


def test_1_weekends_and_holidays_break_no_block() -> None:
    dates = ["09-21", "09-22", "09-23", "09-24", "09-28", "09-29", "09-30", "10-08", "10-09", "10-10"]
    stays = [stay(text) for text in dates]
    assert stand("N01", *stays).done == 10
    assert stand("N01", *stays).met
    assert stand("N02", *stays).done == 1
    ranges = [stay("09-21", "09-24", 4), stay("09-28", "09-30", 3), stay("10-08", "10-10", 3)]
    assert (stand("N01", *ranges).done, stand("N02", *ranges).done) == (10, 1)


def test_2_two_blocks_need_no_word_and_a_third_gets_one() -> None:
    two = [stay("09-14", "09-18", 5), stay("11-09", "11-13", 5)]
    found = stand("N02", *two)
    assert (found.done, found.met, found.note) == (2, True, "")
    third = stand("N02", *two, stay("12-07"), today=day("12-07"))
    assert (third.done, third.met) == (3, False)
    assert third.note
    assert stand("N01", *two, stay("12-07"), today=day("12-07")).done == 11


def test_3_nineteen_are_not_twenty() -> None:
    counselors = talk("counselor", 10)
    short = stand("N09a", talk("pioneer", 19), counselors)
    assert (line(short), short.met) == ("队员19/20", False)
    assert stand("N09b", counselors).met
    assert stand("N09a", talk("pioneer", 19), talk("pioneer", 1)).met


def test_4_a_forum_covers_but_is_no_interview_for_the_league() -> None:
    forum = talk("student", 12, method="forum")
    assert stand("M13", forum).done == stand("M14", forum).done == 12
    assert stand("N09a", forum).done == stand("M16a", forum).done == 0
    said = explain(forum, rules_for(policies(), bound(*BOTH), TODAY), CALENDAR)
    assert [one.text for one in said if one.reason] == ["座谈不计入普通学生访谈"]
    assert stand("N09a", talk("pioneer", 12, method="forum")).done == 12


def test_5_shares_are_compared_by_integers() -> None:
    assert not stand("M13", fact("coverage", 79, of=99)).met
    assert stand("M13", fact("coverage", 80, of=100)).met


def test_6_fewer_cadres_than_the_goal_ask_the_approver() -> None:
    reached = fact("coverage", 18, of=18, audience="league_cadre")
    assert stand("M14", reached).met
    capped = stand("M16b", reached, talk("league_cadre", 18))
    assert (capped.done, capped.required, capped.met) == (18, 30, False)
    assert "审批人" in capped.note


@pytest.mark.parametrize("part", [stay("03-16", count="0.5", full_day=False), stay("03-16", full_day=False)])
def test_7_a_half_day_is_a_visit_but_no_full_day(part: object) -> None:
    assert stand("M02a", part, today=day("03-20")).done == 1  # type: ignore[arg-type]
    assert stand("M03a", part, today=day("03-20")).done == 0  # type: ignore[arg-type]


def test_8_september_is_due_on_the_tenth_of_october() -> None:
    (due,) = (one for one in hand_in("M20", 2026) if one.period == "2026-09")
    assert (due.due, due.draft) == (date(2026, 10, 10), date(2026, 10, 8))
    assert due.due_at == datetime(2026, 10, 11, tzinfo=CHINA)
    assert CALENDAR.is_workday(due.due)


def test_9_a_rest_day_moves_the_reminder_not_the_date() -> None:
    (due,) = (one for one in hand_in("M20", 2026) if one.period == "2026-04")
    assert (due.due, due.reminders) == (date(2026, 5, 10), (date(2026, 5, 9),))


def test_10_a_year_without_holiday_data_works_and_says_so() -> None:
    assert stand("N01", stay("2027-03-10"), today=date(2027, 3, 10)).done == 1
    assert (
        stand("N01", stay("2027-01-01", "2027-01-04", 4), today=date(2027, 1, 4)).done == 1
    )  # the law's day off, a weekend
    assert Calendar().note(2027)
    assert len(hand_in("M20", 2027)) == 10


def test_14_one_talk_serves_where_its_meaning_fits() -> None:
    three = talk("league_cadre", 3)
    assert stand("M16b", three).done == 3
    assert stand("N09a", three).done == stand("N09b", three).done == 0


def test_19_a_report_belongs_to_the_year_it_was_written_in() -> None:
    late = (item("report", "2026-12-30", status="accepted"),)
    found = sums(items=late, today=date(2027, 1, 5))
    assert found["research_reports", "2026"] == 1
    assert ("research_reports", "2027") not in found


def test_20_in_a_month_of_holidays_an_online_contact_is_the_visit() -> None:
    assert stand("M02a", fact("online_contact", 3, "08-12"), today=day("08-20")).met
    assert not stand("M02a", fact("online_contact", 3, "10-12"), today=day("10-20")).met
    assert stand("M02a", stay("08-12"), today=day("08-20")).met


def test_21_thirteen_records_of_one_evening_all_count() -> None:
    stays = [stay(one.isoformat()) for one in CALENDAR.teaching(day("10-08"), TODAY)[:12]]
    written = [*stays, talk("pioneer", 8)]
    assert len(written) == 13
    assert stand("N01", *written).done == 12
    assert stand("N09a", *written).done == 8


def test_the_tenths_that_are_rest_days_stay_where_they_are() -> None:
    rest = {one.due for year in (2021, 2026) for one in hand_in("M20", year) if not CALENDAR.is_workday(one.due)}
    assert rest == {date(2026, 1, 10), date(2026, 5, 10), date(2021, 4, 10), date(2021, 7, 10), date(2021, 10, 10)}


def test_the_first_of_a_plan_year_is_april() -> None:
    assert [one.due.month for one in hand_in("M20", 2021)] == list(range(4, 13))
    assert [one.due.month for one in hand_in("M20", 2026)] == [1, *range(4, 13)]


def test_counties_confirm_some_workdays_before() -> None:
    (due,) = (one for one in hand_in("M20", 2026) if one.period == "2026-10")
    assert due.rows == date(2026, 11, 5)
    later = dues(due.hand_in, 2026, CALENDAR, lead_days=1)[-2]
    assert later.rows == date(2026, 11, 9)


def test_half_years_and_the_year_are_told_of_early() -> None:
    summer, winter = hand_in("M21a", 2026)
    assert (summer.period, summer.due, summer.reminders[0]) == ("2026H1", date(2026, 6, 30), date(2026, 6, 10))
    assert (winter.period, winter.due, winter.reminders[0]) == ("2026H2", date(2026, 12, 31), date(2026, 12, 10))
    (year,) = hand_in("N20", 2026)
    assert (year.due, year.reminders[0], year.hand_in.exact) == (date(2026, 12, 31), date(2026, 12, 1), False)


def test_the_schedule_is_due_once_at_three() -> None:
    (due,) = hand_in("M22", 2021)
    assert due.due_at == datetime(2021, 3, 10, 15, tzinfo=CHINA)
    assert hand_in("M22", 2026) == []
    assert next_due(due.hand_in, TODAY, CALENDAR) is None


def test_the_next_hand_in_may_lie_in_the_next_year() -> None:
    (m20,) = (one for one in hand_ins_for(policies(), BOTH, "university") if one.id == "M20")
    found = next_due(m20, date(2026, 12, 11), CALENDAR)
    assert found is not None
    assert (found.due, found.period) == (date(2027, 1, 10), "2026-12")


def test_a_county_hands_in_none_of_these() -> None:
    assert hand_ins_for(policies(), BOTH, "county") == ()


def test_half_steps_stay_exact() -> None:
    halves = [stay(one.isoformat(), count="0.5") for one in CALENDAR.teaching(day("09-01"), TODAY)[:19]]
    found = stand("N01", *halves)
    assert (found.done, found.missing) == (Decimal("9.5"), Decimal("0.5"))
