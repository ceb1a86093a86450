"""A conversation as its two sides saw it: what was said, what was answered, what was pushed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.outbox import OutboxMessage
from models.records import Message


class Spoken(NamedTuple):
    """One delivery with its reply; `text` is what was kept of the words."""

    id: int
    at: datetime
    text: str
    dropped: str | None
    reply: str | None


class Pushed(NamedTuple):
    """One message that the service sent unasked."""

    id: int
    at: datetime
    text: str


def spoken(connection: Connection, channel: str, user: str, limit: int) -> list[Spoken]:
    """The newest deliveries of a user, oldest first."""
    statement = (
        select(Message.id, Message.received_at, Message.text, Message.dropped, Message.reply)
        .where(Message.channel == channel, Message.user == user)
        .order_by(Message.id.desc())
        .limit(limit)
    )
    return [Spoken(*row) for row in connection.execute(statement)][::-1]


def pushed(connection: Connection, channel: str, user: str, limit: int) -> list[Pushed]:
    """The newest messages pushed to a user, oldest first."""
    statement = (
        select(OutboxMessage.id, OutboxMessage.done_at, OutboxMessage.text)
        .where(OutboxMessage.channel == channel, OutboxMessage.user == user, OutboxMessage.state == "sent")
        .order_by(OutboxMessage.id.desc())
        .limit(limit)
    )
    return [Pushed(row.id, row.done_at, row.text) for row in connection.execute(statement) if row.done_at][::-1]
