"""What was read from a roster's file, in a form that can be kept: read once, looked through as often as its page is opened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from models.roster_sheets import Fault, Reading, Row

VERSION = 1  # of this form and of how cells are read; what another one wrote is read anew from the file
DAY = "day"


def dumped(reading: Reading) -> bytes:
    """A reading as bytes."""
    rows = {sheet: [[row.number, _cells(row.said)] for row in listed] for sheet, listed in reading.rows.items()}
    faults = [asdict(fault) for fault in reading.faults]
    told = {"version": VERSION, "rows": rows, "faults": faults, "notes": reading.notes}
    return json.dumps(told, ensure_ascii=False).encode()


def loaded(kept: bytes | None) -> Reading | None:
    """The reading; nothing where none was kept, or in another form."""
    told = json.loads(kept) if kept else {}
    if told.get("version") != VERSION:
        return None
    rows = {
        sheet: [Row(sheet, number, {key: _value(value) for key, value in said.items()}) for number, said in listed]
        for sheet, listed in told["rows"].items()
    }
    return Reading(rows, [Fault(**fault) for fault in told["faults"]], told["notes"])


def _cells(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: {DAY: value.isoformat()} if isinstance(value, date) else value for key, value in said.items()}


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return date.fromisoformat(value[DAY])
    return tuple(value) if isinstance(value, list) else value
