"""The schools of a unit and below: what they are, who stays there now, which have closed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update
from sqlalchemy.orm import aliased

from models.people import Assignment, Person
from models.staff import serves
from models.units import School, Unit


class SchoolRow(NamedTuple):
    """One school; `people` is how many stay there now."""

    id: int
    name: str
    unit: str
    kind: str
    area: str
    remark: str
    weak: bool
    closed_on: date | None
    people: int


def in_force(today: date) -> ColumnElement[bool]:
    """An assignment that holds today."""
    return and_(Assignment.start <= today, or_(Assignment.end.is_(None), Assignment.end > today))


def schools_of(connection: Connection, path: str, today: date) -> list[SchoolRow]:
    """Every school of a unit and below, in the official order, those that closed last."""
    return _read(connection, Unit.path.startswith(path, autoescape=True), today)


def school_of(connection: Connection, number: int, path: str, today: date) -> SchoolRow | None:
    """One school, within a unit and below."""
    here = and_(Unit.id == number, Unit.path.startswith(path, autoescape=True))
    return next(iter(_read(connection, here, today)), None)


def _read(connection: Connection, wanted: ColumnElement[bool], today: date) -> list[SchoolRow]:
    above = aliased(Unit)
    people = (
        select(func.count(Assignment.person_id.distinct()))
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.school_id == Unit.id, in_force(today), serves(today))
    )
    columns = (School.kind, School.area, School.remark, School.weak, School.closed_on)
    statement = (
        select(Unit.id, Unit.name, above.name, *columns, people.scalar_subquery())
        .join(School, School.unit_id == Unit.id)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(wanted)
        .order_by(School.closed_on.is_not(None), above.position, above.id, Unit.position, Unit.id)
    )
    return [SchoolRow._make((*row[:2], row[2] or "", *row[3:])) for row in connection.execute(statement)]


def full_name(connection: Connection, unit_id: int) -> str:
    """A unit's name behind those of all above it, as a roster takes it for exactly this one."""
    path = connection.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    numbers = [int(step) for step in path.strip("/").split("/") if step]
    rows = connection.execute(select(Unit.id, Unit.name).where(Unit.id.in_(numbers)))
    names = {row.id: row.name for row in rows}
    return "/".join(names[number] for number in numbers)


def parent_name(connection: Connection, unit_id: int) -> str:
    """The full name of the unit above one."""
    return full_name(connection, connection.scalar(select(Unit.parent_id).where(Unit.id == unit_id)) or 0)


def staying(connection: Connection, school_id: int, today: date) -> list[int]:
    """Who stays at a school now."""
    statement = select(Assignment.person_id).join(Person, Person.id == Assignment.person_id)
    here = (Assignment.school_id == school_id, in_force(today), serves(today))
    return list(connection.execute(statement.where(*here).distinct().order_by(Assignment.person_id)).scalars())


def close(connection: Connection, school_id: int, day: date) -> None:
    """A school is no more: nobody stays there from this day on; what was done there stays."""
    connection.execute(update(School).where(School.unit_id == school_id).values(closed_on=day))
    going = (Assignment.school_id == school_id, or_(Assignment.end.is_(None), Assignment.end > day))
    held = connection.execute(select(Assignment.id, Assignment.start).where(*going)).all()
    for number, start in held:
        ended = {"end": max(day, start), "reason": "学校撤并"}
        connection.execute(update(Assignment).where(Assignment.id == number).values(**ended))


def reopen(connection: Connection, school_id: int) -> None:
    """A closing that was a slip is taken back; who stayed there is assigned anew."""
    connection.execute(update(School).where(School.unit_id == school_id).values(closed_on=None))


class Stay(NamedTuple):
    """A person with a school of now; no school where there is none."""

    person_id: int
    name: str
    unit_id: int
    unit: str
    post: str
    roles: str
    school_id: int | None
    school: str | None
    kind: str | None
    start: date | None


def stays(connection: Connection, path: str, today: date) -> list[Stay]:
    """Everybody of one unit who works at schools, with each school of now, in the roster's order."""
    school = aliased(Unit)
    person = (Person.id, Person.name, Unit.id, Unit.name, Person.post, Person.roles)
    held = (Assignment.school_id, school.name, Assignment.kind, Assignment.start)
    statement = (
        select(*person, *held)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Assignment, and_(Assignment.person_id == Person.id, in_force(today)))
        .outerjoin(school, school.id == Assignment.school_id)
        .where(Unit.path == path, serves(today), or_(Person.roles.contains("cadre"), Assignment.id.is_not(None)))
        .order_by(Person.position, Person.id, Assignment.kind.desc(), Assignment.start)
    )
    return [Stay._make(row) for row in connection.execute(statement)]
