"""From entries to totals: one small function for each way of counting, all exact, all in one pass over the entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from models.book import ONE, ZERO, Book, Sums, at_school, feeding, feeding_lists, open_book, schools_of
from models.calendar import Calendar
from models.catalogue import CATALOGUE
from models.facts import Bound, Fact, ItemFact
from models.gauges import coverage
from models.links import linked
from models.papers import papers, tasks
from models.periods import Keys, keys
from models.policy import Rule
from models.stays import FULL, Halves, blocks, day_map, full_map

Totals = dict[tuple[str, str], Decimal]
VACATION = frozenset({1, 2, 7, 8})


def totals(
    facts: Iterable[Fact], items: Iterable[ItemFact], bound: Bound, calendar: Calendar, rules: Iterable[Rule]
) -> Totals:
    """Every total the rules read, by (measure, period key); what is not active counts nowhere."""
    return totals_of(open_book(facts, items, bound, calendar), rules)


def totals_of(book: Book, rules: Iterable[Rule]) -> Totals:
    """The same from a book that is open already."""
    found: Totals = {}
    for (measure, period, month), rule in _asked(rules).items():
        sums = WAYS[CATALOGUE[rule.metric].way](book, rule, keys(period, month, book.calendar))
        for name, by_key in sums.items():
            found.update(((measure + name, key), value) for key, value in by_key.items() if key)
    return found


def _asked(rules: Iterable[Rule]) -> dict[tuple[str, str, int], Rule]:
    """Each measure once for a kind of period, in its rule's period and in the one in which it is confirmed."""
    asked: dict[tuple[str, str, int], Rule] = {}
    for rule in rules:
        asked.setdefault((rule.measure, rule.period, rule.month), rule)
        if rule.confirm:
            asked.setdefault((rule.measure, rule.confirm, 0), rule)
    return asked


def people(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """People met for the first time; those of a forum only where the rule counts them."""
    sums: Sums = {}
    for facts in feeding_lists(book, rule):
        counted = facts if rule.counts_forum else [fact for fact in facts if fact.method != "forum"]
        _add(sums, counted, keys)
    return {"": sums}


def _add(sums: Sums, facts: list[Fact], keys: Keys) -> None:
    for fact in facts:
        count = fact.count
        if count is None:
            continue
        if fact.met_before:
            count = max(count - fact.met_before, ZERO)
        key = keys[fact.end]
        sums[key] = sums.get(key, ZERO) + count


def amounts(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """The counts of the entries, added up."""
    sums: Sums = {}
    for facts in feeding_lists(book, rule):
        _add(sums, facts, keys)
    return {"": sums}


def entries(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """How many entries there are, whatever their counts: meetings."""
    sums: Sums = defaultdict(Decimal)
    for fact in feeding(book, rule):
        sums[keys[fact.end]] += ONE
    return {"": sums}


def on_site_days(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Distinct days at school."""
    return {"": _days(_map(book, rule.school, "days"), keys)}


def days_by_term(book: Book, rules: Iterable[Rule]) -> Sums:
    """Distinct days at school in each term: where the first rule about them wants them, else anywhere."""
    where = next((rule.school for rule in rules if CATALOGUE[rule.metric].way == "days"), "any")
    return _days(_map(book, where, "days"), keys("term", 0, book.calendar))


def full_days(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Distinct whole days at school."""
    return {"": _days(_map(book, rule.school, "full"), keys)}


def _days(halves: Halves, keys: Keys) -> Sums:
    sums: dict[str | None, int] = defaultdict(int)
    for day, value in halves.items():
        sums[keys[day]] += value
    return {key: Decimal(value) / FULL for key, value in sums.items()}


def _map(book: Book, school: str, kind: str) -> Halves:
    """The dates at school; days, blocks and visits share one reckoning."""
    stays = [fact for facts in book.entries.get("on_site", {}).values() for fact in facts]
    here = at_school(stays, school)
    key = (kind, school if len(here) < len(stays) else "any")
    if key not in book.maps:
        book.maps[key] = (full_map if kind == "full" else day_map)(here, book.calendar)
    return book.maps[key]


def on_site_blocks(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Runs of days at school within each period."""
    dates = defaultdict(list)
    for day in _map(book, rule.school, "days"):
        dates[keys[day]].append(day)
    return {"": {key: Decimal(blocks(found, book.calendar)) for key, found in dates.items()}}


def visits(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Days of calling on those served; in the months of holidays an online contact is one."""
    dates = set(_map(book, rule.school, "days"))
    online = (fact.end for facts in book.entries.get("online_contact", {}).values() for fact in facts if fact.end)
    dates.update(day for day in online if day.month in VACATION)
    sums: Sums = defaultdict(Decimal)
    for day in dates:
        sums[keys[day]] += ONE
    return {"": sums}


def links(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Squadrons or branches linked, by name."""
    grouped = _grouped(_here(book, rule), keys)
    part = CATALOGUE[rule.metric].part
    return {"": {key: Decimal(linked(facts, part)) for key, facts in grouped.items()}}


def identity(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Whether the person made themselves known; once is all."""
    return {"": {keys[fact.end]: ONE for fact in _here(book, rule)}}


def _here(book: Book, rule: Rule) -> Iterator[Fact]:
    """The entries of a rule; for what stands as long as an assignment, only those of the present schools."""
    present = {school for school, _, end in schools_of(book.bound, rule) if end is None}
    bare = rule.period not in ("standing", "assignment") or not present
    return (fact for fact in feeding(book, rule) if bare or fact.school_id is None or fact.school_id in present)


def _grouped(facts: Iterable[Fact], keys: Keys) -> dict[str | None, list[Fact]]:
    grouped: dict[str | None, list[Fact]] = defaultdict(list)
    for fact in facts:
        grouped[keys[fact.end]].append(fact)
    return grouped


def nothing(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:  # noqa: ARG001
    """What is read from the assignments at the moment of asking leaves no total."""
    return {}


WAYS: dict[str, Callable[[Book, Rule, Keys], Mapping[str, Sums]]] = {
    "people": people,
    "sum": amounts,
    "entries": entries,
    "days": on_site_days,
    "full_days": full_days,
    "blocks": on_site_blocks,
    "visits": visits,
    "links": links,
    "identity": identity,
    "papers": papers,
    "tasks": tasks,
    "coverage": coverage,
    "schools": nothing,
    "kept": nothing,
}
