"""Terms, teaching days, workdays and periods."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import Calendar, days, term_span
from models.periods import KINDS, keys, period_of, workable
from models.workdays import Override, load_overrides

ANY_DAY = st.dates(date(2005, 1, 1), date(2060, 12, 31))
PLAIN = Calendar()
LATE = term_span(date(2026, 9, 7), date(2027, 1, 24), date(2026, 9, 7), date(2027, 1, 17))


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 9, 1), "2026-2027-1"),
        (date(2027, 1, 31), "2026-2027-1"),
        (date(2027, 2, 1), "2026-2027-2"),
        (date(2027, 8, 31), "2026-2027-2"),
        (date(2026, 8, 31), "2025-2026-2"),
    ],
)
def test_default_terms(day: date, key: str) -> None:
    term = PLAIN.term(day)
    assert term.key == key
    assert term.start <= day <= term.end


@given(ANY_DAY)
def test_every_day_lies_in_its_own_default_term(day: date) -> None:
    term = PLAIN.term(day)
    assert term.start <= day <= term.end
    assert PLAIN.previous_term(term).end == term.start - timedelta(days=1)


@given(ANY_DAY)
def test_teaching_lies_within_the_term(day: date) -> None:
    for calendar in (PLAIN, Calendar((LATE,))):
        term = calendar.term(day)
        assert term.start <= term.teaching_start <= term.teaching_end <= term.end


@pytest.mark.parametrize("day", ["2026-09-20", "2026-10-10", "2026-02-14", "2026-02-28", "2026-01-04", "2026-05-09"])
def test_make_up_days_are_worked(day: str) -> None:
    assert PLAIN.is_workday(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-09-25", "2026-10-07", "2026-02-15", "2026-02-23", "2026-05-05", "2026-11-21"])
def test_holidays_and_weekends_are_not(day: str) -> None:
    assert not PLAIN.is_workday(date.fromisoformat(day))


@pytest.mark.parametrize(("year", "month", "count"), [(2021, 3, 23), (2021, 9, 22), (2026, 3, 22), (2026, 9, 22)])
def test_workdays_of_the_intensive_months(year: int, month: int, count: int) -> None:
    assert len(PLAIN.workdays(date(year, month, 1), date(year, month, 31 if month == 3 else 30))) == count


def test_a_year_without_data_falls_back_and_says_so() -> None:
    assert PLAIN.is_workday(date(2027, 1, 4))
    assert not PLAIN.is_workday(date(2027, 1, 3))
    assert "2027" in PLAIN.note(2027)
    assert PLAIN.note(2026) == ""


@given(ANY_DAY)
def test_no_day_makes_it_fail(day: date) -> None:
    assert PLAIN.previous_workday(day) < day < PLAIN.next_workday(day)
    for kind in KINDS:
        period = period_of(kind, day, PLAIN, 3)
        assert kind == "window" or period.start <= day <= period.end
        assert all(period.start <= one <= period.end for one in workable(kind, period, PLAIN))


def test_an_override_file_wins(tmp_path: Path) -> None:
    file = tmp_path / "holidays.toml"
    file.write_text("[2027]\noff = [2027-01-01]\nwork = [2027-01-03]\ncomplete = true\n[2026]\noff = [2026-11-20]\n")
    calendar = Calendar((), load_overrides(file))
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 3))
    assert calendar.note(2027) == ""
    assert not calendar.is_workday(date(2026, 11, 20))
    assert PLAIN.is_workday(date(2026, 11, 20))


def test_an_override_without_all_days_keeps_the_hint() -> None:
    assert Calendar((), {2027: Override(off=frozenset({date(2027, 1, 1)}))}).note(2027)


@pytest.mark.parametrize("text", ["[2027]\noff = ['2027-01-01']", "[soon]\noff = []", "off = [2027-01-01]", "[2027"])
def test_a_wrong_override_file_names_itself(tmp_path: Path, text: str) -> None:
    file = tmp_path / "holidays.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match=r"holidays\.toml"):
        load_overrides(file)


def test_a_missing_override_file_changes_nothing(tmp_path: Path) -> None:
    assert load_overrides(tmp_path / "holidays.toml") == {}


def test_the_last_safe_start_leaves_the_exam_days_out() -> None:
    term = PLAIN.term(date(2026, 11, 20))
    # Ten working days before 10 January are for exams: New Year's Day is none of them; the last usable one is 24 December.
    assert PLAIN.last_safe_start(1, term) == date(2026, 12, 24)
    assert PLAIN.last_safe_start(10, term) == date(2026, 12, 11)
    assert PLAIN.last_safe_start(Decimal("9.5"), term) == date(2026, 12, 11)
    assert PLAIN.last_safe_start(0, term) is None
    assert PLAIN.last_safe_start(500, term) is None


@given(st.integers(1, 60))
def test_from_the_last_safe_start_it_just_fits(missing: int) -> None:
    term = PLAIN.term(date(2026, 11, 20))
    start = PLAIN.last_safe_start(missing, term)
    assert start is not None
    assert PLAIN.teaching_days(start, term.end) == missing


@given(ANY_DAY, st.integers(0, 400))
def test_teaching_days_equal_a_plain_count(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    safe = {day for day in days(first, last) if day in PLAIN.safe_days(PLAIN.key_on(day))}
    assert PLAIN.teaching(first, last) == tuple(sorted(safe))
    assert PLAIN.teaching_days(first, last) == len(safe)


@given(ANY_DAY, st.integers(1, 300))
def test_school_days_between_equal_a_plain_count(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    inside = [day for day in days(first, last) if first < day < last]
    assert PLAIN.school_days_between(first, last) == sum(day in PLAIN.taught(PLAIN.key_on(day)) for day in inside)


def test_a_unit_has_its_own_term() -> None:
    calendar = Calendar((LATE,))
    assert calendar.term(date(2026, 11, 20)) == LATE
    # Days about the given dates keep their term, the neighbour keeps its default dates.
    assert calendar.term(date(2027, 1, 28)).key == "2026-2027-1"
    assert calendar.term(date(2027, 3, 1)).end == date(2027, 8, 31)


def test_a_neighbour_ends_where_a_given_term_begins() -> None:
    early = term_span(date(2026, 8, 20), date(2027, 1, 31))
    calendar = Calendar((early,))
    assert calendar.term(date(2026, 8, 25)).key == "2026-2027-1"
    assert calendar.term(date(2026, 8, 1)).end == date(2026, 8, 19)


def test_a_stay_said_on_monday_reaches_back_over_the_weekend() -> None:
    assert PLAIN.reach_back(date(2026, 11, 23), Decimal(3)) == date(2026, 11, 19)
    assert PLAIN.reach_back(date(2026, 11, 20), Decimal(3)) == date(2026, 11, 18)
    assert PLAIN.reach_back(date(2026, 11, 21), Decimal(1)) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("term", "2026-2027-1"),
        ("year", "2026"),
        ("school_year", "2026-2027"),
        ("month", "2026-11"),
        ("half", "2026H2"),
        ("window", "2026-03w"),
        ("standing", "always"),
        ("assignment", "always"),
    ],
)
def test_period_keys(kind: str, key: str) -> None:
    assert period_of(kind, date(2026, 11, 20), PLAIN, 3).key == key


def test_a_day_outside_the_window_has_no_key() -> None:
    table = keys("window", 3, PLAIN)
    assert table[date(2026, 3, 16)] == "2026-03w"
    assert table[date(2026, 4, 1)] is None
    assert table[None] is None
