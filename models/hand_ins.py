"""When a unit's dated duties fall due, what they cover, when to draft and when to remind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.calendar import Calendar
from models.periods import month_end, period_of
from models.policy import HandIn, Policy
from models.zone import CHINA

DRAFT_BEFORE = timedelta(days=2)
LEAD_DAYS = 3


@dataclass(frozen=True, slots=True)
class Due:
    """One hand-in of one period. `due` is the last day, `due_at` the moment; the day itself belongs to it.

    `draft` is the day of the draft, `rows` the last day for the units below to confirm theirs, `reminders` workdays all.
    """

    hand_in: HandIn
    period: str
    first: date
    last: date
    due: date
    due_at: datetime
    draft: date
    rows: date | None
    reminders: tuple[date, ...]


def hand_ins_for(policies: Mapping[str, Policy], names: Iterable[str], level: str) -> tuple[HandIn, ...]:
    """What units of a level hand in under these policies."""
    chosen = (policies[name] for name in names if name in policies)
    return tuple(hand_in for policy in chosen for hand_in in policy.hand_ins if level in hand_in.levels)


def dues(hand_in: HandIn, year: int, calendar: Calendar, lead_days: int = LEAD_DAYS) -> tuple[Due, ...]:
    """All that fall due within a year, in order."""
    made = (_due(hand_in, day, calendar, lead_days) for day in sorted(DAYS[hand_in.every](hand_in, year)))
    return tuple(one for one in made if one.last >= hand_in.since)


def next_due(hand_in: HandIn, today: date, calendar: Calendar, lead_days: int = LEAD_DAYS) -> Due | None:
    """The one that falls due today or next; None where none is known any more."""
    both = (one for year in (today.year, today.year + 1) for one in dues(hand_in, year, calendar, lead_days))
    return next((one for one in both if one.due >= today), None)


def _monthly(hand_in: HandIn, year: int) -> Iterator[date]:
    first = _in_year(hand_in.first, year) if hand_in.first else date(year, 1, 1)
    for month in range(1, 13):
        end = month_end(date(year, month, 1))
        for text in hand_in.due:
            day = date(year, month, min(int(text), end.day))
            # The first of a plan year comes late; January's still belongs to the year before.
            if day >= first or (month == 1 and hand_in.covers == "previous_month"):
                yield day


def _yearly(hand_in: HandIn, year: int) -> Iterator[date]:
    yield from (_in_year(text, year) for text in hand_in.due)


def _once(hand_in: HandIn, year: int) -> Iterator[date]:
    days = (date.fromisoformat(text) for text in hand_in.due)
    yield from (day for day in days if day.year == year)


DAYS: dict[str, Callable[[HandIn, int], Iterator[date]]] = {
    "month": _monthly,
    "half_year": _yearly,
    "year": _yearly,
    "once": _once,
}


def _in_year(text: str, year: int) -> date:
    month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)


def _due(hand_in: HandIn, day: date, calendar: Calendar, lead_days: int) -> Due:
    kind, inside = COVERS[hand_in.covers or "year"](day)
    period = period_of(kind, inside, calendar)
    early = (_in_year(text, day.year) for text in hand_in.remind)
    # The date itself never moves; who is to be reminded is reminded on the workday before it.
    reminders = {_worked(one, calendar) for one in early if period.start <= one <= day} | {
        calendar.previous_workday(day)
    }
    return Due(
        hand_in=hand_in,
        period=period.key,
        first=period.start,
        last=period.end,
        due=day,
        due_at=moment(day, hand_in.at),
        draft=day - DRAFT_BEFORE,
        rows=_workdays_before(day, lead_days, calendar) if hand_in.asks_below else None,
        reminders=tuple(sorted(one for one in reminders if one.year == day.year)),
    )


COVERS: dict[str, Callable[[date], tuple[str, date]]] = {
    "previous_month": lambda day: ("month", day.replace(day=1) - timedelta(days=1)),
    "half_year": lambda day: ("half", day),
    "year": lambda day: ("year", day),
}


def moment(day: date, at: str) -> datetime:
    """The end of a day's duty in Asia/Shanghai: 24:00 is the first moment of the next day."""
    hour, minute = (int(part) for part in at.split(":"))
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(hours=hour, minutes=minute)


def _worked(day: date, calendar: Calendar) -> date:
    return day if calendar.is_workday(day) else calendar.previous_workday(day)


def _workdays_before(day: date, count: int, calendar: Calendar) -> date:
    for _ in range(count):
        day = calendar.previous_workday(day)
    return day
