"""A message is claimed before anything is done for it, and closed with its reply in the same transaction."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Insert, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from models.records import Message

_COLUMNS = ("channel", "key", "user", "kind", "text", "said_at", "received_at", "intent", "dropped", "characters")


class Claim(NamedTuple):
    """What is stored of a delivery; `text` is masked already."""

    channel: str
    key: str
    user: str
    kind: str
    text: str
    said_at: datetime
    received_at: datetime
    intent: str
    dropped: str | None
    characters: int


def claim(connection: Connection, message: Claim) -> int | None:
    """Store the message under its key; gives its number, or None where the key is taken.

    The same statement takes the sender's turn: on PostgreSQL a lock held to the transaction's end, on SQLite the
    transaction itself. So two messages of one person never reckon from the same state.
    """
    values = message._asdict() | {"state": "claimed", "rest": "", "turn": _turn(message)}
    return connection.execute(_STATEMENTS[connection.dialect.name], values).scalar()


def _turn(message: Claim) -> int:
    return zlib.crc32(f"{message.channel}\0{message.user}".encode())


def _values(*extra: str) -> list[Any]:
    return [bindparam(name, type_=Message.__table__.c[name].type) for name in (*_COLUMNS, *extra)]


def _sqlite_claim() -> Insert:
    names = (*_COLUMNS, "state", "rest")
    statement = sqlite.insert(Message).values(dict(zip(names, _values("state", "rest"), strict=True)))
    return statement.on_conflict_do_nothing(index_elements=["channel", "key"]).returning(Message.id)


def _postgresql_claim() -> Insert:
    turn = func.pg_advisory_xact_lock(bindparam("turn")).table_valued("turn")
    names = (*_COLUMNS, "state", "rest")
    row = select(*_values("state", "rest")).select_from(turn)
    statement = postgresql.insert(Message).from_select(names, row)
    return statement.on_conflict_do_nothing(index_elements=["channel", "key"]).returning(Message.id)


_STATEMENTS = {"sqlite": _sqlite_claim(), "postgresql": _postgresql_claim()}


def stored_reply(connection: Connection, channel: str, key: str) -> str | None:
    """The reply that the first delivery of this key got."""
    statement = select(Message.reply).where(Message.channel == channel, Message.key == key)
    return connection.execute(statement).scalar()


_CLOSE = (
    update(Message)
    .where(Message.id == bindparam("number"))
    .values(person_id=bindparam("who"), reply=bindparam("answer"), rest=bindparam("more"), state=bindparam("outcome"))
)


def close(connection: Connection, number: int, person_id: int | None, reply: str | None, rest: str, state: str) -> None:
    """Keep the reply beside the message, so that every repeat gets the same."""
    values = {"number": number, "who": person_id, "answer": reply, "more": rest, "outcome": state}
    connection.execute(_CLOSE, values)


class Newest(NamedTuple):
    """The newest answered message of a person: what it was taken for, its masked words, and what had no room."""

    intent: str
    text: str
    said_at: datetime
    rest: str


def newest(connection: Connection, person_id: int, beside: Collection[str] = ()) -> Newest | None:
    """What a person said before the message that is being answered; messages of intents `beside` are passed over."""
    answered = (Message.person_id == person_id, Message.state == "answered", Message.intent.not_in(beside))
    columns = (Message.intent, Message.text, Message.said_at, Message.rest)
    row = connection.execute(select(*columns).where(*answered).order_by(Message.id.desc()).limit(1)).first()
    return Newest._make(row) if row else None
