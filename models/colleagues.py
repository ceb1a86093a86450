"""People found by the name a supervisor says, within the supervisor's scope."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, literal, or_, select

from models.people import Person
from models.tree import chain
from models.units import Unit


class Colleague(NamedTuple):
    """A person of the roster as lists show one."""

    id: int
    name: str
    unit_id: int
    unit: str
    path: str
    roles: str


_COLUMNS = (Person.id, Person.name, Person.unit_id, Unit.name, Unit.path, Person.roles)


def named(connection: Connection, name: str, path: str, today: date) -> list[Colleague]:
    """People of this name in the unit at `path` and below, in the roster's order."""
    here = (Unit.path.startswith(path, autoescape=True), Person.name == name)
    alive = or_(Person.left_on.is_(None), Person.left_on > today)
    statement = select(*_COLUMNS).join(Unit, Unit.id == Person.unit_id).where(*here, alive)
    rows = connection.execute(statement.order_by(Unit.position, Unit.id, Person.position, Person.id))
    return [Colleague._make(row) for row in rows]


def is_below(connection: Connection, person_id: int, path: str, today: date) -> bool:
    """Whether somebody serves in the unit at `path` or below."""
    alive = or_(Person.left_on.is_(None), Person.left_on > today)
    here = (Person.id == person_id, Unit.path.startswith(path, autoescape=True), alive)
    return connection.execute(select(Person.id).join(Unit, Unit.id == Person.unit_id).where(*here)).first() is not None


def mentioned(connection: Connection, words: str, path: str, today: date) -> str | None:
    """The longest name of somebody in the unit at `path` and below that occurs in these words."""
    here = (Unit.path.startswith(path, autoescape=True), literal(words).contains(Person.name), Person.name != "")
    alive = or_(Person.left_on.is_(None), Person.left_on > today)
    statement = select(Person.name).join(Unit, Unit.id == Person.unit_id).where(*here, alive).distinct()
    return max(connection.execute(statement).scalars(), key=len, default=None)


def with_role(connection: Connection, path: str, role: str, today: date, but: Collection[int] = ()) -> list[Colleague]:
    """Who has a role for the unit at `path`, `but` some: of the unit itself, else of the nearest unit above that has one."""
    above = chain(path)
    alive = or_(Person.left_on.is_(None), Person.left_on > today)
    statement = select(*_COLUMNS).join(Unit, Unit.id == Person.unit_id)
    holds = Person.roles.contains(role, autoescape=True)
    rows = connection.execute(statement.where(Unit.path.in_(above), holds, alive).order_by(Person.position, Person.id))
    found = [Colleague._make(row) for row in rows if row[0] not in but]
    nearest = max((len(person.path) for person in found), default=0)
    return [person for person in found if len(person.path) == nearest]
