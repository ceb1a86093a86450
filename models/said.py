"""What a person was told by push, for those who ask."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from models.outbox import OutboxMessage

REACHED = ("sent", "shown", "doubtful", "claimed")


class Said(NamedTuple):
    """A push: what for, when, what it said."""

    kind: str
    due: datetime
    state: str
    text: str
    data: dict[str, Any]


def last_said(connection: Connection, person_id: int, kinds: Collection[str]) -> Said | None:
    """The newest push of these kinds that reached a person, or is on its way."""
    mine = (OutboxMessage.person_id == person_id, OutboxMessage.kind.in_(kinds), OutboxMessage.state.in_(REACHED))
    columns = [getattr(OutboxMessage, name) for name in Said._fields]
    row = connection.execute(select(*columns).where(*mine).order_by(OutboxMessage.id.desc()).limit(1)).first()
    return Said._make(row) if row else None


def said(connection: Connection, number: int) -> Said | None:
    """One push by its number, whatever became of it."""
    columns = [getattr(OutboxMessage, name) for name in Said._fields]
    row = connection.execute(select(*columns).where(OutboxMessage.id == number)).first()
    return Said._make(row) if row else None
