"""Standings: what is done of what, until when, and in which order they are told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.facts import Fact
from models.policy import rules_for
from models.progress import line, standing, standings, terms_between
from tests.made import BOTH, CALENDAR, SCHOOL, TODAY, bound, fact, item, policies, rule, stand, stay, sums, talk


def lines(*done: Fact, names: tuple[str, ...] = ("pioneer_2017",), today: date = TODAY) -> list[str]:
    who = bound(*names)
    rules = rules_for(policies(), who, today)
    return [line(one) for one in standings(rules, sums(*done, who=who, today=today), who, CALENDAR, today)]


@pytest.mark.parametrize(
    ("number", "done", "said"),
    [
        ("N09a", [talk("pioneer", 14)], "队员14/20"),
        ("N09a", [talk("pioneer", 23)], "队员20/20(另3)"),
        ("N01", [stay("11-16"), stay("11-17", count="0.5")], "驻校1.5/10天"),
        ("N01", [stay("10-08", "10-30", 23)], "驻校10/10天(另8)"),
        ("N02", [stay("10-08"), stay("11-18")], "驻校分段2段(至多2段)"),
        ("N12", [fact("online_contact", 5)], "线上联系5人"),
        ("M09", [fact("unit_link", 3)], "联系团支部3/2–4"),
        ("M09", [fact("unit_link", 6)], "联系团支部4/2–4(另2)"),
        ("M13", [fact("coverage", 38, of=45)], "重点班级覆盖38/45人(要80%，即36人)"),
        ("M13", [talk("student", 12)], "重点班级覆盖12人"),
        ("N14", [], "调研报告0/1"),
    ],
)
def test_a_standing_reads_as_people_write_it(number: str, done: list[Fact], said: str) -> None:
    assert line(stand(number, *done)) == said


def test_the_most_pressing_comes_first_and_what_is_done_last() -> None:
    told = lines(talk("pioneer", 20), talk("counselor", 9), stay("11-20"), fact("lecture"))
    assert told[0] == "驻校1/10天"
    assert told.index("辅导员9/10") < told.index("蹲点学校保持1学期(至少2学期)") < told.index("线上联系0人")
    assert set(told[-4:]) == {"蹲点学校1/1", "队员20/20", "宣讲1/1", "驻校分段1段(至多2段)"}


def test_of_equal_urgency_the_least_begun_comes_first() -> None:
    told = lines(talk("pioneer", 18), talk("counselor", 2))
    assert told.index("辅导员2/10") < told.index("队员18/20")


def test_a_window_gone_by_does_not_press() -> None:
    told = lines(names=("league_im_2021",))
    assert told.index("3月集中驻校0/5天") > told.index("普通学生0/40")


def test_slack_runs_to_the_last_safe_start() -> None:
    found = stand("N01", stay("11-20"))
    assert found.last_safe_start == date(2026, 12, 14)
    assert found.slack_days == CALENDAR.teaching_days(TODAY, date(2026, 12, 11))
    assert stand("N01", stay("11-20"), today=date(2026, 12, 17)).slack_days == -3


@pytest.mark.parametrize(
    ("number", "due"),
    [
        ("N01", date(2027, 1, 31)),
        ("N14", date(2026, 12, 31)),
        ("M02a", date(2026, 11, 30)),
        ("M03b", date(2026, 9, 30)),
    ],
)
def test_each_goal_has_its_day(number: str, due: date) -> None:
    assert stand(number).due == due


def test_a_third_block_is_shown_and_its_days_still_count() -> None:
    three = (stay("09-08"), stay("10-13"), stay("11-18"))
    found = stand("N02", *three)
    assert (found.done, found.met) == (3, False)
    assert found.note
    assert stand("N01", *three).done == 3


def test_a_range_is_met_between_its_ends() -> None:
    assert [stand("M09", fact("unit_link", n)).met for n in (1, 2, 4, 5)] == [False, True, True, False]
    assert stand("M09", fact("unit_link", 5)).missing == 0


@pytest.mark.parametrize(
    ("reached", "size", "met"), [(79, 99, False), (80, 100, True), (36, 45, True), (35, 45, False)]
)
def test_gauges_compare_by_integers(reached: int, size: int, met: bool) -> None:
    assert stand("M13", fact("coverage", reached, of=size)).met is met


def test_a_gauge_without_a_size_is_never_met() -> None:
    found = stand("M14", talk("league_cadre", 12))
    assert (found.met, found.missing) == (False, 0)
    assert found.note


def test_an_approver_may_change_a_goal() -> None:
    done = sums(talk("league_cadre", 18))
    goals = {("M16b", "2026"): Decimal(18)}
    found = standing(rule("M16b"), done, bound(*BOTH), CALENDAR, TODAY, goals)
    assert (found.done, found.required, found.met) == (18, 18, True)


def test_a_linked_squadron_is_to_be_confirmed_each_term() -> None:
    linked = fact("unit_link", start="10-12", school_id=SCHOOL)
    assert stand("N10", linked).note == ""
    later = stand("N10", linked, today=date(2027, 3, 10))
    assert later.met
    assert "再确认" in later.note


def test_a_year_without_holiday_data_is_said() -> None:
    assert "2027" in stand("N01", today=date(2027, 3, 10)).note


def test_schools_come_from_the_assignments() -> None:
    assert stand("N05").met
    assert not stand("N05", who=bound(assigned=())).met
    two = bound(*BOTH, assigned=((1, date(2026, 3, 1), date(2026, 8, 31)), (2, date(2026, 9, 1), None)))
    assert stand("N05", who=two).done == 1
    assert stand("M06", who=two).met
    assert stand("N06", who=two).done == 1


@pytest.mark.parametrize(
    ("start", "terms"), [(date(2026, 9, 1), 1), (date(2026, 3, 1), 2), (date(2025, 9, 1), 3), (TODAY, 1)]
)
def test_terms_kept_are_counted_whole(start: date, terms: int) -> None:
    assert terms_between(start, TODAY, CALENDAR) == terms


def test_a_report_waits_for_its_year() -> None:
    written = (item("report", "2026-12-30", status="accepted"),)
    assert stand("N14", items=written, today=date(2026, 12, 31)).met
    assert not stand("N14", items=written, today=date(2027, 1, 5)).met


def test_a_gauge_lacks_people_and_a_window_gone_by_is_no_open_goal() -> None:
    reached = stand("M13", fact("coverage", 20, of=45))
    assert (reached.lacks, reached.gone) == ("16人", False)
    march = stand("M03a", today=date(2026, 9, 16))
    assert (march.gone, march.lacks) == (True, "5天")
    assert not stand("M03b", today=date(2026, 9, 16)).gone
