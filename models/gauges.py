"""Gauges over a person's entries: reached and size, pooled for the rule, or class by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from models.book import Book, Sums, at_school, open_book
from models.calendar import Calendar
from models.catalogue import CATALOGUE
from models.coverage import ClassRow, class_rows, pooled
from models.facts import Bound, Fact
from models.periods import Keys, keys
from models.policy import Rule


def coverage(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Reached and size of a gauge, `:of` being the size, `:share` the whole per cent that one is of the other."""
    grouped: dict[str | None, list[Fact]] = defaultdict(list)
    for fact in gauge_facts(book, rule):
        grouped[keys[fact.end]].append(fact)
    pools = {key: pooled(facts) for key, facts in grouped.items()}
    return {
        "": {key: Decimal(pool.reached) for key, pool in pools.items()},
        ":of": {key: Decimal(pool.size) for key, pool in pools.items()},
        ":share": {key: Decimal(pool.reached * 100 // pool.size) for key, pool in pools.items() if pool.size},
    }


def gauge_facts(book: Book, rule: Rule) -> Iterator[Fact]:
    """What feeds a gauge: statements of coverage about its group, and people of the group met or asked."""
    for activity in CATALOGUE[rule.metric].activities:
        for audience, facts in book.entries.get(activity, {}).items():
            fits = {forum: _fits(activity, audience, rule, forum=forum) for forum in (False, True)}
            fits[True] = fits[True] and rule.counts_forum
            here = at_school(facts, rule.school) if any(fits.values()) else []
            yield from here if all(fits.values()) else (fact for fact in here if fits[fact.method == "forum"])


def covers(fact: Fact, rule: Rule) -> bool:
    """Whether an entry is about the gauge's group of people."""
    return _fits(fact.activity, fact.audience, rule, forum=fact.method == "forum")


def _fits(activity: str | None, audience: str | None, rule: Rule, *, forum: bool) -> bool:
    metric = CATALOGUE[rule.metric]
    if activity == "interview":
        return audience in metric.audiences or (forum and audience in metric.forum_audiences)
    return (audience == "league_cadre") == (metric.audiences == ("league_cadre",))


def gauge_rows(facts: Iterable[Fact], bound: Bound, calendar: Calendar, rule: Rule, period: str) -> list[ClassRow]:
    """A gauge's classes one by one, for whoever wants to see more than the pool; the first row has no label."""
    book = open_book(facts, (), bound, calendar)
    table = keys(rule.period, rule.month, calendar)
    return class_rows(fact for fact in gauge_facts(book, rule) if table[fact.end] == period)
