"""Items and their steps: opened, moved on with a status and words, found again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from models.items import Item, ItemEvent
from models.journal import Actor


class Work(NamedTuple):
    """An item as handlers see it."""

    id: int
    kind: str
    person_id: int | None
    unit_id: int
    title: str
    text: str
    period: str
    status: str
    day: date | None
    data: dict[str, Any]


_COLUMNS = [getattr(Item, name) for name in Work._fields]


def open_work(connection: Connection, actor: Actor, kind: str, **values: Any) -> int:
    """Begin an item of the actor's; gives its number."""
    row = {"person_id": actor.person_id, "unit_id": actor.unit_id, "made_at": actor.at} | values
    number: int = connection.execute(insert(Item).values(kind=kind, **row).returning(Item.id)).scalar_one()
    step(connection, actor, number, "opened", values.get("status", "open"))
    return number


def step(
    connection: Connection,
    actor: Actor,
    item_id: int,
    kind: str,
    status: str = "",
    text: str = "",
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """One step in an item's life; a status moves it, changes set its other columns, data stays with the step."""
    values = dict(changes or {}) | ({"status": status} if status else {})
    if values:
        connection.execute(update(Item).where(Item.id == item_id).values(**values))
    event = {"item_id": item_id, "person_id": actor.person_id, "message_id": actor.message_id, "at": actor.at}
    connection.execute(insert(ItemEvent).values(kind=kind, status=status, text=text, data=dict(data or {}), **event))


def latest(
    connection: Connection,
    person_id: int,
    kinds: Collection[str],
    states: Collection[str],
    period: str | None = None,
    title: str | None = None,
) -> Work | None:
    """A person's newest item of these kinds in one of these states."""
    mine = [Item.person_id == person_id, Item.kind.in_(kinds), Item.status.in_(states)]
    mine += [] if period is None else [Item.period == period]
    mine += [] if title is None else [Item.title == title]
    row = connection.execute(select(*_COLUMNS).where(*mine).order_by(Item.id.desc()).limit(1)).first()
    return Work._make(row) if row else None
