"""What was taken back, and how it comes back; records found by who wrote them or by their words."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select, update

from models.items import Item, ItemEvent
from models.journal import ITEM_KINDS, Actor, change_entry
from models.records import Entry, EntryChange

LOOK_BACK = 50


class Gone(NamedTuple):
    """A record that was taken back, and the state it had."""

    entry_id: int
    state: str


def last_undone(connection: Connection, person_id: int) -> list[Gone]:
    """The records that a person took back last, all at once, as far as they are still gone."""
    columns = (EntryChange.entry_id, EntryChange.message_id, EntryChange.at, EntryChange.before)
    mine = (EntryChange.person_id == person_id, EntryChange.kind == "undo", Entry.state == "withdrawn")
    statement = (
        select(*columns).join(Entry, Entry.id == EntryChange.entry_id).where(*mine, Entry.person_id == person_id)
    )
    rows = connection.execute(statement.order_by(EntryChange.id.desc()).limit(LOOK_BACK)).all()
    together = [row for row in rows if (row.message_id, row.at) == (rows[0].message_id, rows[0].at)]
    return [Gone(row.entry_id, row.before.get("state") or "active") for row in reversed(together)]


def restore(connection: Connection, actor: Actor, gone: Gone) -> None:
    """Put a record back as it was; what it had become in the ledger or before an approver comes back with it."""
    change_entry(connection, actor, gone.entry_id, {"state": "withdrawn"}, {"state": gone.state}, "amend")
    items = connection.execute(select(Item.id, Item.kind).where(Item.entry_id == gone.entry_id)).all()
    for item in items:
        last = select(ItemEvent.status).where(ItemEvent.item_id == item.id, ItemEvent.status != "")
        status = connection.scalar(last.order_by(ItemEvent.id.desc()).limit(1)) or ITEM_KINDS.get(item.kind, "open")
        connection.execute(update(Item).where(Item.id == item.id).values(status=status))


class ForOther(NamedTuple):
    """What somebody wrote for a colleague by one message."""

    message_id: int
    person_id: int
    entries: frozenset[int]


def last_for_others(connection: Connection, recorder_id: int) -> list[ForOther]:
    """What a person recorded for colleagues last, by one message, as far as it still stands; one for each colleague."""
    theirs = (Entry.recorder_id == recorder_id, Entry.person_id != recorder_id, Entry.state != "withdrawn")
    newest = select(Entry.message_id).where(*theirs).order_by(Entry.id.desc()).limit(1)
    message_id = connection.scalar(newest)
    if message_id is None:
        return []
    rows = connection.execute(
        select(Entry.person_id, Entry.id).where(*theirs, Entry.message_id == message_id).order_by(Entry.id)
    ).all()
    people = dict.fromkeys(row.person_id for row in rows)
    return [ForOther(message_id, one, frozenset(r.id for r in rows if r.person_id == one)) for one in people]
