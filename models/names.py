"""Names of a unit's people with what each still misses; for those who asked for names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select

from models.calendar import Calendar
from models.candidates import Candidate, candidates
from models.people import Person
from models.periods import period_of
from models.policy import Policy, Rule, rules_for
from models.progress import Standing, standings
from models.refusal import Refusal
from models.team import NotStarted, not_started
from models.units import Unit

MOST = 300
TOO_MANY = f"人数超过{MOST}，名单太长。请说下面的一个单位，如：看沁源县名单。"


@dataclass(frozen=True, slots=True)
class Book:
    """What goals are reckoned by: the rules, the days, and the moment."""

    policies: Mapping[str, Policy]
    calendar: Calendar
    now: datetime

    @property
    def keys(self) -> frozenset[str]:
        """Every period under which a total may count now."""
        kinds = {(rule.period, rule.month) for policy in self.policies.values() for rule in policy.rules}
        return frozenset(period_of(kind, self.now.date(), self.calendar, month).key for kind, month in kinds)


@dataclass(frozen=True, slots=True)
class Misses:
    """Somebody who has not reached all goals, and which."""

    person_id: int
    name: str
    unit: str
    open: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """A unit's people and all below: who has not begun, and who has and still misses something."""

    idle: Sequence[NotStarted]
    misses: Sequence[Misses]

    @property
    def people(self) -> list[int]:
        """Everybody named."""
        return [one.person_id for one in self.idle] + [one.person_id for one in self.misses]


def names(connection: Connection, book: Book, path: str, periods: Collection[str]) -> Names:
    """Who has not begun (as the team's figures have it) and who misses a goal, in the roster's order."""
    found = missing(connection, book, path, lambda rule: rule.hard)
    idle = not_started(connection, book.policies, path, periods, book.now.date())
    known = {one.person_id for one in idle}
    return Names(idle, [one for one in found if one.person_id not in known])


def missing(
    connection: Connection, book: Book, path: str, wanted: Callable[[Rule], bool], *, own: bool = False
) -> list[Misses]:
    """Who misses a goal of those wanted, in the roster's order; with `own` people of the unit itself only."""
    units = _units(connection, path, book, own=own)
    found = {one.bound.person_id: one for one in candidates(connection, list(units), book.keys, book.now)}
    all_of_them = (
        Misses(number, found[number].name, units[number], _open(book, found[number], wanted)) for number in units
    )
    return [one for one in all_of_them if one.open]


def _open(book: Book, one: Candidate, wanted: Callable[[Rule], bool]) -> tuple[Standing, ...]:
    rules = [rule for rule in rules_for(book.policies, one.bound, book.now.date(), book.calendar) if wanted(rule)]
    made = standings(rules, one.totals, one.bound, book.calendar, book.now.date(), one.goals)
    return tuple(standing for standing in made if not standing.met)


def _units(connection: Connection, path: str, book: Book, *, own: bool) -> dict[int, str]:
    """Everybody's unit, in the roster's order; raises Refusal where there are more than a list can hold."""
    here = Unit.path == path if own else Unit.path.startswith(path, autoescape=True)
    serves = (or_(Person.left_on.is_(None), Person.left_on > book.now.date()), ~or_(Person.training, Unit.training))
    statement = select(Person.id, Unit.name).join(Unit, Unit.id == Person.unit_id).where(here, *serves)
    rows = connection.execute(statement.order_by(Unit.position, Unit.id, Person.position, Person.id).limit(MOST + 1))
    found = {row[0]: row[1] for row in rows}
    if len(found) > MOST:
        raise Refusal(TOO_MANY)
    return found
