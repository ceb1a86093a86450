"""What is kept of a person's figures: the totals of now, those of the month before the newest deed, and two that sum up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from models.book import Book, open_book
from models.calendar import Calendar
from models.catalogue import CATALOGUE
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
    book = open_book(deeds, works, bound, calendar)
    sums = totals_of(book, rules)
    days = _days(book, rules)
    now = sums | days | _begun(sums)
    dates = {fact.id: fact.end for fact in deeds}
    written = [(dates.get(item.entry_id or 0) or item.day, item) for item in works]
    newest = max((day for day in (*dates.values(), *(day for day, _ in written)) if day), default=None)
    if newest is None:
        return Kept(now, {})
    first, month = newest.replace(day=1), f"{newest:%Y-%m}"
    older = [fact for fact in deeds if not _since(fact.end, first)]
    left = [item for day, item in written if not _since(day, first)]
    if not older and not left:
        return Kept(now, {}, month)
    new: set[str | None] = {fact.activity for fact in deeds if _since(fact.end, first)}
    new |= {item.kind for day, item in written if _since(day, first)}
    return Kept(now, _before(sums, days, open_book(older, left, bound, calendar), rules, new), month)


def _before(sums: Totals, days: Totals, older: Book, rules: Sequence[Rule], new: AbstractSet[str | None]) -> Totals:
    """The totals without the newest month: only those are reckoned again that something of it may feed."""
    fed = [rule for rule in rules if not new.isdisjoint(_feeds(rule.metric))]
    measures = {rule.measure for rule in fed}
    same = {key: value for key, value in sums.items() if key[0].partition(":")[0] not in measures}
    found = same | totals_of(older, fed)
    return found | (_days(older, rules) if "on_site" in new else days) | _begun(found)


@cache
def _feeds(metric: str) -> frozenset[str]:
    """The activities and the kinds of items that a metric counts."""
    return frozenset({*CATALOGUE[metric].activities, CATALOGUE[metric].item})


def _since(day: date | None, first: date) -> bool:
    return day is not None and day >= first


def _days(book: Book, rules: Sequence[Rule]) -> Totals:
    return {(DAYS, key): value for key, value in days_by_term(book, rules).items() if key}


def begun_key(term: str, year: int) -> str:
    """The key under which it is kept whether anything that counts was done in a term or in a year."""
    return f"{term}/{year}"


def _begun(found: Totals) -> Totals:
    """Every pair of a term and a year in which there is something to show; what stands from before begins nothing."""
    keys = {key for (measure, key), value in found.items() if value > 0 and ":" not in measure}
    return {(BEGUN, pair): ONE for key in keys for pair in _pairs(key)}


@lru_cache(maxsize=1024)
def _pairs(key: str) -> tuple[str, ...]:
    if TERM.fullmatch(key):
        first = int(key[:4])
        years = (first, first + 1) if key.endswith("-1") else (first + 1,)
        return tuple(begun_key(key, year) for year in years)
    if SCHOOL_YEAR.fullmatch(key):
        return tuple(pair for half in (1, 2) for pair in _pairs(f"{key}-{half}"))
    if not key[:4].isdigit():
        return ()
    year = int(key[:4])
    return tuple(begun_key(f"{y}-{y + 1}-{half}", year) for y, half in ((year - 1, 1), (year - 1, 2), (year, 1)))
