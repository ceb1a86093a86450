"""Entries written, changed and withdrawn, each change with its history; questions and plans beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select, update

from models.bulk import insert_rows
from models.items import Item
from models.records import Entry, EntryChange, Plan, Question

ITEM_KINDS = {"issue": "open", "report": "submitted", "case": "submitted", "key_task": "open"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something, by which message, when; and the unit that the records belong to."""

    person_id: int
    unit_id: int
    message_id: int | None
    at: datetime
    training: bool = False


def add_entries(
    connection: Connection, actor: Actor, rows: Sequence[Mapping[str, Any]], *, follow_up: bool = False
) -> list[int]:
    """Store entries in the order given; gives their numbers. Issues, reports, cases and key tasks become items too.

    With `follow_up`, a key task is none of its own: the entry tells how an open one goes on.
    """
    made = {
        "person_id": actor.person_id,
        "unit_id": actor.unit_id,
        "message_id": actor.message_id,
        "training": actor.training,
        "made_at": actor.at,
        "away": False,
        "linked": False,
        "state": "active",
    }
    ids = insert_rows(connection, Entry, [made | dict(row) for row in rows])
    kinds = ITEM_KINDS.keys() - ({"key_task"} if follow_up else set())
    items = [_item(actor, number, row) for number, row in zip(ids, rows, strict=True) if row["activity"] in kinds]
    if items and not actor.training:
        connection.execute(insert(Item), items)
    return ids


def _item(actor: Actor, entry_id: int, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": row["activity"],
        "status": ITEM_KINDS[row["activity"]],
        "unit_id": actor.unit_id,
        "person_id": actor.person_id,
        "school_id": row.get("school_id"),
        "entry_id": entry_id,
        "text": row.get("text") or "",
        "title": (row.get("text") or "")[:60],
        "day": row.get("end"),
        "made_at": actor.at,
    }


def item_of(connection: Connection, entry_id: int) -> int:
    """The number of the item that an entry became."""
    return connection.execute(select(Item.id).where(Item.entry_id == entry_id)).scalar_one()


def change_entry(
    connection: Connection, actor: Actor, entry_id: int, before: Mapping[str, Any], after: Mapping[str, Any], kind: str
) -> None:
    """Change columns of one entry and keep what they held; `kind` is amend, answer or undo."""
    connection.execute(update(Entry).where(Entry.id == entry_id).values(**after))
    change = {
        "entry_id": entry_id,
        "message_id": actor.message_id,
        "person_id": actor.person_id,
        "at": actor.at,
        "kind": kind,
        "before": {name: plain(before.get(name)) for name in after},
        "after": {name: plain(value) for name, value in after.items()},
    }
    connection.execute(insert(EntryChange).values(**change))
    if after.get("state") == "withdrawn":
        connection.execute(update(Item).where(Item.entry_id == entry_id).values(status="withdrawn"))
        close_questions(connection, entry_id)


def plain(value: Any) -> Any:
    """A column's value as the history keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def ask(connection: Connection, actor: Actor, questions: Sequence[Mapping[str, Any]]) -> None:
    """Put questions to the person; they are asked in the order given."""
    made: dict[str, Any] = {
        "person_id": actor.person_id,
        "message_id": actor.message_id,
        "asked_at": actor.at,
        "state": "open",
        "entry_id": None,
        "plan_id": None,
        "data": {},
        "kind": "",
        "text": "",
    }
    insert_rows(connection, Question, [made | dict(question) for question in questions])


def settle(connection: Connection, question_id: int, state: str = "answered") -> None:
    """Close one question."""
    connection.execute(update(Question).where(Question.id == question_id).values(state=state))


def note(connection: Connection, question_id: int, data: Mapping[str, Any]) -> None:
    """Keep something more beside one question."""
    connection.execute(update(Question).where(Question.id == question_id).values(data=dict(data)))


def close_questions(connection: Connection, entry_id: int) -> None:
    """Close the questions about an entry that is gone."""
    open_ones = (Question.entry_id == entry_id, Question.state == "open")
    connection.execute(update(Question).where(*open_ones).values(state="dropped"))


def add_plans(connection: Connection, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep what a person said they would do."""
    made: dict[str, Any] = {
        "person_id": actor.person_id,
        "message_id": actor.message_id,
        "made_at": actor.at,
        "state": "open",
    }
    connection.execute(insert(Plan), [made | dict(row) for row in rows])


def close_plan(connection: Connection, plan_id: int, state: str) -> None:
    """Mark a plan asked, done, missed or withdrawn."""
    connection.execute(update(Plan).where(Plan.id == plan_id).values(state=state))


def stated(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The words of records, by number."""
    rows = connection.execute(select(Entry.id, Entry.text).where(Entry.id.in_(ids))) if ids else ()
    return {row.id: row.text or "" for row in rows}
