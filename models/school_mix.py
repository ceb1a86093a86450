"""Which kinds of schools a unit's people stay at: a table, and no verdict."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, case, func, or_, select

from models.people import Assignment, Person
from models.units import School, Unit


class Kind(NamedTuple):
    """Schools of one kind in one kind of place."""

    kind: str
    area: str
    schools: int
    weak: int


def school_mix(connection: Connection, path: str, today: date) -> list[Kind]:
    """The own schools, each once, of everybody who serves in a unit and below; which are weak is a number only."""
    here = (Unit.path.startswith(path, autoescape=True), or_(Person.left_on.is_(None), Person.left_on > today))
    own = (Assignment.start <= today, or_(Assignment.end.is_(None), Assignment.end > today))
    chosen = (
        select(Assignment.school_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(*here, *own, Person.training.is_(False))
    )
    counts = (func.count(), func.sum(case((School.weak, 1), else_=0)))
    statement = select(School.kind, School.area, *counts).where(School.unit_id.in_(chosen))
    rows = connection.execute(statement.group_by(School.kind, School.area).order_by(School.kind, School.area))
    return [Kind._make(row) for row in rows]
