"""A person's entries laid out for counting, and what feeds a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from models.calendar import Calendar
from models.catalogue import CATALOGUE
from models.facts import Bound, Fact, ItemFact, Stretch
from models.policy import Rule
from models.stays import Halves

Sums = dict[str | None, Decimal]

ZERO, ONE = Decimal(0), Decimal(1)
ITEM_ENTRIES = ("report", "case", "key_task")
AWAY, LINKED = attrgetter("away"), attrgetter("linked")  # asked of thousands of entries at every message
DROPPED = frozenset({"withdrawn", "cancelled"})


@dataclass(slots=True)
class Book:
    """A person's entries sorted by what they are, and the items beside them."""

    bound: Bound
    calendar: Calendar
    entries: dict[str | None, dict[str | None, list[Fact]]]
    items: list[ItemFact]
    by_id: Mapping[int, Fact]
    maps: dict[tuple[str, str], Halves] = field(default_factory=dict)


def open_book(facts: Iterable[Fact], items: Iterable[ItemFact], bound: Bound, calendar: Calendar) -> Book:
    """Lay out entries and items; what is not active is left out, and the items that came from it."""
    entries: dict[str | None, dict[str | None, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    idle: set[int] = set()
    for fact in facts:
        if fact.state == "active":
            entries[fact.activity][fact.audience].append(fact)
        else:
            idle.add(fact.id)
    alive = [item for item in items if item.status not in DROPPED and item.entry_id not in idle]
    sources = {fact.id: fact for kind in ITEM_ENTRIES for found in entries.get(kind, {}).values() for fact in found}
    return Book(bound, calendar, entries, alive, sources)


def at_school(facts: list[Fact], school: str) -> list[Fact]:
    """Those of the entries that were where a rule's `school` wants them: at the own school, at it or a linked one, or anywhere."""
    if school == "any" or not (any(map(AWAY, facts)) or (school == "assigned" and any(map(LINKED, facts)))):
        return facts
    if school == "linked":
        return [fact for fact in facts if not fact.away]
    return [fact for fact in facts if not (fact.away or fact.linked)]


def schools_of(bound: Bound, rule: Rule) -> tuple[Stretch, ...]:
    """The person's schools as the rule sees them."""
    return bound.assigned if rule.school == "assigned" else bound.assigned + bound.linked


def feeding_lists(book: Book, rule: Rule) -> Iterator[list[Fact]]:
    """The entries that feed a rule's metric, as lists; those away from school left out where the rule wants that."""
    metric = CATALOGUE[rule.metric]
    for activity in metric.activities:
        by_audience = book.entries.get(activity, {})
        wanted = [by_audience.get(audience, []) for audience in metric.audiences] or by_audience.values()
        for found in wanted:
            yield at_school(found, rule.school)


def feeding(book: Book, rule: Rule) -> Iterator[Fact]:
    """The entries that feed a rule's metric, one by one."""
    for facts in feeding_lists(book, rule):
        yield from facts
