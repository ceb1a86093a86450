"""When somebody hears something, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.facts import Bound, Fact, ItemFact
from models.pace import ONCE, QUIET, Need, Pace, assess, too_late
from models.policy import rules_for
from models.progress import standings
from tests.made import CALENDAR, TODAY, bound, day, fact, item, policies, stand, stay, sums, talk


@dataclass(frozen=True)
class Plan:
    """What a person said they would do."""

    activity: str | None
    start: date | None
    end: date | None


def pace(
    *done: Fact,
    on: str = "11-20",
    items: tuple[ItemFact, ...] = (),
    who: Bound | None = None,
    plans: tuple[Plan, ...] = (),
    leave: tuple[tuple[date, date], ...] = (),
) -> Pace:
    who, today = who or bound(), day(on)
    rules = rules_for(policies(), who, today)
    found = standings(rules, sums(*done, items=items, who=who, today=today), who, CALENDAR, today)
    return assess(found, who, CALENDAR, today, plans, leave)


def need(number: str, found: Pace) -> Need | None:
    return next((one for one in found.needs if one.standing.rule.id == number), None)


def kind(number: str, found: Pace) -> str:
    one = need(number, found)
    return one.kind if one else ""


ALL_BUT_DAYS = (
    talk("pioneer", 20, "10-12"),
    talk("counselor", 10, "10-12"),
    fact("lecture", start="10-12"),
    fact("unit_link", start="10-12"),
    fact("identity", start="10-12"),
)
PAPERS = (item("report", status="accepted"), item("key_task", follow_ups=1))
TEN_DAYS = stay("10-12", "10-23", 10)


def test_who_has_done_all_hears_nothing() -> None:
    found = pace(*ALL_BUT_DAYS, TEN_DAYS, items=PAPERS)
    assert (found.needs, found.reason) == ((), "done")


def test_who_is_not_bound_hears_nothing() -> None:
    assert pace(who=bound(post="part_time")).reason == "no_rules"


def test_nothing_done_is_normal_at_the_beginning() -> None:
    assert pace(on="09-10", items=PAPERS) == Pace((), "too_early")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("09-28", ""),
        ("10-15", "ask_plan"),
        ("11-19", "ask_plan"),
        ("11-20", "start_soon"),
        ("12-10", "start_soon"),
        ("12-11", "start_now"),
        ("12-14", "too_late"),
        ("12-24", "too_late"),
        ("12-25", ""),
        ("2027-01-20", ""),
    ],
)
def test_days_go_by_the_last_safe_start(on: str, said: str) -> None:
    assert kind("N01", pace(on=on)) == said


def test_fifteen_teaching_days_before_is_the_first_word() -> None:
    early = {on: kind("N01", pace(on=on)) for on in ("11-19", "11-20")}
    assert early == {"11-19": "ask_plan", "11-20": "start_soon"}
    assert CALENDAR.teaching_days(day("11-20"), day("12-10")) == 15


def test_the_words_are_facts() -> None:
    one = need("N01", pace(stay("11-16", "11-19", 4), on="12-11"))
    assert one is not None
    assert one.text == "驻校还差6天，本学期还剩10个教学日，最迟12月17日要开始"


def test_a_reminder_of_a_date_comes_once() -> None:
    first, later = need("N01", pace(on="11-25")), need("N01", pace(on="12-02"))
    assert first is not None
    assert later is not None
    assert (first.every, first.key) == (ONCE, later.key)


def test_a_plan_ahead_keeps_quiet() -> None:
    ahead = (Plan("on_site", day("12-07"), day("12-18")),)
    assert kind("N01", pace(*ALL_BUT_DAYS, on="11-27", items=PAPERS, plans=ahead)) == ""
    assert pace(*ALL_BUT_DAYS, on="11-27", items=PAPERS, plans=ahead).reason == "plan_ahead"


def test_a_plan_that_begins_too_late_does_not() -> None:
    ahead = (Plan("on_site", day("12-21"), day("12-31")),)
    assert kind("N01", pace(on="11-27", plans=ahead)) == "start_soon"


def test_a_plan_gone_by_without_a_day_is_asked_about() -> None:
    passed = (Plan("on_site", day("11-02"), day("11-13")),)
    assert kind("N01", pace(plans=passed)) == "plan_passed"


def test_counts_wait_for_half_of_the_time() -> None:
    assert kind("N09a", pace(on="10-26")) == ""
    assert kind("N09a", pace(on="11-09")) == "below_half"
    assert kind("N09a", pace(talk("pioneer", 10), on="11-20")) == ""
    assert kind("N09a", pace(talk("pioneer", 9), on="11-20")) == "below_half"


def test_counts_are_told_weekly_in_the_last_four_weeks() -> None:
    one = need("N09a", pace(talk("pioneer", 19), on="12-01"))
    assert one is not None
    assert (one.kind, one.every) == ("last_weeks", 7)
    assert one.text == "队员19/20，还差1名，1月31日前"


def test_half_a_goal_is_told_once_a_fortnight() -> None:
    one = need("N09a", pace(on="11-20"))
    assert one is not None
    assert one.every == 14


def test_soft_goals_never_press() -> None:
    who = bound("league_im_2021")
    told = {one.standing.rule.id for one in pace(on="12-15", who=who).needs}
    assert told.isdisjoint({"M13", "M17", "M18", "M19a", "M19b"})
    assert {"M15", "M16a", "M16b", "M11", "M12"} <= told


def test_leave_keeps_quiet_and_shortens_the_time() -> None:
    assert pace(leave=((day("11-16"), day("11-27")),)) == Pace((), "leave")
    away = ((day("12-14"), day("12-25")),)
    assert kind("N01", pace(on="11-30", leave=away)) == "start_now"
    past = ((day("09-01"), day("11-06")),)
    assert kind("N09a", pace(on="11-20", leave=past)) == ""


def test_who_joined_late_is_not_behind_at_once() -> None:
    late = bound(joined_on=day("11-09"))
    found = pace(on="11-19", items=PAPERS, who=late)
    assert (found.needs, found.reason) == ((), "joined_late")
    assert kind("N01", pace(on="12-11", who=late)) == "start_now"


def test_the_intensive_month_goes_by_its_own_days() -> None:
    who = bound("league_im_2021")
    assert kind("M03b", pace(on="08-20", who=who)) == ""
    assert kind("M03b", pace(on="09-04", who=who)) == "start_soon"
    assert kind("M03b", pace(on="09-23", who=who)) == "start_now"
    assert kind("M03b", pace(on="10-12", who=who)) == ""


def test_the_monthly_visit_is_told_in_the_last_week() -> None:
    who = bound("league_im_2021")
    assert kind("M02a", pace(on="11-20", who=who)) == ""
    assert kind("M02a", pace(on="11-24", who=who)) == "last_weeks"
    assert kind("M02a", pace(stay("11-03"), on="11-24", who=who)) == ""


def test_what_no_longer_fits_is_known() -> None:
    assert not too_late(stand("N01", today=day("12-11")), bound(), CALENDAR, day("12-11"))
    assert too_late(stand("N01", today=day("12-14")), bound(), CALENDAR, day("12-14"))
    assert not too_late(stand("N09a", today=day("12-15")), bound(), CALENDAR, day("12-15"))


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 20), st.integers(0, 25))
def test_there_is_always_a_reason(today: date, days: int, pioneers: int) -> None:
    done = [stay(day.isoformat()) for day in CALENDAR.teaching(date(2026, 9, 1), TODAY)[:days]]
    found = pace(*done, talk("pioneer", pioneers), on=today.isoformat())
    assert bool(found.needs) == (found.reason not in (*QUIET, "done", "leave", "no_rules"))
    assert len({one.key for one in found.needs}) == len(found.needs)
    assert all(one.standing.missing > 0 and one.standing.due >= today for one in found.needs)
