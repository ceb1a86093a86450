"""`export entries`: every record, from the same rows that all totals are reckoned from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from sqlalchemy import Connection

from bot.forms.tables import WRITERS, json_line
from models.listing import KEYS, find_unit, records

FORMATS = tuple(WRITERS)
__all__ = ["FORMATS", "KEYS", "entry_lines", "export_entries"]


def export_entries(
    connection: Connection,
    out: BinaryIO,
    form: str,
    start: date | None = None,
    end: date | None = None,
    unit: str | None = None,
) -> None:
    """Write the records as one of FORMATS; raises Refusal where the unit is unknown."""
    within = find_unit(connection, unit) if unit else None
    WRITERS[form](KEYS, records(connection, start, end, within), out)


def entry_lines(connection: Connection) -> Iterator[str]:
    """Every record as one JSON line."""
    for record in records(connection):
        yield json_line(KEYS, record)
