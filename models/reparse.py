"""Stored messages beside what was recorded from them: the ground for asking what another parser would make of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, exists, select

from models.facts import Fact
from models.records import Entry, EntryChange, Message

BATCH = 500
COMPARED = ("activity", "audience", "count", "start", "end")
Print = tuple[object, ...]


class Said(NamedTuple):
    """One message that is still kept, with the entries it made; `touched` where a person changed one of them later."""

    id: int
    person_id: int
    text: str
    said_at: datetime
    intent: str
    facts: tuple[Fact, ...]
    touched: bool


def messages(connection: Connection) -> Iterator[Said]:
    """All messages with their text, in batches, by number."""
    after = 0
    columns = (Message.id, Message.person_id, Message.text, Message.said_at, Message.intent)
    kept = (Message.text != "", Message.person_id.is_not(None), Message.state == "answered")
    while rows := connection.execute(
        select(*columns).where(*kept, Message.id > after).order_by(Message.id).limit(BATCH)
    ).all():
        first, after = rows[0].id, rows[-1].id
        made, touched = _entries(connection, first, after)
        for row in rows:
            yield Said(row.id, row.person_id or 0, *row[2:], tuple(made.get(row.id, ())), row.id in touched)


def _entries(connection: Connection, first: int, last: int) -> tuple[Mapping[int, list[Fact]], frozenset[int]]:
    columns = [getattr(Entry, name) for name in Fact._fields]
    changed = exists().where(EntryChange.entry_id == Entry.id)
    inside = (Entry.message_id.between(first, last), Entry.training.is_(False))
    made: dict[int, list[Fact]] = defaultdict(list)
    touched = set()
    for *values, is_changed in connection.execute(select(*columns, changed).where(*inside).order_by(Entry.id)):
        fact = Fact._make(values)
        made[fact.message_id or 0].append(fact)
        if is_changed:
            touched.add(fact.message_id or 0)
    return made, frozenset(touched)


def fingerprint(fact: Fact) -> Print:
    """What a fact says, as far as a parser decides it."""
    count = None if fact.count is None else Decimal(fact.count).normalize()
    return tuple(count if name == "count" else getattr(fact, name) for name in COMPARED)
