"""Where many people stand at once, from kept totals: one by one for the jobs, added up by unit for those who ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Numeric,
    Select,
    String,
    and_,
    case,
    column,
    func,
    or_,
    select,
    values,
)

from models.calendar import Calendar
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
    """Everybody who serves in a unit or below, with their standings, most pressing first; two statements for a batch."""
    for batch in enrolled(connection, path):
        kept = _kept(connection, batch)
        for who in batch:
            if who.left_on is not None and who.left_on <= today:
                continue
            calendar = calendar_of(who.terms)
            rules = rules_for(policies, who.bound, today, calendar)
            yield who, standings(rules, kept[who.bound.person_id], who.bound, calendar, today)


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


def unit_figures(
    connection: Connection, policies: Mapping[str, Policy], calendar: Calendar, today: date, path: str = "/"
) -> list[Figure]:
    """Every rule's figures for each unit at and below a path, in two grouped statements, units in the roster's order.

    Rules about assignments and gauges are left out: they are told person by person.
    """
    people = _people(connection, path, today)
    rules = {group: _rules(policies, group, calendar, today) for group in people}
    asked = list(dict.fromkeys(rule for chosen in rules.values() for rule in chosen))
    sums = _sums(connection, path, today, asked, calendar) if asked else {}
    figures: dict[tuple[int, Rule], Figure] = {}
    for group, number in people.items():
        for rule in rules[group]:
            key = (group.unit_id, rule)
            figures[key] = _added(figures.get(key, Figure(*key, 0, 0, 0, Decimal(0))), number, sums.get((group, rule)))
    return list(figures.values())


Sums = tuple[int, int, Decimal]


def _added(figure: Figure, people: int, sums: Sums | None) -> Figure:
    begun, met, done = sums or (0, 0, Decimal(0))
    if figure.rule.op == "<=":  # kept by whoever has nothing at all
        met += people - begun
    return Figure(
        figure.unit_id, figure.rule, figure.bound + people, figure.begun + begun, figure.met + met, figure.done + done
    )


def _rules(policies: Mapping[str, Policy], group: Group, calendar: Calendar, today: date) -> list[Rule]:
    names = tuple((group.policies or group.inherited or DEFAULT_POLICY).split())
    bound = Bound(0, group.level, group.post, frozenset(group.roles.split()), names, None, bool(group.posted), ())
    rules = rules_for(policies, bound, today, calendar)
    return [rule for rule in rules if rule.metric not in FROM_BOUND and not rule.gauge]


KIND = (Person.post, Person.roles, Person.policies, Person.grassroots_posting)
GROUP = (Person.unit_id, Unit.level, Person.post, Person.roles, Person.policies, Unit.policies, KIND[-1])


def _present(path: str, today: date) -> list[ColumnElement[bool]]:
    here = Unit.path.startswith(path, autoescape=True)
    practice = or_(Person.training, Unit.training)
    return [here, or_(Person.left_on.is_(None), Person.left_on > today), ~practice]


def _people(connection: Connection, path: str, today: date) -> dict[Group, int]:
    statement = (
        select(*GROUP, func.count())
        .join(Unit, Unit.id == Person.unit_id)
        .where(*_present(path, today))
        .group_by(*GROUP, Unit.position)
        .order_by(Unit.position, Person.unit_id)
    )
    return {Group(*row[:-1]): row[-1] for row in connection.execute(statement)}


class Goal(NamedTuple):
    """A rule as two ends of a range: every comparison is one."""

    number: int
    metric: str
    period: str
    low: Decimal
    high: Decimal


MOST = Decimal(1_000_000)


def _goal(number: int, rule: Rule, today: date, calendar: Calendar) -> Goal:
    period = period_of(rule.period, today, calendar, rule.month).key
    low = Decimal(0) if rule.op == "<=" else rule.goal
    high = {">=": MOST, "between": rule.high}.get(rule.op, rule.goal)
    return Goal(number, rule.measure, period, low, high)


def _sums(
    connection: Connection, path: str, today: date, rules: Sequence[Rule], calendar: Calendar
) -> dict[tuple[Group, Rule], Sums]:
    goals = [_goal(number, rule, today, calendar) for number, rule in enumerate(rules)]
    rows = connection.execute(_summed(goals, path, today))
    return {(Group(*row[:7]), rules[row[7]]): (row[8], row[9], row[10]) for row in rows}


def _summed(goals: Sequence[Goal], path: str, today: date) -> Select[*tuple[Any, ...]]:
    """Per group of people and goal: how many have begun, how many lie within the range, the sum."""
    goal = _table(goals)
    people = (
        select(Person.id, *(column.label(name) for name, column in zip(Group._fields, GROUP, strict=True)))
        .join(Unit, Unit.id == Person.unit_id)
        .where(*_present(path, today))
        .cte("people")
    )
    group = [people.c[name] for name in Group._fields]
    within = case((Total.value.between(goal.c.low, goal.c.high), 1), else_=0)
    same = and_(Total.metric == goal.c.metric, Total.period == goal.c.period)
    mine = and_(Total.subject_id == people.c.id, Total.subject_kind == "person", Total.value != 0)
    return (
        select(*group, goal.c.number, func.count(), func.sum(within), func.sum(Total.value))
        .select_from(goal.join(Total, same).join(people, mine))
        .group_by(*group, goal.c.number)
    )


def _table(goals: Sequence[Goal]) -> CTE:
    columns = (
        column("number", Integer),
        column("metric", String),
        column("period", String),
        column("low", Numeric(12, 1)),
        column("high", Numeric(12, 1)),
    )
    return values(*columns, name="goals").data([tuple(goal) for goal in goals]).cte("goals")
