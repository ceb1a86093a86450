"""Rows of the outbox: put in once, claimed by conditional update, brought to one end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from models.outbox import OutboxMessage
from models.people import Account
from models.records import Message

INSERTS: Mapping[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
HEADS = (50, 5000)  # where the few at the head all wait for others of their persons, further ones are looked at
NOTHING_SENT = ("cleared", "expired", "failed", "undeliverable")


class Draft(NamedTuple):
    """A message to be put in; the text is what would be said now, and is reckoned again when it is sent."""

    person_id: int
    key: str
    kind: str
    due: datetime
    expires: datetime
    text: str
    data: Mapping[str, Any]


class Row(NamedTuple):
    """A message as its claimant sees it."""

    id: int
    person_id: int
    key: str
    kind: str
    due: datetime
    expires: datetime | None
    attempts: int
    text: str
    data: dict[str, Any]
    claimed_by: str


class Attempt(NamedTuple):
    """What is written before a call is made."""

    channel: str
    user: str
    way: str
    text: str
    data: Mapping[str, Any]


_COLUMNS = [getattr(OutboxMessage, name) for name in Row._fields]


def put(connection: Connection, drafts: Sequence[Draft], now: datetime) -> int:
    """Put messages in; those whose key is there already stay as they are. Gives how many were new."""
    if not drafts:
        return 0
    rows = [draft._asdict() | {"next_at": draft.due, "made_at": now, "state": "scheduled"} for draft in drafts]
    statement = INSERTS[connection.dialect.name](OutboxMessage).on_conflict_do_nothing(index_elements=["key"])
    return len(connection.execute(statement.returning(OutboxMessage.id), rows).all())


def claim(connection: Connection, worker: str, now: datetime, limit: int) -> list[Row]:
    """Take what may be tried now, at most one message of a person at a time, so that nobody gets two at once."""
    for head in HEADS:
        found = _claim_of(connection, worker, now, limit, head)
        if found:
            break
    return sorted(found, key=lambda row: (row.due, row.id))


def _claim_of(connection: Connection, worker: str, now: datetime, limit: int, head: int) -> list[Row]:
    """Claim among the first so many that are ready: who goes first is looked up for these only, not for a whole queue."""
    ready = (OutboxMessage.state == "scheduled", OutboxMessage.next_at <= now)
    order = (OutboxMessage.next_at, OutboxMessage.id)
    first = connection.execute(select(OutboxMessage.id).where(*ready).order_by(*order).limit(head)).scalars().all()
    picked = (
        select(OutboxMessage.id)
        .where(OutboxMessage.id.in_(first), *ready, _before_it(now) == 0)
        .order_by(*order)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    new = {"state": "claimed", "claimed_by": worker, "claimed_at": now, "called_at": None}
    statement = update(OutboxMessage).where(OutboxMessage.id.in_(select(picked.c.id)), *ready).values(**new)
    return [Row(*row) for row in connection.execute(statement.returning(*_COLUMNS))]


def _before_it(now: datetime) -> ColumnElement[int]:
    """How many messages of the same person go first."""
    other = aliased(OutboxMessage)
    # Nothing but the person may be looked up by an index here: all that is scheduled, once a row, would take seconds.
    state = other.state.concat("")
    in_line = and_(state == "scheduled", other.next_at <= now, other.id < OutboxMessage.id)
    same = (other.person_id == OutboxMessage.person_id, other.id != OutboxMessage.id)
    before = select(func.count()).select_from(other).where(*same, or_(state == "claimed", in_line))
    return before.correlate(OutboxMessage).scalar_subquery()


def _mine(row: Row, *states: str) -> tuple[ColumnElement[bool], ...]:
    return OutboxMessage.id == row.id, OutboxMessage.claimed_by == row.claimed_by, OutboxMessage.state.in_(states)


def held(connection: Connection, ids: Collection[int], now: datetime) -> list[Row]:
    """Which of these still wait for their person, and are not too late."""
    timely = or_(OutboxMessage.expires.is_(None), OutboxMessage.expires > now)
    waits = (OutboxMessage.state.in_(("scheduled", "undeliverable")), OutboxMessage.text != "")
    statement = select(*_COLUMNS).where(OutboxMessage.id.in_(ids), timely, *waits).order_by(OutboxMessage.id)
    return [Row(*row) for row in connection.execute(statement)]


def begin(connection: Connection, row: Row, attempt: Attempt, now: datetime) -> bool:
    """Write the attempt before the call; false where the claim was lost meanwhile, so that no call may follow."""
    new = attempt._asdict() | {"attempts": row.attempts + 1, "called_at": now, "claimed_at": now}
    statement = update(OutboxMessage).where(*_mine(row, "claimed"), OutboxMessage.called_at.is_(None)).values(**new)
    return connection.execute(statement).rowcount == 1


def finish(connection: Connection, row: Row, state: str, reason: str, now: datetime, number: str = "") -> bool:
    """Bring a message to its end. Who was given up for dead may still say what became of its call."""
    new = {"state": state, "reason": reason[:200], "done_at": now, "number": number[:64]}
    return (
        connection.execute(update(OutboxMessage).where(*_mine(row, "claimed", "doubtful")).values(**new)).rowcount == 1
    )


def release(
    connection: Connection, row: Row, next_at: datetime | None, reason: str, data: Mapping[str, Any] | None = None
) -> bool:
    """Give a message back to be tried at a moment, or to be held where there is none."""
    new: dict[str, Any] = {"state": "scheduled", "next_at": next_at, "reason": reason[:200], "done_at": None}
    new |= {"data": dict(data)} if data is not None else {}
    return (
        connection.execute(update(OutboxMessage).where(*_mine(row, "claimed", "doubtful")).values(**new)).rowcount == 1
    )


def recover(connection: Connection, now: datetime, lease: timedelta, repeatable: Collection[str]) -> Mapping[str, int]:
    """What dead claimants left: not called yet, again; called, doubtful, but where the platform drops repeats."""
    left = (OutboxMessage.state == "claimed", OutboxMessage.claimed_at < now - lease)
    safe = or_(OutboxMessage.called_at.is_(None), OutboxMessage.channel.in_(repeatable))
    again = update(OutboxMessage).where(*left, safe).values(state="scheduled", next_at=now, claimed_by="")
    lost = update(OutboxMessage).where(*left, ~safe)
    lost = lost.values(state="doubtful", done_at=now, reason="the sender died between call and commit")
    return {"taken_back": connection.execute(again).rowcount, "doubtful": connection.execute(lost).rowcount}


def expire(connection: Connection, now: datetime) -> int:
    """Too late means not sent."""
    late = (OutboxMessage.state == "scheduled", OutboxMessage.expires <= now)
    new = {"state": "expired", "done_at": now}
    return connection.execute(update(OutboxMessage).where(*late).values(**new)).rowcount


def wake(connection: Connection, now: datetime) -> int:
    """Try again what is held for people who have written since."""
    wrote = exists().where(
        Account.person_id == OutboxMessage.person_id,
        Account.channel == Message.channel,
        Account.user == Message.user,
        Message.received_at > OutboxMessage.claimed_at,
    )
    held = (OutboxMessage.state == "scheduled", OutboxMessage.next_at.is_(None))
    return connection.execute(update(OutboxMessage).where(*held, wrote).values(next_at=now)).rowcount


def counts(connection: Connection) -> dict[str, int]:
    """How many messages are in each state."""
    statement = select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
    return {row[0]: row[1] for row in connection.execute(statement)}
