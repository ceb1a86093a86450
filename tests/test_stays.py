"""Days at school: never more than was said, never one date twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.facts import Fact
from models.stays import FULL, blocks, dated_days, day_map, full_map
from tests.made import CALENDAR, stay

MONDAY = date(2026, 11, 16)


@st.composite
def stays(draw: st.DrawFn, last: int, *, halves: bool = True) -> Fact:
    first = draw(st.integers(0, last))
    end = draw(st.integers(first, last))
    most = end - first + 1
    steps = st.integers(1, most * 2).map(lambda n: Decimal(n) / 2) if halves else st.integers(1, most).map(Decimal)
    days = [(MONDAY + timedelta(days=n)).isoformat() for n in (first, end)]
    return stay(*days, count=str(draw(steps)))


def least(said: list[Fact]) -> int:
    """The fewest days of a working week that make every statement true, by trying all."""
    week = [MONDAY + timedelta(days=n) for n in range(5)]
    sure = {day for one in said for day in dated_days(one, CALENDAR) or ()}
    spans = [one for one in said if dated_days(one, CALENDAR) is None]
    for size in range(len(sure), 6):
        for extra in combinations([day for day in week if day not in sure], size - len(sure)):
            held = sure | set(extra)
            if all(sum(one.start <= day <= one.end for day in held) >= one.count for one in spans):  # type: ignore[operator]
                return size
    raise AssertionError("a week holds every statement about it")


@given(st.lists(stays(4, halves=False), max_size=6))
def test_no_day_is_counted_that_nothing_proves(said: list[Fact]) -> None:
    assert sum(day_map(said, CALENDAR).values()) == least(said) * FULL


@given(st.lists(stays(40), max_size=12))
def test_every_statement_holds_and_no_date_holds_more_than_a_day(said: list[Fact]) -> None:
    found = day_map(said, CALENDAR)
    assert all(0 < value <= FULL for value in found.values())
    for one in said:
        assert one.start is not None
        assert one.end is not None
        assert one.count is not None
        inside = sum(value for day, value in found.items() if one.start <= day <= one.end)
        dated = dated_days(one, CALENDAR)
        wanted = int(one.count * 2) if dated is None or one.start == one.end else len(dated) * FULL
        assert inside >= min(wanted, FULL) if one.start == one.end else inside >= wanted


@given(st.lists(stays(40), max_size=8), st.randoms())
def test_the_order_of_telling_does_not_matter(said: list[Fact], random: object) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert day_map(shuffled, CALENDAR) == day_map(said, CALENDAR)


@given(st.lists(stays(40), max_size=8), stays(40))
def test_one_more_statement_never_takes_a_day_away(said: list[Fact], more: Fact) -> None:
    assert sum(day_map([*said, more], CALENDAR).values()) >= sum(day_map(said, CALENDAR).values())


@given(st.lists(stays(40), max_size=8))
def test_whole_days_are_days(said: list[Fact]) -> None:
    whole, found = full_map(said, CALENDAR), day_map(said, CALENDAR)
    assert sum(whole.values()) <= sum(found.values())


@given(st.sets(st.dates(date(2026, 9, 1), date(2027, 6, 30)), max_size=20))
def test_blocks_part_where_more_than_three_school_days_lie_between(dates: set[date]) -> None:
    ordered = sorted(dates)
    school = [day for key in ("2026-2027-1", "2026-2027-2") for day in CALENDAR.taught(key)]
    gaps = [sum(a < day < b for day in school) for a, b in pairwise(ordered)]
    assert blocks(dates, CALENDAR) == (1 + sum(gap > 3 for gap in gaps) if dates else 0)
