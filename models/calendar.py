"""Terms, teaching days, workdays: a unit's calendar, with defaults where the unit gave none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil

from models.workdays import DAY, Override, YearDays, working_year

EXAM_DAYS = 10


@dataclass(frozen=True, slots=True)
class TermSpan:
    """One term: what counts by date lies from `start` to `end`, what can still be done within the teaching dates."""

    key: str
    start: date
    end: date
    teaching_start: date
    teaching_end: date


def term_key(start: date) -> str:
    """The key of the term that begins about this day: `2026-2027-1` in the second half of a year, else `-2`."""
    first = start.year if start.month >= 7 else start.year - 1
    return f"{first}-{first + 1}-{1 if start.month >= 7 else 2}"


def default_key(day: date) -> str:
    """The key by the default dates: 1 September to 31 January, 1 February to 31 August."""
    if day.month == 1:
        return f"{day.year - 1}-{day.year}-1"
    return f"{day.year}-{day.year + 1}-1" if day.month >= 9 else f"{day.year - 1}-{day.year}-2"


def default_span(key: str) -> TermSpan:
    """A term with the default dates of its kind."""
    first, second, half = (int(part) for part in key.split("-"))
    if half == 1:
        return TermSpan(key, date(first, 9, 1), date(second, 1, 31), date(first, 9, 1), date(second, 1, 10))
    return TermSpan(key, date(second, 2, 1), date(second, 8, 31), date(second, 3, 1), date(second, 7, 5))


def term_span(start: date, end: date, teaching_start: date | None = None, teaching_end: date | None = None) -> TermSpan:
    """A term as a unit gave it; teaching dates that were left out are the default ones, cut to the term."""
    plain = default_span(term_key(start))
    first = teaching_start or max(start, plain.teaching_start)
    last = teaching_end or min(end, plain.teaching_end)
    return TermSpan(plain.key, start, end, first, max(first, last))


def neighbour(key: str, step: int) -> str:
    """The key of the term before (-1) or after (1)."""
    first, _, half = (int(part) for part in key.split("-"))
    number = first * 2 + (half - 1) + step
    return f"{number // 2}-{number // 2 + 1}-{number % 2 + 1}"


@dataclass(frozen=True, eq=False)
class Calendar:
    """A unit's terms over the workdays of China. Values once reckoned are kept: every message asks for them."""

    terms: tuple[TermSpan, ...] = ()
    overrides: Mapping[int, Override] = field(default_factory=dict)
    exam_days: int = EXAM_DAYS
    _years: dict[int, YearDays] = field(default_factory=dict, repr=False)
    _spans: dict[str, TermSpan] = field(default_factory=dict, repr=False)
    _taught: dict[str, tuple[date, ...]] = field(default_factory=dict, repr=False)
    _keys: dict[date, str] = field(default_factory=dict, repr=False)

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked; make-up Saturdays are, holidays are not."""
        return day in self._year(day.year).working

    def note(self, year: int) -> str:
        """A hint for the reader where the year's holidays are not known yet, else empty."""
        return "" if self._year(year).known else f"{year}年放假调休安排尚无数据,暂按周一至周五、除去法定节日计"

    def next_workday(self, day: date) -> date:
        """The first workday after the day."""
        return next(d for d in _walk(day, 1) if self.is_workday(d))

    def previous_workday(self, day: date) -> date:
        """The last workday before the day."""
        return next(d for d in _walk(day, -1) if self.is_workday(d))

    def workdays(self, first: date, last: date) -> tuple[date, ...]:
        """The workdays from first to last, both included."""
        return tuple(day for day in days(first, last) if self.is_workday(day))

    def reach_back(self, last: date, count: Decimal) -> date:
        """The first day of a stay of so many days that ends on `last`, rest days between left out."""
        left, day = ceil(count) - 1, last
        while left > 0:
            day, left = self.previous_workday(day), left - 1
        return day

    def term(self, day: date) -> TermSpan:
        """The term the day lies in; every day lies in one."""
        return self.term_of(self.key_on(day))

    def key_on(self, day: date) -> str:
        """The key of the day's term."""
        found = self._keys.get(day)
        if found is None:
            found = self._keys[day] = self._key(day)
        return found

    def term_of(self, key: str) -> TermSpan:
        """The term of a key: as the unit gave it, else by default between its neighbours."""
        found = self._spans.get(key)
        if found is None:
            found = self._spans[key] = self._given(key) or self._between(key)
        return found

    def previous_term(self, term: TermSpan) -> TermSpan:
        """The term before."""
        return self.term_of(neighbour(term.key, -1))

    def taught(self, key: str) -> tuple[date, ...]:
        """All working days within the teaching dates of a term, the exam days among them."""
        found = self._taught.get(key)
        if found is None:
            term = self.term_of(key)
            found = self._taught[key] = self.workdays(term.teaching_start, term.teaching_end)
        return found

    def safe_days(self, key: str) -> tuple[date, ...]:
        """The teaching days of a term less its last ones, which are for exams."""
        taught = self.taught(key)
        return taught[: max(len(taught) - self.exam_days, 0)]

    def teaching(self, first: date, last: date) -> tuple[date, ...]:
        """The teaching days (exam days left out) from first to last, both included, over all terms between."""
        found: list[date] = []
        key, stop = self.key_on(first), self.key_on(last)
        while True:
            found += _cut(self.safe_days(key), first, last)
            if key >= stop:
                return tuple(found)
            key = neighbour(key, 1)

    def teaching_days(self, first: date, last: date) -> int:
        """How many teaching days (exam days left out) lie from first to last."""
        return len(self.teaching(first, last)) if first <= last else 0

    def school_days_between(self, earlier: date, later: date) -> int:
        """How many school days lie strictly between two days; exam days are school days, holidays are not."""
        total, key, stop = 0, self.key_on(earlier), self.key_on(later)
        while True:
            taught = self.taught(key)
            total += max(bisect_left(taught, later) - bisect_right(taught, earlier), 0)
            if key >= stop:
                return total
            key = neighbour(key, 1)

    def last_safe_start(self, missing_days: Decimal | int, term: TermSpan) -> date | None:
        """The last day from which the missing days still fit into the term; None where they never did or none is missing."""
        return last_start(self.safe_days(term.key), missing_days)

    def _year(self, year: int) -> YearDays:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = working_year(year, self.overrides.get(year))
        return found

    def _key(self, day: date) -> str:
        # Days around the terms a unit gave (the week before school opens, the holidays) fall where the defaults put them.
        inside = (term.key for term in self.terms if term.start <= day <= term.end)
        return next(inside, default_key(day))

    def _given(self, key: str) -> TermSpan | None:
        return next((term for term in self.terms if term.key == key), None)

    def _between(self, key: str) -> TermSpan:
        plain = default_span(key)
        before, after = self._given(neighbour(key, -1)), self._given(neighbour(key, 1))
        start = max(plain.start, before.end + DAY) if before else plain.start
        end = min(plain.end, after.start - DAY) if after else plain.end
        return TermSpan(key, start, end, max(start, plain.teaching_start), min(end, plain.teaching_end))


def days(first: date, last: date) -> Iterator[date]:
    """Every day from first to last."""
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


def last_start(usable: tuple[date, ...], missing_days: Decimal | int) -> date | None:
    """The last of the usable days from which the missing ones still fit; None where they never did or none is missing."""
    missing = ceil(missing_days)
    return usable[-missing] if 0 < missing <= len(usable) else None


def _walk(day: date, step: int) -> Iterator[date]:
    while True:
        day += step * DAY
        yield day


def _cut(ordered: tuple[date, ...], first: date, last: date) -> tuple[date, ...]:
    return ordered[bisect_left(ordered, first) : bisect_right(ordered, last)]
