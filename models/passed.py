"""Plans whose days have passed: what became of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, exists, func, select, update

from models.records import Entry, Plan

OPEN = ("open", "asked")


def carried_out(connection: Connection, today: date) -> int:
    """Close the plans of which something was recorded; gives how many."""
    same = (Entry.person_id == Plan.person_id, Entry.activity == Plan.activity, Entry.state == "active")
    done = exists().where(*same, Entry.start <= Plan.end, Entry.end >= Plan.start)
    passed = (Plan.state.in_(OPEN), Plan.end < today, done)
    return connection.execute(update(Plan).where(*passed).values(state="done")).rowcount


def lapse(connection: Connection, before: date) -> int:
    """Drop plans of terms gone by, which nobody will be asked about any more; gives how many."""
    old = (Plan.state.in_(OPEN), Plan.end < before)
    return connection.execute(update(Plan).where(*old).values(state="lapsed")).rowcount


def waiting(connection: Connection, today: date) -> int:
    """How many plans have passed without a record: asked about at the next contact, or by the next reminder."""
    passed = (Plan.state.in_(OPEN), Plan.end < today)
    return connection.execute(select(func.count()).select_from(Plan).where(*passed)).scalar_one()
