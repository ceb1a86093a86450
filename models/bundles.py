"""Messages of one person that go out as one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_, select, update

from models.outbox import OutboxMessage
from models.outbox_rows import Row

OUT = ("sent", "shown", "doubtful")


class Mate(NamedTuple):
    """Another message that waits for the same person."""

    id: int
    kind: str
    key: str
    due: datetime
    expires: datetime | None
    text: str
    data: dict[str, Any]


def waiting_with(connection: Connection, row: Row, now: datetime, kinds: Collection[str]) -> list[Mate]:
    """What else is due for a message's person, the oldest first."""
    same = (OutboxMessage.person_id == row.person_id, OutboxMessage.id != row.id, OutboxMessage.kind.in_(kinds))
    timely = or_(OutboxMessage.expires.is_(None), OutboxMessage.expires > now)
    ready = (OutboxMessage.state == "scheduled", OutboxMessage.due <= now, timely)
    columns = [getattr(OutboxMessage, name) for name in Mate._fields]
    rows = connection.execute(select(*columns).where(*same, *ready).order_by(OutboxMessage.id))
    return [Mate._make(row) for row in rows if "parts" not in row.data]


def take_along(connection: Connection, row: Row, mates: Sequence[Mate], now: datetime) -> None:
    """Others become parts of a claimed message; it counts as due when the first of them was."""
    mine = (OutboxMessage.id == row.id, OutboxMessage.claimed_by == row.claimed_by, OutboxMessage.state == "claimed")
    due = min([row.due, *(mate.due for mate in mates)])
    connection.execute(update(OutboxMessage).where(*mine).values(data=row.data, due=due))
    gone = {"state": "cleared", "reason": f"goes along with {row.id}", "done_at": now}
    others = (OutboxMessage.id.in_([mate.id for mate in mates]), OutboxMessage.state == "scheduled")
    connection.execute(update(OutboxMessage).where(*others).values(**gone))


def told_today(connection: Connection, row: Row, midnight: datetime, beside: Collection[str]) -> bool:
    """Whether the person got a message since midnight, of other kinds than those that stand beside."""
    mine = (OutboxMessage.person_id == row.person_id, OutboxMessage.id != row.id, OutboxMessage.done_at >= midnight)
    out = (OutboxMessage.state.in_(OUT), OutboxMessage.kind.not_in(beside))
    return connection.execute(select(OutboxMessage.id).where(*mine, *out).limit(1)).first() is not None
