"""Who stays at which schools in a year, with what the arrangement table wants to know of person and school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, or_, select

from models.people import Assignment, Person
from models.records import Entry, Plan
from models.team import UnitRow
from models.units import School, Unit


class Contact(NamedTuple):
    """A person of the roster with what identifies them, still encrypted."""

    id: int
    name: str
    unit: str
    path: str
    level: str
    title: str
    phone: str
    email: str
    wechat: str


CONTACT = (
    Person.id,
    Person.name,
    Unit.name,
    Unit.path,
    Unit.level,
    Person.title,
    Person.phone,
    Person.email,
    Person.wechat,
)


class Place(NamedTuple):
    """A school of a person's."""

    school_id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stay:
    """One row: the person, the schools, the classes linked at each, the spans planned."""

    who: Contact
    schools: tuple[Place, ...]
    classes: dict[int, list[str]]
    planned: tuple[tuple[date, date], ...]


def arrangement(connection: Connection, path: str, people: Collection[int], year: int) -> list[Stay]:
    """The rows of these people of a unit and below, in the roster's order."""
    schools, classes, plans = (
        _schools(connection, path, year),
        _classes(connection, path),
        _plans(connection, path, year),
    )
    statement = select(*CONTACT).join(Unit, Unit.id == Person.unit_id).where(_here(path))
    rows = connection.execute(statement.order_by(Unit.position, Unit.id, Person.position, Person.id))
    contacts = [Contact._make(row) for row in rows if row[0] in people]
    return [Stay(who, tuple(schools[who.id]), classes[who.id], tuple(plans[who.id])) for who in contacts]


def secretaries(connection: Connection, school_ids: Iterable[int], today: date) -> dict[int, Contact]:
    """The school's 校团委书记, where the roster has one."""
    alive = or_(Person.left_on.is_(None), Person.left_on > today)
    holds = (Person.unit_id.in_(list(school_ids)), Person.title.contains("团委书记"), alive)
    rows = connection.execute(select(Unit.id, *CONTACT).join(Unit, Unit.id == Person.unit_id).where(*holds))
    return {row[0]: Contact._make(row[1:]) for row in rows}


def filling_in(connection: Connection, path: str) -> list[UnitRow]:
    """The prefectures and universities below a unit, each of which fills in a table of its own, in the official order."""
    below = (Unit.path.startswith(path, autoescape=True), Unit.level.in_(("prefecture", "university")))
    rows = connection.execute(select(Unit.id, Unit.name, Unit.path).where(*below).order_by(Unit.position, Unit.id))
    return [UnitRow._make(row) for row in rows]


def _here(path: str) -> ColumnElement[bool]:
    return Unit.path.startswith(path, autoescape=True)


def _schools(connection: Connection, path: str, year: int) -> dict[int, list[Place]]:
    """The schools assigned at any time of the year."""
    place = select(Unit.id, Unit.name, School.kind).join(School, School.unit_id == Unit.id).subquery()
    within = (Assignment.start <= date(year, 12, 31), or_(Assignment.end.is_(None), Assignment.end > date(year, 1, 1)))
    statement = (
        select(Assignment.person_id, place)
        .join(place, place.c.id == Assignment.school_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(_here(path), *within)
        .order_by(Assignment.id)
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for person, *school in connection.execute(statement):
        if Place._make(school) not in found[person]:
            found[person].append(Place._make(school))
    return found


def _classes(connection: Connection, path: str) -> dict[int, dict[int, list[str]]]:
    """The classes each person said to be linked with, by school."""
    mine = (Entry.activity.in_(("unit_link", "coverage")), Entry.state == "active", Entry.training.is_(False))
    named = (Entry.school_id.is_not(None), Entry.class_name.is_not(None))
    statement = (
        select(Entry.person_id, Entry.school_id, Entry.class_name)
        .join(Person, Person.id == Entry.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(_here(path), *mine, *named)
        .order_by(Entry.id)
    )
    found: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows: Any = connection.execute(statement)
    for person, school, name in rows:
        if name not in found[person][school]:
            found[person][school].append(name)
    return found


def _plans(connection: Connection, path: str, year: int) -> dict[int, list[tuple[date, date]]]:
    """The spans in which people said they would be at school."""
    said = (Plan.activity == "on_site", Plan.state != "withdrawn")
    within = (Plan.start.between(date(year, 1, 1), date(year, 12, 31)),)
    statement = (
        select(Plan.person_id, Plan.start, Plan.end)
        .join(Person, Person.id == Plan.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(_here(path), *said, *within)
        .order_by(Plan.start, Plan.id)
    )
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows: Any = connection.execute(statement)
    for person, start, end in rows:
        found[person].append((start, end or start))
    return found
