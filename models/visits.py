"""What happened at a school: days and people, over all who went there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from models.records import Entry
from models.units import Unit


class Visits(NamedTuple):
    """The active records of one school in a span."""

    activity: str
    audience: str | None
    amount: Decimal
    people: int
    last: date


def visits(connection: Connection, school_ids: Collection[int], path: str, start: date, end: date) -> list[Visits]:
    """What people of the unit at `path` and below did at these schools, by kind."""
    inside = (Entry.school_id.in_(school_ids), Entry.start >= start, Entry.end <= end)
    counts = (Entry.state == "active", Entry.training.is_(False), Unit.path.startswith(path, autoescape=True))
    people = func.count(Entry.person_id.distinct())
    columns = (Entry.activity, Entry.audience, func.sum(Entry.count), people, func.max(Entry.end))
    statement = select(*columns).join(Unit, Unit.id == Entry.unit_id).where(*inside, *counts)
    rows = connection.execute(statement.group_by(Entry.activity, Entry.audience).order_by(Entry.activity))
    return [Visits._make((row[0], row[1], Decimal(str(row[2] or 0)), row[3], row[4])) for row in rows]
