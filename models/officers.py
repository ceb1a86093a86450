"""The unit that somebody answers for."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from models.people import Person
from models.team import UnitRow
from models.units import Unit


class Officer(NamedTuple):
    """A person with roles, and the unit they answer for."""

    name: str
    roles: frozenset[str]
    unit: UnitRow
    gone: bool


def officer(connection: Connection, person_id: int) -> Officer | None:
    """A person of the roster; a post that was handed over shows the roles of the moment."""
    columns = (Person.name, Person.roles, Person.left_on, Unit.id, Unit.name, Unit.path)
    statement = select(*columns).join(Unit, Unit.id == Person.unit_id).where(Person.id == person_id)
    row = connection.execute(statement).first()
    if row is None:
        return None
    return Officer(row[0], frozenset(row[1].split()), UnitRow(*row[3:]), row[2] is not None)
