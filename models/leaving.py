"""When a user leaves the channel, what points at them goes; and pushes that were shown instead of sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, update

from models.outbox import OutboxMessage
from models.people import Account
from models.records import Message


def forget(connection: Connection, account_id: int, channel: str, user: str) -> None:
    """Drop the binding and the waiting messages of a user who unfollowed, and the platform's id from old messages."""
    waiting = (OutboxMessage.channel == channel, OutboxMessage.user == user, OutboxMessage.state == "scheduled")
    gone = {"state": "undeliverable", "reason": "unfollowed", "user": ""}
    connection.execute(update(OutboxMessage).where(*waiting).values(**gone))
    connection.execute(update(Message).where(Message.channel == channel, Message.user == user).values(user=""))
    connection.execute(delete(Account).where(Account.id == account_id))


def mark_shown(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    """Pushes that headed a conversation are done."""
    held = (OutboxMessage.id.in_(ids), OutboxMessage.state.in_(("scheduled", "undeliverable")))
    connection.execute(update(OutboxMessage).where(*held).values(state="shown", done_at=now))
