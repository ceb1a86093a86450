"""Reports, cases and tasks: what counts only once a person has accepted it, or followed it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from models.book import ONE, ZERO, Book, Sums, feeding
from models.catalogue import CATALOGUE
from models.facts import Fact, ItemFact
from models.periods import Keys
from models.policy import Rule


def papers(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Reports or cases by the day they were written; accepted ones only, where the rule needs that."""
    sums: Sums = defaultdict(Decimal)
    for item in _items(book, rule):
        if not rule.needs or item.status == "accepted":
            sums[keys[_written(book, item)]] += ONE
    for fact in () if rule.needs else _unfiled(book, rule):
        sums[keys[fact.end]] += ONE if fact.count is None else fact.count
    return {"": sums}


def _items(book: Book, rule: Rule) -> list[ItemFact]:
    kind = CATALOGUE[rule.metric].item
    return [item for item in book.items if item.kind == kind]


def _written(book: Book, item: ItemFact) -> date | None:
    """The day of the entry that an item came from, since that may have been amended; else its own."""
    fact = book.by_id.get(item.entry_id or 0)
    return fact.end if fact else item.day


def _unfiled(book: Book, rule: Rule) -> list[Fact]:
    """Entries that no item stands for."""
    filed = {item.entry_id for item in _items(book, rule)}
    return [fact for fact in feeding(book, rule) if fact.id not in filed]


def tasks(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Key tasks chosen, with a follow-up where the rule needs one; saying again on another occasion is a follow-up."""
    sums: Sums = defaultdict(Decimal)
    loose: dict[str | None, list[tuple[Decimal, object]]] = defaultdict(list)
    for item in _items(book, rule):
        key = keys[_written(book, item)]
        if item.follow_ups:
            sums[key] += ONE
        else:
            loose[key].append((ONE, _occasion(book, item)))
    for fact in _unfiled(book, rule):
        loose[keys[fact.end]].append((fact.count or ONE, fact.message_id or -fact.id))
    for key, said in loose.items():
        sums[key] += _followed(said) if rule.needs else sum((count for count, _ in said), ZERO)
    return {"": sums}


def _occasion(book: Book, item: ItemFact) -> object:
    fact = book.by_id.get(item.entry_id or 0)
    return (fact.message_id or -fact.id) if fact else ("item", item.id)


def _followed(said: list[tuple[Decimal, object]]) -> Decimal:
    """Of tasks without a note of their own: the first occasion chooses, each later one follows one of them up."""
    again = Decimal(len({occasion for _, occasion in said}) - 1)
    return min(max(count for count, _ in said), again)
