"""Where many people stand at once, from kept totals: one by one for the jobs, added up by unit for those who ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Connection, Label, Select, Subquery, and_, case, func, or_, select

from models import goals
from models.calendar import Calendar
from models.catalogue import CATALOGUE
from models.context import DEFAULT_POLICY, TermRow
from models.facts import Bound
from models.histories import Enrolled, enrolled
from models.metrics import Totals
from models.people import Person
from models.periods import period_of
from models.policy import Policy, Rule, rules_for
from models.progress import FROM_BOUND, Standing, standings
from models.records import Total
from models.units import Unit

CalendarOf = Callable[[tuple[TermRow, ...]], Calendar]


def standings_of(
    connection: Connection, policies: Mapping[str, Policy], calendar_of: CalendarOf, today: date, path: str = "/"
) -> Iterator[tuple[Enrolled, tuple[Standing, ...]]]:
    """Everybody who serves in a unit or below, with their standings, most pressing first; three statements for a batch."""
    for batch in enrolled(connection, path):
        kept = _kept(connection, batch)
        own = goals.between(connection, batch[0].bound.person_id, batch[-1].bound.person_id)
        for who in batch:
            if who.left_on is not None and who.left_on <= today:
                continue
            calendar = calendar_of(who.terms)
            rules = rules_for(policies, who.bound, today, calendar)
            number = who.bound.person_id
            yield who, standings(rules, kept[number], who.bound, calendar, today, own.get(number))


def _kept(connection: Connection, batch: Sequence[Enrolled]) -> Mapping[int, Totals]:
    first, last = batch[0].bound.person_id, batch[-1].bound.person_id
    mine = (Total.subject_kind == "person", Total.subject_id.between(first, last), Total.value != 0)
    rows = connection.execute(select(Total.subject_id, Total.metric, Total.period, Total.value).where(*mine))
    found: dict[int, Totals] = defaultdict(dict)
    for number, metric, period, value in rows:
        found[number][metric, period] = value
    return found


@dataclass(frozen=True, slots=True)
class Figure:
    """One rule in one unit (its own people): how many are bound, have begun, have done it, and the sum of all."""

    unit_id: int
    rule: Rule
    bound: int
    begun: int
    met: int
    done: Decimal


class Group(NamedTuple):
    """People whom the same rules bind: one unit, one kind of post."""

    unit_id: int
    level: str
    post: str
    roles: str
    policies: str
    inherited: str
    posted: bool


class Sums(NamedTuple):
    """A total over the people of a group: how many have any, the sum, how many lie within each range asked about."""

    begun: int
    done: Decimal
    within: tuple[int, ...]


NOTHING = Sums(0, Decimal(0), ())
Key = tuple[str, str]
Range = tuple[Decimal, Decimal]
Ranges = Mapping[Key, Sequence[Range]]


def unit_figures(
    connection: Connection, policies: Mapping[str, Policy], calendar: Calendar, today: date, path: str = "/"
) -> list[Figure]:
    """Every rule's figures for each unit at and below a path, in one grouped statement, units in the roster's order.

    Rules about assignments and gauges are left out: they are told person by person.
    """
    ranges = _ranges(policies, calendar, today)
    figures: dict[tuple[int, Rule], Figure] = {}
    for group, (people, sums) in _grouped(connection, path, today, ranges).items():
        for rule in _rules(policies, group, calendar, today):
            key = _key(rule, calendar, today)
            found = sums.get(key, NOTHING)
            met = _met(rule, found, ranges.get(key, ()))
            place = (group.unit_id, rule)
            figures[place] = _added(figures.get(place, Figure(*place, 0, 0, 0, Decimal(0))), people, found, met)
    return list(figures.values())


def _met(rule: Rule, sums: Sums, ranges: Sequence[Range]) -> int:
    if _any_will_do(rule):
        return sums.begun
    return sums.within[ranges.index(_range(rule))] if sums.within else 0


# Totals of these ways are whole numbers, so that having any is having one.
WHOLE = frozenset({"entries", "visits", "links", "identity", "tasks"})


def _any_will_do(rule: Rule) -> bool:
    """Whether whoever has begun has done it: nothing to compare then."""
    return rule.kind == "shown" or (rule.op == ">=" and rule.goal == 1 and CATALOGUE[rule.metric].way in WHOLE)


def _added(figure: Figure, people: int, sums: Sums, met: int) -> Figure:
    # What is to be at most so much is kept by whoever has nothing at all.
    free = people - sums.begun if figure.rule.op == "<=" else 0
    return Figure(
        figure.unit_id,
        figure.rule,
        figure.bound + people,
        figure.begun + sums.begun,
        figure.met + met + free,
        figure.done + sums.done,
    )


def _summable(rule: Rule) -> bool:
    return rule.metric not in FROM_BOUND and not rule.gauge


def _rules(policies: Mapping[str, Policy], group: Group, calendar: Calendar, today: date) -> list[Rule]:
    names = tuple((group.policies or group.inherited or DEFAULT_POLICY).split())
    bound = Bound(0, group.level, group.post, frozenset(group.roles.split()), names, None, bool(group.posted), ())
    return [rule for rule in rules_for(policies, bound, today, calendar) if _summable(rule)]


def _key(rule: Rule, calendar: Calendar, today: date) -> Key:
    return rule.measure, period_of(rule.period, today, calendar, rule.month).key


MOST = Decimal(1_000_000)


def _range(rule: Rule) -> Range:
    """A rule as two ends: every comparison is one."""
    low = Decimal(0) if rule.op == "<=" else rule.goal
    return low, {">=": MOST, "between": rule.high}.get(rule.op, rule.goal)


def _ranges(policies: Mapping[str, Policy], calendar: Calendar, today: date) -> Ranges:
    """Every total that any rule reads, with the ranges that rules set for it."""
    found: dict[Key, list[Range]] = {}
    for rule in (rule for policy in policies.values() for rule in policy.rules if _summable(rule)):
        ranges = found.setdefault(_key(rule, calendar, today), [])
        if not _any_will_do(rule) and _range(rule) not in ranges:
            ranges.append(_range(rule))
    return found


def _grouped(
    connection: Connection, path: str, today: date, ranges: Ranges
) -> dict[Group, tuple[int, dict[Key, Sums]]]:
    """Each group of people with how many they are, and their sums."""
    found: dict[Group, tuple[int, dict[Key, Sums]]] = {}
    width = len(Group._fields)
    for row in connection.execute(_statement(path, today, ranges)):
        people, metric, period, begun, done, *within = row[width:]
        sums = found.setdefault(Group(*row[:width]), (people, {}))[1]
        if metric is not None:
            sums[metric, period] = Sums(begun, done, tuple(within))
    return found


def _statement(path: str, today: date, ranges: Ranges) -> Select[*tuple[Any, ...]]:
    """People are numbered by group first: grouping many totals by one number is what makes it fast."""
    kind = (Person.unit_id, Person.post, Person.roles, Person.policies, Person.grassroots_posting)
    people = (
        select(Person.id, func.dense_rank().over(order_by=kind).label("number"))
        .join(Unit, Unit.id == Person.unit_id)
        .where(*_present(path, today))
        .cte("people")
    )
    sums = _sums(people, ranges)
    groups = select(people.c.number, func.min(people.c.id).label("one"), func.count().label("people"))
    group = groups.group_by(people.c.number).subquery()
    shown = (Unit.id, Unit.level, *kind[1:4], Unit.policies, kind[4], group.c.people)
    return (
        select(*shown, *(column for column in sums.c if column.key != "number"))
        .select_from(group)
        .join(Person, Person.id == group.c.one)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(sums, sums.c.number == group.c.number)
        .order_by(Unit.position, Unit.id)
    )


def _sums(people: CTE, ranges: Ranges) -> Subquery:
    periods = sorted({period for _, period in ranges})
    layers = [_within(ranges, layer) for layer in range(max(map(len, ranges.values()), default=0))]
    sums = (func.count().label("begun"), func.sum(Total.value).label("done"), *layers)
    return (
        select(people.c.number, Total.metric, Total.period, *sums)
        .join(Total, Total.subject_id == people.c.id)
        .where(Total.subject_kind == "person", Total.period.in_(periods), Total.value != 0)
        .group_by(people.c.number, Total.metric, Total.period)
        .subquery()
    )


def _within(ranges: Ranges, layer: int) -> Label[int]:
    """How many lie within the first, second … range set for their total."""
    inner: dict[str, list[tuple[ColumnElement[bool], int]]] = defaultdict(list)
    for (metric, period), found in ranges.items():
        if layer < len(found):
            inner[metric].append((and_(Total.period == period, Total.value.between(*found[layer])), 1))
    # By metric first: one comparison of names a rule, on every row.
    fits = {metric: case(*conditions, else_=0) for metric, conditions in inner.items()}
    return func.sum(case(fits, value=Total.metric, else_=0)).label(f"within{layer}")


def _present(path: str, today: date) -> list[ColumnElement[bool]]:
    here = Unit.path.startswith(path, autoescape=True)
    practice = or_(Person.training, Unit.training)
    return [here, or_(Person.left_on.is_(None), Person.left_on > today), ~practice]
