"""What people asked of reminders: leave, silence, a time of their own; and why they were reminded, or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from models.outbox import Decision, OutboxMessage
from models.people import Absence, Wish


def add_absence(connection: Connection, person_id: int, start: date, end: date, now: datetime) -> None:
    """Keep a leave; said twice it is kept once."""
    same = select(Absence.id).where(Absence.person_id == person_id, Absence.start == start, Absence.end == end)
    if connection.execute(same).first() is None:
        connection.execute(insert(Absence).values(person_id=person_id, start=start, end=end, made_at=now))


def end_absences(connection: Connection, person_id: int, today: date) -> int:
    """Cut the leaves that reach beyond yesterday; gives how many there were."""
    coming = delete(Absence).where(Absence.person_id == person_id, Absence.start >= today)
    going = update(Absence).where(Absence.person_id == person_id, Absence.end >= today).values(end=today)
    gone: int = connection.execute(coming).rowcount + connection.execute(going).rowcount
    return gone


def wish(connection: Connection, person_id: int, values: Mapping[str, Any]) -> None:
    """Keep what a person asked of reminders."""
    found = connection.execute(update(Wish).where(Wish.person_id == person_id).values(**values))
    if not found.rowcount:
        plain = {"off": False, "time": "", "weekdays": "", "digest": False}
        connection.execute(insert(Wish).values(person_id=person_id, **plain | dict(values)))


class Reminded(NamedTuple):
    """A push and what it said."""

    due: datetime
    state: str
    text: str


def last_reminder(connection: Connection, person_id: int) -> Reminded | None:
    """The newest reminder that reached a person, or is on its way."""
    reached = ("sent", "shown", "doubtful", "claimed")
    mine = (OutboxMessage.person_id == person_id, OutboxMessage.kind == "pace", OutboxMessage.state.in_(reached))
    columns = (OutboxMessage.due, OutboxMessage.state, OutboxMessage.text)
    row = connection.execute(select(*columns).where(*mine).order_by(OutboxMessage.id.desc()).limit(1)).first()
    return Reminded._make(row) if row else None


class Decided(NamedTuple):
    """What was decided about a person on a day."""

    day: date
    remind: bool
    reason: str


def last_decision(connection: Connection, person_id: int) -> Decided | None:
    """The newest decision about a person."""
    statement = select(Decision.day, Decision.remind, Decision.reason).where(Decision.person_id == person_id)
    row = connection.execute(statement.order_by(Decision.day.desc()).limit(1)).first()
    return Decided._make(row) if row else None
