"""What is kept of a person's figures: the totals of now, those of the month before the newest deed, and two that sum up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.book import Book, open_book
from models.calendar import Calendar
from models.facts import Bound, Fact, ItemFact
from models.metrics import Totals, days_by_term, totals_of
from models.policy import Policy, Rule, all_rules

ZERO, ONE = Decimal(0), Decimal(1)
BEGUN, DAYS = "begun", "days"
TERM = re.compile(r"\d{4}-\d{4}-[12]")
SCHOOL_YEAR = re.compile(r"\d{4}-\d{4}")


@dataclass(frozen=True, slots=True)
class Kept:
    """Totals of now, and as they stood before the month (`2026-11`) of the newest deed; months later they stand as now."""

    now: Totals
    before: Totals
    month: str = ""


def kept(
    facts: Iterable[Fact], items: Iterable[ItemFact], bound: Bound, calendar: Calendar, policies: Mapping[str, Policy]
) -> Kept:
    """A person's totals by all rules of the documents that bind them: one that comes into force finds its past counted."""
    deeds, works, rules = tuple(facts), tuple(items), all_rules(policies, bound)
    now = _with_sums(open_book(deeds, works, bound, calendar), rules)
    dates = {fact.id: fact.end for fact in deeds}
    written = [(dates.get(item.entry_id or 0) or item.day, item) for item in works]
    newest = max((day for day in (*dates.values(), *(day for day, _ in written)) if day), default=None)
    if newest is None:
        return Kept(now, {})
    first = newest.replace(day=1)
    older = [fact for fact in deeds if not _since(fact.end, first)]
    earlier = open_book(older, [item for day, item in written if not _since(day, first)], bound, calendar)
    return Kept(now, _with_sums(earlier, rules), f"{first:%Y-%m}")


def _since(day: date | None, first: date) -> bool:
    return day is not None and day >= first


def _with_sums(book: Book, rules: Sequence[Rule]) -> Totals:
    found = totals_of(book, rules)
    days = {(DAYS, key): value for key, value in days_by_term(book, rules).items() if key}
    return found | days | {(BEGUN, key): ONE for key in _begun(found)}


def begun_key(term: str, year: int) -> str:
    """The key under which it is kept whether anything that counts was done in a term or in a year."""
    return f"{term}/{year}"


def _begun(found: Totals) -> Collection[str]:
    """Every pair of a term and a year in which there is something to show; what stands from before begins nothing."""
    keys = {key for (measure, key), value in found.items() if value > 0 and ":" not in measure}
    return {pair for key in keys for pair in _pairs(key)}


def _pairs(key: str) -> Iterator[str]:
    if TERM.fullmatch(key):
        first = int(key[:4])
        yield from (begun_key(key, year) for year in (first, first + 1) if year > first or key.endswith("-1"))
    elif SCHOOL_YEAR.fullmatch(key):
        yield from (pair for half in (1, 2) for pair in _pairs(f"{key}-{half}"))
    elif key[:4].isdigit():
        year = int(key[:4])
        yield from (begun_key(f"{y}-{y + 1}-{half}", year) for y, half in ((year - 1, 1), (year - 1, 2), (year, 1)))
