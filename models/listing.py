"""Every record as a flat row, streamed; for exports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select
from sqlalchemy.orm import aliased

from models.people import Person
from models.records import Entry
from models.refusal import Refusal
from models.regions import units_named
from models.units import School, Unit

CHUNK = 1000


KEYS = (
    "id",
    "person_id",
    "person",
    "unit",
    "school",
    "activity",
    "audience",
    "count",
    "start",
    "end",
    "attendance",
    "state",
    "message_id",
)
"""What a record says, in this order; `unit` is that of its time, `school` its name, or the place as said."""

Record = tuple[object, ...]


class UnitFound(NamedTuple):
    """A unit that words mean."""

    id: int
    name: str
    path: str
    is_school: bool


def records(
    connection: Connection, start: date | None = None, end: date | None = None, unit: UnitFound | None = None
) -> Iterator[Record]:
    """Records that touch the days from `start` to `end`, of a unit and below; practice is no record."""
    statement = _statement().where(*_when(start, end), *_where(unit))
    with closing(connection.execute(statement, execution_options={"yield_per": CHUNK})) as result:
        for row in result:
            yield tuple(row)


def how_many(connection: Connection, start: date, end: date, unit: UnitFound) -> int:
    """How many records there will be."""
    counted = select(func.count()).select_from(Entry).join(Unit, Unit.id == Entry.unit_id)
    return connection.scalar(counted.where(Entry.training.is_(False), *_when(start, end), *_where(unit))) or 0


def _statement() -> Select[*tuple[Any, ...]]:
    school = aliased(Unit)
    columns = (Entry.activity, Entry.audience, Entry.count, Entry.start, Entry.end, Entry.attendance, Entry.state)
    return (
        select(
            Entry.id,
            Entry.person_id,
            Person.name,
            Unit.name,
            func.coalesce(school.name, Entry.place),
            *columns,
            Entry.message_id,
        )
        .join(Person, Person.id == Entry.person_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .outerjoin(school, school.id == Entry.school_id)
        .where(Entry.training.is_(False))
        .order_by(Entry.id)
    )


def _when(start: date | None, end: date | None) -> list[ColumnElement[bool]]:
    return [
        *([func.coalesce(Entry.end, Entry.start) >= start] if start else []),
        *([func.coalesce(Entry.start, Entry.end) <= end] if end else []),
    ]


def _where(unit: UnitFound | None) -> list[ColumnElement[bool]]:
    if unit is None:
        return []
    below = Unit.path.startswith(unit.path, autoescape=True)
    # Nobody belongs to most schools; asked for one, the records made there are meant.
    return [or_(below, Entry.school_id == unit.id) if unit.is_school else below]


def find_unit(connection: Connection, words: str) -> UnitFound:
    """The one unit that a number, a name, `上级/名称` or a region's short name means; else Refusal."""
    found = _by_number(connection, words) or _by_name(connection, words)
    if not found:
        named = units_named(connection, words)
        found = [UnitFound(unit.id, unit.name, unit.path, False) for unit in named]
    if not found:
        raise Refusal(f"没有“{words}”这个单位。请写名册里的名称、“上级/名称”或编号。")
    if len(found) > 1:
        listed = "、".join(f"{unit.name}（编号{unit.id}）" for unit in found[:5])
        raise Refusal(f"“{words}”有{len(found)}个：{listed}。请写“上级/名称”或编号。")
    return found[0]


def _units() -> Select[*tuple[Any, ...]]:
    is_school = School.unit_id.is_not(None).label("is_school")
    return select(Unit.id, Unit.name, Unit.path, is_school).outerjoin(School, School.unit_id == Unit.id)


def _by_number(connection: Connection, words: str) -> list[UnitFound]:
    if not re.fullmatch(r"[0-9]{1,18}", words):
        return []
    return [UnitFound(*row) for row in connection.execute(_units().where(Unit.id == int(words)))]


def _by_name(connection: Connection, words: str) -> list[UnitFound]:
    *above, own = [part.strip() for part in re.split(r"[/／>]", words) if part.strip()] or [words]
    found = [UnitFound(*row) for row in connection.execute(_units().where(Unit.name == own).order_by(Unit.position))]
    return [unit for unit in found if _is_below(connection, unit, above)]


def _is_below(connection: Connection, unit: UnitFound, above: list[str]) -> bool:
    if not above:
        return True
    numbers = [int(step) for step in unit.path.strip("/").split("/")][:-1]
    names = {row.id: row.name for row in connection.execute(select(Unit.id, Unit.name).where(Unit.id.in_(numbers)))}
    line = iter(names[number] for number in numbers)
    return all(name in line for name in above)
