"""Where a person can be reached, and what is learnt about it by trying."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, exists, select, update

from models.people import Account
from models.records import Message


class Address(NamedTuple):
    """A person's user on a channel."""

    channel: str
    user: str


def addresses(connection: Connection, person_id: int, channels: Sequence[str]) -> list[Address]:
    """The person's reachable accounts on these channels, in the channels' order."""
    mine = (Account.person_id == person_id, Account.reachable.is_(True), Account.channel.in_(channels))
    rows = connection.execute(select(Account.channel, Account.user).where(*mine).order_by(Account.id.desc()))
    return sorted((Address(*row) for row in rows), key=lambda address: channels.index(address.channel))


def person_of(connection: Connection, channel: str, user: str) -> int | None:
    """Whose account a platform's user is; none where nobody has joined by it."""
    return connection.scalar(select(Account.person_id).where(Account.channel == channel, Account.user == user))


def mark_unreachable(connection: Connection, address: Address, now: datetime) -> None:
    """The platform says that this user cannot be reached any more."""
    mine = (Account.channel == address.channel, Account.user == address.user)
    connection.execute(update(Account).where(*mine).values(reachable=False, unreachable_at=now))


def mark_returned(connection: Connection) -> int:
    """Who has written since is reachable again."""
    wrote = exists().where(
        Message.channel == Account.channel,
        Message.user == Account.user,
        Message.received_at > Account.unreachable_at,
        Message.kind != "unsubscribe",
    )
    lost = (Account.reachable.is_(False), wrote)
    return connection.execute(update(Account).where(*lost).values(reachable=True, unreachable_at=None)).rowcount
