"""burden: how much the service asks of people, by unit."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from bot.service import Service
from models.burden import Burden, burden
from models.database import reading


def show(service: Service, start: datetime, end: datetime, write: Callable[[str], object]) -> None:
    """One JSON line a unit."""
    with reading(service.engine).connect() as connection:
        for one in burden(connection, start, end):
            write(_line(one))


def _line(one: Burden) -> str:
    row = {"unit": one.unit, "people": one.people, "reminders": one.reminders, "questions": one.questions}
    return json.dumps(row | {"entries": one.entries, "characters_per_entry": one.each_entry}, ensure_ascii=False)
