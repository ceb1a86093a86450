"""Periods: which one a day falls into, from when to when it runs, and what it is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from weakref import WeakKeyDictionary

from models.calendar import Calendar, days

ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in which a goal is to be reached; `key` is how totals are filed."""

    key: str
    start: date
    end: date
    label: str


KINDS = ("term", "year", "school_year", "month", "half", "window", "standing", "assignment")


def term_period(day: date, calendar: Calendar, month: int = 0) -> Period:  # noqa: ARG001
    """The term of the day."""
    term = calendar.term(day)
    return Period(term.key, term.start, term.end, "本学期")


def year_period(day: date, calendar: Calendar, month: int = 0) -> Period:  # noqa: ARG001
    """The calendar year of the day."""
    return Period(f"{day.year}", date(day.year, 1, 1), date(day.year, 12, 31), "今年")


def school_year_period(day: date, calendar: Calendar, month: int = 0) -> Period:  # noqa: ARG001
    """Both terms of a school year."""
    years = calendar.key_on(day)[:9]
    first, second = calendar.term_of(f"{years}-1"), calendar.term_of(f"{years}-2")
    return Period(years, first.start, second.end, "本学年")


def month_period(day: date, calendar: Calendar, month: int = 0) -> Period:  # noqa: ARG001
    """The calendar month of the day."""
    return Period(f"{day.year}-{day.month:02}", day.replace(day=1), month_end(day), "本月")


def half_period(day: date, calendar: Calendar, month: int = 0) -> Period:  # noqa: ARG001
    """January to June, or July to December."""
    half = 1 if day.month <= 6 else 2
    return Period(
        f"{day.year}H{half}", date(day.year, 6 * half - 5, 1), month_end(date(day.year, 6 * half, 1)), "本半年"
    )


def window_period(day: date, calendar: Calendar, month: int = 0) -> Period:  # noqa: ARG001
    """The window of the rule's month, in the year of the day."""
    first = date(day.year, month, 1)
    return Period(f"{day.year}-{month:02}w", first, month_end(first), "")  # the goal itself names its month


def standing_period(day: date, calendar: Calendar, month: int = 0) -> Period:  # noqa: ARG001
    """What holds until changed; its dates are those of the term in which it is confirmed."""
    term = calendar.term(day)
    return Period(ALWAYS, term.start, term.end, "")


PERIODS: dict[str, Callable[..., Period]] = {
    "term": term_period,
    "year": year_period,
    "school_year": school_year_period,
    "month": month_period,
    "half": half_period,
    "window": window_period,
    "standing": standing_period,
    "assignment": standing_period,
}


def period_of(kind: str, day: date, calendar: Calendar, month: int = 0) -> Period:
    """The period of a kind that the day belongs to; for a window the one of the day's year."""
    return PERIODS[kind](day, calendar, month)


class Keys(dict[date | None, str | None]):
    """Day to period key, reckoned once for a day; no key where the day lies outside a window, or where there is no day."""

    def __init__(self, key_of: Callable[[date], str | None]) -> None:
        super().__init__({None: None})
        self._key_of = key_of

    def __missing__(self, day: date | None) -> str | None:
        key = self[day] = self._key_of(day) if day else None
        return key


_KEYS: WeakKeyDictionary[Calendar, dict[tuple[str, int], Keys]] = WeakKeyDictionary()


def keys(kind: str, month: int, calendar: Calendar) -> Keys:
    """The table from day to key for a kind of period; shared by all who have this calendar."""
    tables = _KEYS.setdefault(calendar, {})
    table = tables.get((kind, month))
    if table is None:
        table = tables[kind, month] = Keys(partial(_key, kind, month, calendar))
    return table


def _key(kind: str, month: int, calendar: Calendar, day: date) -> str | None:
    if kind == "window" and day.month != month:
        return None
    return period_of(kind, day, calendar, month).key


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return date.fromordinal(date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal() - 1)


@lru_cache(maxsize=4096)
def workable(kind: str, period: Period, calendar: Calendar) -> tuple[date, ...]:
    """The days on which a goal of the period can still be worked at: teaching days, and for a month its workdays."""
    if kind == "month":
        return calendar.workdays(period.start, period.end)
    if kind == "window":
        taught = set(calendar.taught(calendar.key_on(period.start)))
        return tuple(day for day in days(period.start, period.end) if day in taught)
    return calendar.teaching(period.start, period.end)
