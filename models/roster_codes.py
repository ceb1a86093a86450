"""One-time join codes: made where a person has none, listed for handing out."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.people import JoinCode, Person
from models.units import Unit

MANY = 1000
"""From so many open codes on, new ones are longer: six digits would be guessed too easily among them."""


class CodeRow(NamedTuple):
    """One line of the list that is handed out."""

    unit: str
    name: str
    code: str


def new_code(taken: Collection[str], open_codes: int) -> str:
    """A random code that is not taken; it never begins with 0, which Excel would drop."""
    digits = 6 if open_codes < MANY else 8
    while True:
        code = str(secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1))
        if code not in taken:
            return code


def codes(connection: Connection) -> list[CodeRow]:
    """All codes not yet spent, in the official order."""
    statement = (
        select(Unit.name, Person.name, JoinCode.code)
        .join(Person, Person.id == JoinCode.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(JoinCode.spent_at.is_(None), Person.left_on.is_(None))
        .order_by(Unit.position, Unit.id, Person.position, Person.id)
    )
    return [CodeRow(*row) for row in connection.execute(statement)]
