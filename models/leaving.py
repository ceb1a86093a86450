"""When a user leaves the channel, what points at them goes; and pushes that were shown instead of sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update

from models.outbox import OutboxMessage
from models.people import Account
from models.records import Message

WAITING = ("scheduled", "undeliverable")


def forget(connection: Connection, account_id: int, channel: str, user: str) -> None:
    """Drop the binding and the waiting messages of a user who unfollowed, and the platform's id from old rows."""
    _drop_waiting(connection, account_id)
    for table in (OutboxMessage, Message):
        connection.execute(update(table).where(table.channel == channel, table.user == user).values(user=""))
    connection.execute(delete(Account).where(Account.id == account_id))


def _drop_waiting(connection: Connection, account_id: int) -> None:
    """What waits for a person goes with the last account."""
    person = select(Account.person_id).where(Account.id == account_id).scalar_subquery()
    others = exists().where(Account.person_id == OutboxMessage.person_id, Account.id != account_id)
    waiting = (OutboxMessage.person_id == person, OutboxMessage.state.in_(WAITING), ~others)
    gone = {"state": "undeliverable", "reason": "unfollowed", "text": ""}
    connection.execute(update(OutboxMessage).where(*waiting).values(**gone))


def mark_shown(connection: Connection, texts: Mapping[int, str], now: datetime) -> list[int]:
    """Pushes that head a conversation are done, with what they said; gives those that no clock has taken meanwhile."""
    return [number for number, text in texts.items() if _end(connection, number, now, state="shown", text=text)]


def mark_cleared(connection: Connection, reasons: Mapping[int, str], now: datetime) -> None:
    """Pushes that have nothing to say any more."""
    for number, reason in reasons.items():
        _end(connection, number, now, state="cleared", reason=reason)


def _end(connection: Connection, number: int, now: datetime, **new: str) -> bool:
    mine = (OutboxMessage.id == number, OutboxMessage.state.in_(WAITING))
    return connection.execute(update(OutboxMessage).where(*mine).values(done_at=now, **new)).rowcount == 1
