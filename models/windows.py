"""How many messages a platform still lets through to a user, told from what the user did and what was sent since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, func, select

from models.outbox import OutboxMessage
from models.records import Message

TAKEN = ("claimed", "sent", "doubtful")


class Allowance(Protocol):
    """What a user's deed allows: so many messages within so many seconds."""

    @property
    def count(self) -> int:
        """How many."""

    @property
    def seconds(self) -> int:
        """How long."""


def left(
    connection: Connection,
    channel: str,
    user: str,
    allowances: Mapping[str, Allowance],
    now: datetime,
    closed_at: datetime | None = None,
) -> int:
    """How many may still go out; `closed_at` is when the platform said that the window was closed or used up."""
    longest = timedelta(seconds=max(allowance.seconds for allowance in allowances.values()))
    mine = (Message.channel == channel, Message.user == user, Message.received_at > now - longest)
    statement = select(Message.kind, func.max(Message.received_at)).where(*mine).group_by(Message.kind)
    opened = {kind: at for kind, at in connection.execute(statement) if kind in allowances}
    fresh = {kind: at for kind, at in opened.items() if (now - at).total_seconds() < allowances[kind].seconds}
    return max((_rest(connection, channel, user, allowances[k], at) for k, at in _after(fresh, closed_at)), default=0)


def _after(opened: Mapping[str, datetime], closed_at: datetime | None) -> list[tuple[str, datetime]]:
    return [(kind, at) for kind, at in opened.items() if closed_at is None or at > closed_at]


def _rest(connection: Connection, channel: str, user: str, allowance: Allowance, opened: datetime) -> int:
    sent = (
        OutboxMessage.channel == channel,
        OutboxMessage.user == user,
        OutboxMessage.way == "custom",
        OutboxMessage.called_at >= opened,
        OutboxMessage.state.in_(TAKEN),
    )
    used = connection.execute(select(func.count()).where(*sent)).scalar_one()
    return max(allowance.count - used, 0)
