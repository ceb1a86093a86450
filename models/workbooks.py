"""A unit's own workbooks, to be filled from the figures; they lie in the database, so that a backup has them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from models.items import Item
from models.units import Unit

KIND = "workbook"
LARGEST = 3_000_000  # bytes


class Workbook(NamedTuple):
    """A workbook by its number, the unit it belongs to and its name."""

    id: int
    unit_id: int
    unit: str
    name: str


def workbooks(connection: Connection, path: str) -> list[Workbook]:
    """The workbooks of the unit at `path` and of all above it, the nearest unit's first; of one name the nearest only."""
    steps = path.strip("/").split("/")
    above = ["/" + "/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
    statement = select(Item.id, Item.unit_id, Unit.name, Item.title, Unit.path).join(Unit, Unit.id == Item.unit_id)
    rows = connection.execute(statement.where(Item.kind == KIND, Unit.path.in_(above)).order_by(Item.title)).all()
    nearest = sorted(rows, key=lambda row: -len(row[4]))
    return list({row[3]: Workbook._make(row[:4]) for row in reversed(nearest)}.values())[::-1]


def every_workbook(connection: Connection) -> list[Workbook]:
    """All of them, by unit and name."""
    statement = select(Item.id, Item.unit_id, Unit.name, Item.title).join(Unit, Unit.id == Item.unit_id)
    rows = connection.execute(statement.where(Item.kind == KIND).order_by(Unit.path, Item.title))
    return [Workbook._make(row) for row in rows]


def content_of(connection: Connection, number: int) -> bytes | None:
    """The workbook as it was put in."""
    data = connection.execute(select(Item.data).where(Item.id == number, Item.kind == KIND)).scalar()
    return b64decode(data["content"]) if data else None


def put(connection: Connection, unit_id: int, name: str, content: bytes, now: datetime) -> None:
    """Keep a workbook, in the place of a former one of that name."""
    remove(connection, unit_id, name)
    data = {"content": b64encode(content).decode()}
    row = {"kind": KIND, "unit_id": unit_id, "title": name, "data": data, "made_at": now, "status": "kept"}
    connection.execute(insert(Item).values(**row))


def remove(connection: Connection, unit_id: int, name: str) -> bool:
    """Drop a workbook; whether there was one."""
    mine = (Item.kind == KIND, Item.unit_id == unit_id, Item.title == name)
    return bool(connection.execute(delete(Item).where(*mine)).rowcount)
