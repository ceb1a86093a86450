"""Days at school from entries: what lies on which date, and how many blocks the dates make.

Reckoned in half-days. A date holds at most one day. A range (9月3日至5日) puts a day on each of its workdays; a span with a
count (本周驻校3天) says that at least so many of its days were spent there, and adds only what dated days inside it leave open:
the greater of the two, never the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from models.calendar import Calendar, days
from models.facts import Fact

FULL = 2
GAP = 3  # school days between two stays that still make one block

Halves = dict[date, int]


def day_map(stays: Iterable[Fact], calendar: Calendar) -> Halves:
    """Half-days spent on each date."""
    halves: Halves = {}
    spans: list[tuple[date, date, int]] = []
    for stay in stays:
        start, end = stay.start, stay.end
        if start is None or end is None:
            continue
        count = stay.count
        value = FULL if count is None or count == 1 else int(count * 2)
        if value <= 0:
            continue
        if start == end:
            halves[start] = FULL if value >= FULL else min(halves.get(start, 0) + value, FULL)
        elif (dated := dated_days(stay, calendar)) is not None:
            halves.update((day, FULL) for day in dated)
        else:
            spans.append((end, start, value))
    # The inner span first: its days then serve the outer one too.
    for end, start, value in sorted(spans, key=lambda span: (span[0], -span[1].toordinal())):
        _place(halves, start, end, value, calendar)
    return halves


def dated_days(stay: Fact, calendar: Calendar) -> tuple[date, ...] | None:
    """The dates that a range names; None where it is a span of which only a number of days was spent at school."""
    if stay.start is None or stay.end is None:
        return ()
    length = (stay.end - stay.start).days + 1
    if stay.count is not None and stay.count < length:
        return None
    # A range of rest days only names them by itself; else rest days inside it do not count.
    return calendar.workdays(stay.start, stay.end) or tuple(days(stay.start, stay.end))


def full_map(stays: Iterable[Fact], calendar: Calendar) -> Halves:
    """Dates that were spent at school whole, by the word of one entry; a morning alone is none."""
    whole = (stay for stay in stays if stay.full_day is not False and (stay.count is None or stay.count >= 1))
    return {day: FULL for day, value in day_map(whole, calendar).items() if value == FULL}


def blocks(dates: Iterable[date], calendar: Calendar) -> int:
    """How many runs the dates make; weekends and holidays never break one, more than three school days do."""
    ordered = sorted(dates)
    if not ordered:
        return 0
    return 1 + sum(_breaks(earlier, later, calendar) for earlier, later in pairwise(ordered))


def _breaks(earlier: date, later: date, calendar: Calendar) -> bool:
    return (later - earlier).days > GAP + 1 and calendar.school_days_between(earlier, later) > GAP


def _place(halves: Halves, start: date, end: date, value: int, calendar: Calendar) -> None:
    """Give a span's days the latest dates that are free, workdays first: so no day is counted twice over all spans."""
    missing = value - sum(halves.get(day, 0) for day in days(start, end))
    for day in _latest_first(start, end, calendar):
        if missing <= 0:
            return
        added = min(FULL - halves.get(day, 0), missing)
        if added:
            halves[day] = halves.get(day, 0) + added
            missing -= added


def _latest_first(start: date, end: date, calendar: Calendar) -> Iterator[date]:
    inside = list(days(start, end))[::-1]
    yield from (day for day in inside if calendar.is_workday(day))
    yield from (day for day in inside if not calendar.is_workday(day))
