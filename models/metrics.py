"""From entries to totals: one small function for each way of counting, all exact, all in one pass over the entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.calendar import Calendar
from models.catalogue import CATALOGUE
from models.coverage import ClassRow, class_rows, pooled
from models.facts import Bound, Fact, ItemFact
from models.links import linked
from models.periods import Keys, keys
from models.policy import Rule
from models.stays import FULL, Halves, blocks, day_map, full_map

Totals = dict[tuple[str, str], Decimal]
Sums = dict[str | None, Decimal]

ZERO, ONE = Decimal(0), Decimal(1)
ITEM_ENTRIES = ("report", "case", "key_task")
DROPPED = frozenset({"withdrawn", "cancelled"})
VACATION = frozenset({1, 2, 7, 8})


@dataclass(slots=True)
class Book:
    """A person's entries sorted by what they are, and the items beside them."""

    bound: Bound
    calendar: Calendar
    entries: dict[str | None, dict[str | None, list[Fact]]]
    items: list[ItemFact]
    by_id: Mapping[int, Fact]
    maps: dict[tuple[str, bool], Halves] = field(default_factory=dict)


def totals(
    facts: Iterable[Fact], items: Iterable[ItemFact], bound: Bound, calendar: Calendar, rules: Iterable[Rule]
) -> Totals:
    """Every total the rules read, by (measure, period key); what is not active counts nowhere."""
    book = _book(facts, items, bound, calendar)
    found: Totals = {}
    for (measure, period, month), rule in _asked(rules).items():
        sums = WAYS[CATALOGUE[rule.metric].way](book, rule, keys(period, month, calendar))
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


def _book(facts: Iterable[Fact], items: Iterable[ItemFact], bound: Bound, calendar: Calendar) -> Book:
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


def _facts(book: Book, rule: Rule) -> Iterator[list[Fact]]:
    """The entries that feed a rule's metric, as lists; those away from school left out where the rule wants that."""
    metric = CATALOGUE[rule.metric]
    own = rule.school == "assigned"
    for activity in metric.activities:
        by_audience = book.entries.get(activity, {})
        wanted = [by_audience.get(audience, []) for audience in metric.audiences] or by_audience.values()
        for found in wanted:
            yield [fact for fact in found if not fact.away] if own else found


def _flat(book: Book, rule: Rule) -> Iterator[Fact]:
    for facts in _facts(book, rule):
        yield from facts


def people(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """People met for the first time; those of a forum only where the rule counts them."""
    sums: Sums = {}
    for facts in _facts(book, rule):
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
    for facts in _facts(book, rule):
        _add(sums, facts, keys)
    return {"": sums}


def entries(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """How many entries there are, whatever their counts: meetings."""
    sums: Sums = defaultdict(Decimal)
    for fact in _flat(book, rule):
        sums[keys[fact.end]] += ONE
    return {"": sums}


def on_site_days(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Distinct days at school."""
    return {"": _days(_map(book, rule, "days"), keys)}


def full_days(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Distinct whole days at school."""
    return {"": _days(_map(book, rule, "full"), keys)}


def _days(halves: Halves, keys: Keys) -> Sums:
    sums: dict[str | None, int] = defaultdict(int)
    for day, value in halves.items():
        sums[keys[day]] += value
    return {key: Decimal(value) / FULL for key, value in sums.items()}


def _map(book: Book, rule: Rule, kind: str) -> Halves:
    """The dates at school; days, blocks and visits share one reckoning."""
    stays = [fact for facts in book.entries.get("on_site", {}).values() for fact in facts]
    own = rule.school == "assigned" and any(stay.away for stay in stays)
    if (kind, own) not in book.maps:
        reckon = full_map if kind == "full" else day_map
        book.maps[kind, own] = reckon((stay for stay in stays if not (own and stay.away)), book.calendar)
    return book.maps[kind, own]


def on_site_blocks(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Runs of days at school within each period."""
    dates = defaultdict(list)
    for day in _map(book, rule, "days"):
        dates[keys[day]].append(day)
    return {"": {key: Decimal(blocks(found, book.calendar)) for key, found in dates.items()}}


def visits(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Days of calling on those served; in the months of holidays an online contact is one."""
    dates = set(_map(book, rule, "days"))
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
    present = {school for school, _, end in book.bound.assigned if end is None}
    bare = rule.period not in ("standing", "assignment") or not present
    return (fact for fact in _flat(book, rule) if bare or fact.school_id is None or fact.school_id in present)


def _grouped(facts: Iterable[Fact], keys: Keys) -> dict[str | None, list[Fact]]:
    grouped: dict[str | None, list[Fact]] = defaultdict(list)
    for fact in facts:
        grouped[keys[fact.end]].append(fact)
    return grouped


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
    return [fact for fact in _flat(book, rule) if fact.id not in filed]


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


def coverage(book: Book, rule: Rule, keys: Keys) -> Mapping[str, Sums]:
    """Reached and size of a gauge, `:of` being the size."""
    grouped = _grouped(gauge_facts(book, rule), keys)
    pools = {key: pooled(facts) for key, facts in grouped.items()}
    return {
        "": {key: Decimal(pool.reached) for key, pool in pools.items()},
        ":of": {key: Decimal(pool.size) for key, pool in pools.items()},
    }


def gauge_facts(book: Book, rule: Rule) -> Iterator[Fact]:
    """What feeds a gauge: statements of coverage about its group, and people of the group met or asked."""
    metric = CATALOGUE[rule.metric]
    cadres = metric.audiences == ("league_cadre",)
    for activity in metric.activities:
        for audience, facts in book.entries.get(activity, {}).items():
            for fact in facts:
                if activity == "interview":
                    forum = fact.method == "forum"
                    fits = audience in metric.audiences or (forum and audience in metric.forum_audiences)
                    fits = fits and (rule.counts_forum or not forum)
                else:
                    fits = (audience == "league_cadre") == cadres
                if fits and not (fact.away and rule.school == "assigned"):
                    yield fact


def gauge_rows(facts: Iterable[Fact], bound: Bound, calendar: Calendar, rule: Rule, period: str) -> list[ClassRow]:
    """A gauge's classes one by one, for whoever wants to see more than the pool; the first row has no label."""
    book = _book(facts, (), bound, calendar)
    table = keys(rule.period, rule.month, calendar)
    return class_rows(fact for fact in gauge_facts(book, rule) if table[fact.end] == period)


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
