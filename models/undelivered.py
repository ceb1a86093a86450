"""Messages that did not get through, and the administrators who can pass them on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, literal, or_, select, update
from sqlalchemy.orm import aliased

from models.outbox import OutboxMessage
from models.people import Person
from models.units import Unit

OPEN = ("scheduled", "undeliverable", "failed", "expired")


class Undelivered(NamedTuple):
    """A message that did not get through, and its person."""

    id: int
    person_id: int
    name: str
    path: str
    text: str


def overdue(connection: Connection, kinds: Sequence[str], since: datetime, until: datetime) -> list[Undelivered]:
    """Messages due between two moments that nobody heard of, and that no administrator was told about."""
    late = (OutboxMessage.due >= since, OutboxMessage.due < until, OutboxMessage.told_at.is_(None))
    mine = (OutboxMessage.kind.in_(kinds), OutboxMessage.state.in_(OPEN), OutboxMessage.text != "")
    return _read(connection, and_(*late, *mine))


def still_undelivered(connection: Connection, ids: Sequence[int]) -> list[Undelivered]:
    """Which of these messages have still not been heard."""
    return _read(connection, and_(OutboxMessage.id.in_(ids), OutboxMessage.state.in_(OPEN), OutboxMessage.text != ""))


def _read(connection: Connection, condition: object) -> list[Undelivered]:
    columns = (OutboxMessage.id, OutboxMessage.person_id, Person.name, Unit.path, OutboxMessage.text)
    joined = select(*columns).join(Person, Person.id == OutboxMessage.person_id).join(Unit, Unit.id == Person.unit_id)
    rows = connection.execute(joined.where(condition).order_by(OutboxMessage.id))  # type: ignore[arg-type]
    return [Undelivered(*row) for row in rows]


def give_up(connection: Connection, found: Sequence[Undelivered], now: datetime) -> None:
    """Three workdays are over: it stays to be shown when the person writes, and the administrator is told."""
    mine = OutboxMessage.id.in_([one.id for one in found])
    waiting = update(OutboxMessage).where(mine, OutboxMessage.state == "scheduled")
    connection.execute(waiting.values(state="undeliverable", done_at=now))
    connection.execute(update(OutboxMessage).where(mine).values(told_at=now))


def administrators(connection: Connection, path: str) -> list[int]:
    """The administrators of the nearest unit, from this one upwards, that has any."""
    unit = aliased(Unit)
    here = (literal(path).startswith(unit.path), or_(Person.left_on.is_(None)))
    statement = (
        select(func.length(unit.path), Person.id)
        .join(unit, unit.id == Person.unit_id)
        .where(*here, Person.roles.contains("unit_admin"))
        .order_by(func.length(unit.path).desc(), Person.id)
    )
    rows = connection.execute(statement).all()
    return [row[1] for row in rows if row[0] == rows[0][0]]
