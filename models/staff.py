"""The roster as its administrator reads it: who serves in a unit, how many in those below, one person with all that is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select
from sqlalchemy.orm import aliased

from models.items import Item
from models.people import Absence, Account, Assignment, Person
from models.tree import UnitRow, chain
from models.units import School, Unit


class Member(NamedTuple):
    """A person of the roster as lists show one."""

    id: int
    name: str
    unit_id: int
    unit: str
    post: str
    roles: str
    title: str
    left_on: date | None
    joined: bool
    away_until: date | None


class UnitCount(NamedTuple):
    """A unit and how many serve in it and below."""

    id: int
    name: str
    path: str
    people: int
    joined: int


class Card(NamedTuple):
    """One person with what the roster keeps; the telephone still encrypted."""

    id: int
    name: str
    unit_id: int
    unit: str
    path: str
    post: str
    roles: str
    title: str
    number: str | None
    phone: str
    policies: str
    joined_on: date | None
    left_on: date | None
    training: bool


class Held(NamedTuple):
    """A school that a person has or had."""

    id: int
    school_id: int
    school: str
    kind: str
    start: date
    end: date | None
    reason: str


class Leave(NamedTuple):
    """Days away."""

    id: int
    start: date
    end: date


class Noted(NamedTuple):
    """A change of the roster that was kept: when, what, by whom."""

    at: datetime
    text: str
    by: str


def serves(today: date) -> ColumnElement[bool]:
    """Who has not left."""
    return or_(Person.left_on.is_(None), Person.left_on > today)


def staff(connection: Connection, path: str, today: date, words: str = "", *, below: bool = False) -> list[Member]:
    """Who serves in a unit, and with `below` in all units under it; by a part of the name where words are given."""
    joined = select(Account.id).where(Account.person_id == Person.id).exists()
    away = select(func.max(Absence.end)).where(
        Absence.person_id == Person.id, Absence.start <= today, Absence.end >= today
    )
    columns = (Person.id, Person.name, Unit.id, Unit.name, Person.post, Person.roles, Person.title, Person.left_on)
    here = Unit.path.startswith(path, autoescape=True) if below else Unit.path == path
    named = [or_(*(column.contains(words, autoescape=True) for column in (Person.name, Person.title)))] if words else []
    statement = (
        select(*columns, joined, away.scalar_subquery())
        .join(Unit, Unit.id == Person.unit_id)
        .where(here, serves(today), *named)
        .order_by(Unit.position, Unit.id, Person.position, Person.id)
    )
    return [Member._make(row) for row in connection.execute(statement)]


def units_below(connection: Connection, path: str, today: date) -> list[UnitCount]:
    """The units just under one, with how many serve in each and below it; schools without people are left out."""
    below, home = aliased(Unit), aliased(Unit)
    joined = select(Account.person_id).where(Account.person_id.is_not(None))
    counts = (func.count(Person.id), func.count(Person.id).filter(Person.id.in_(joined)))
    statement = (
        select(below.id, below.name, below.path, *counts)
        .select_from(below)
        .join(home, home.path.startswith(below.path))
        .join(Person, and_(Person.unit_id == home.id, serves(today)), isouter=True)
        .outerjoin(School, School.unit_id == below.id)
        .where(below.parent_id.in_(select(Unit.id).where(Unit.path == path)))
        .group_by(below.id, below.name, below.path, below.position, School.unit_id)
        .having(or_(School.unit_id.is_(None), func.count(Person.id) > 0))
        .order_by(below.position, below.id)
    )
    return [UnitCount._make(row) for row in connection.execute(statement)]


def unit_within(connection: Connection, unit_id: int, path: str) -> UnitRow | None:
    """A unit by its number, if it is the one at `path` or below."""
    mine = (Unit.id == unit_id, Unit.path.startswith(path, autoescape=True))
    row = connection.execute(select(Unit.id, Unit.name, Unit.path).where(*mine)).first()
    return UnitRow._make(row) if row else None


def card(connection: Connection, person_id: int, path: str) -> Card | None:
    """One person of a unit or below, also one who left."""
    columns = [Person.id, Person.name, Unit.id, Unit.name, Unit.path]
    rest = [getattr(Person, name) for name in Card._fields[5:]]
    statement = select(*columns, *rest).join(Unit, Unit.id == Person.unit_id)
    row = connection.execute(
        statement.where(Person.id == person_id, Unit.path.startswith(path, autoescape=True))
    ).first()
    return Card._make(row) if row else None


def schools_held(connection: Connection, person_id: int) -> list[Held]:
    """The schools of a person, those of now first."""
    columns = (Assignment.id, Assignment.school_id, Unit.name, Assignment.kind, Assignment.start, Assignment.end)
    statement = select(*columns, Assignment.reason).join(Unit, Unit.id == Assignment.school_id)
    order = (Assignment.end.is_not(None), Assignment.start.desc(), Assignment.id)
    return [
        Held._make(row)
        for row in connection.execute(statement.where(Assignment.person_id == person_id).order_by(*order))
    ]


def leaves(connection: Connection, person_id: int, today: date) -> list[Leave]:
    """The leaves of a person that are not over."""
    mine = (Absence.person_id == person_id, Absence.end >= today)
    rows = connection.execute(select(Absence.id, Absence.start, Absence.end).where(*mine).order_by(Absence.start))
    return [Leave._make(row) for row in rows]


def changes(connection: Connection, person_id: int, limit: int = 20) -> list[Noted]:
    """What was changed of a person's place in the roster, the newest first."""
    by = aliased(Person)
    mine = (Item.kind == "roster", Item.person_id == person_id)
    statement = select(Item.made_at, Item.text, by.name).outerjoin(by, by.id == Item.data["by"].as_integer())
    rows = connection.execute(statement.where(*mine).order_by(Item.id.desc()).limit(limit))
    return [Noted(row[0], row[1], row[2] or "") for row in rows]


def other_admins(connection: Connection, path: str, person_id: int, today: date) -> bool:
    """Whether a unit would still have an administrator, of its own or above, without this person."""
    here = Unit.path.in_(chain(path))
    admin = (Person.roles.contains("unit_admin"), Person.id != person_id, serves(today), here)
    found = select(Person.id).join(Unit, Unit.id == Person.unit_id).where(*admin).limit(1)
    return connection.scalar(found) is not None


def committees(connection: Connection, path: str, limit: int = 200) -> list[UnitRow]:
    """The unit and the committees below it, those just below first."""
    statement = select(Unit.id, Unit.name, Unit.path).outerjoin(School, School.unit_id == Unit.id)
    here = (Unit.path.startswith(path, autoescape=True), or_(School.unit_id.is_(None), Unit.path == path))
    order = (func.length(Unit.path) - func.length(func.replace(Unit.path, "/", "")), Unit.position, Unit.id)
    return [UnitRow._make(row) for row in connection.execute(statement.where(*here).order_by(*order).limit(limit))]
