"""One row of a roster from a form: read, compared and written by the same steps as a whole file, and kept as a change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert
from sqlalchemy.orm import Session

from models.items import Item
from models.refusal import Refusal
from models.roster import Report, take
from models.roster_sheets import Row, read_tables
from models.vault import Vault

KIND = "roster"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who changes the roster: an administrator, within a unit and below."""

    connection: Connection
    vault: Vault
    policies: Collection[str]
    person_id: int
    unit_id: int
    path: str
    now: datetime


def take_row(keeper: Keeper, sheet: str, cells: Mapping[str, str], person_id: int | None = None) -> Report:
    """Take in one row given by heading; raises Refusal with what is wrong with it, and then nothing was written.

    A person's number in the database says who is meant; else name and unit do, as in a file.
    """
    reading = read_tables({sheet: [list(cells), list(cells.values())]}, whole=False)
    if person_id is not None:
        rows = [_meaning(row, person_id) for row in reading.rows.get(sheet, [])]
        reading = replace(reading, rows={sheet: rows})
    with Session(keeper.connection, join_transaction_mode="create_savepoint") as session:
        report = take(session, keeper.vault, reading, keeper.now, keeper.policies, within=keeper.path)
        session.commit()
    if not report.ok:
        raise Refusal("；".join(fault.reason for fault in report.faults))
    return report


def _meaning(row: Row, person_id: int) -> Row:
    return replace(row, said={**row.said, "id": person_id})


def note(keeper: Keeper, text: str, *, person_id: int | None = None, unit_id: int | None = None) -> None:
    """Keep that the roster was changed, of whom or of which unit, and by whom."""
    values = {"person_id": person_id, "unit_id": unit_id or keeper.unit_id, "text": text, "made_at": keeper.now}
    keeper.connection.execute(insert(Item).values(kind=KIND, status="done", data={"by": keeper.person_id}, **values))


def forget_notes(connection: Connection, before: datetime) -> int:
    """Drop the changes kept before a moment; gives how many there were."""
    count: int = connection.execute(delete(Item).where(Item.kind == KIND, Item.made_at < before)).rowcount
    return count


def said_of(report: Report) -> str:
    """What one row changed, in words."""
    return "；".join(change.what for change in report.changes)
