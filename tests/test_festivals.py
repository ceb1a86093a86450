"""The days off that the law fixes: known for years of which no notice is out yet, and never wrong for those that are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from models.calendar import Calendar
from models.calendars import open_calendars
from models.festivals import MOVING, statutory
from models.workdays import Override

PLAIN = Calendar()
YEARS = [int(line.split()[0]) for line in MOVING.split("\n") if line]


@pytest.mark.parametrize(
    "day",
    ["2027-01-01", "2027-02-05", "2027-02-08", "2027-04-05", "2027-06-09", "2027-09-15", "2027-10-01", "2028-05-01"],
)
def test_a_statutory_day_is_no_workday_before_the_notice(day: str) -> None:
    assert date.fromisoformat(day).weekday() < 5
    assert not PLAIN.is_workday(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2027-01-04", "2027-02-09", "2027-04-06", "2027-05-04", "2027-06-10", "2027-10-08"])
def test_a_day_beside_it_still_is(day: str) -> None:
    assert PLAIN.is_workday(date.fromisoformat(day))


def test_the_reader_is_still_told_that_the_notice_is_missing() -> None:
    assert "2027" in PLAIN.note(2027)
    assert "调休" in PLAIN.note(2027)


def test_beyond_the_table_the_fixed_days_hold() -> None:
    after = max(YEARS) + 1
    assert statutory(after) == frozenset(
        date(after, *day) for day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
    )
    assert not PLAIN.is_workday(date(after, 1, 1))


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_published_years_have_the_fixed_days_off(year: int) -> None:
    assert not any(PLAIN.is_workday(day) for day in statutory(year))


@pytest.mark.parametrize("year", YEARS)
def test_the_table_keeps_the_order_of_the_moon(year: int) -> None:
    """端午 lies four months and four days after 春节, 中秋 seven and fourteen, a leap month between at most."""
    spring, _, boat, autumn = sorted(statutory(year) - fixed(year) - new_year(year))[-4:]
    moon = 29.53
    for day, months, days in ((boat, 4, 4), (autumn, 7, 14)):
        off = (day - spring).days - months * moon - days
        assert min(abs(off), abs(off - moon)) < 4, (spring, day)


def fixed(year: int) -> set[date]:
    return {date(year, *day) for day in ((1, 1), (5, 1), (5, 2), (10, 2), (10, 3))} - moving(year)


def moving(year: int) -> set[date]:
    row = next(line.split()[1:] for line in MOVING.split("\n") if line.startswith(str(year)))
    return {date.fromisoformat(f"{year}-{day}") for day in row}


def new_year(year: int) -> set[date]:
    spring = min(moving(year))
    return {spring + timedelta(days=step) for step in (-1, 1, 2)} | ({date(year, 10, 1)} - moving(year))


def test_a_unit_may_still_work_on_such_a_day(tmp_path: Path) -> None:
    calendar = Calendar((), {2027: Override(work=frozenset({date(2027, 1, 1)}))})
    assert calendar.is_workday(date(2027, 1, 1))
    (tmp_path / "holidays.toml").write_text("")
    assert not open_calendars(tmp_path).of().is_workday(date(2027, 1, 1))
