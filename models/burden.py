"""How much the service asks of people: by unit, never by person; units of few people are counted with the unit above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select

from models.outbox import OutboxMessage
from models.people import Person
from models.records import Entry, Message, Question
from models.units import Unit

FEW = 3  # below that a figure of a unit would be one of a person
SENT = ("sent", "shown", "doubtful")
REMINDERS = ("pace", "nudge", "wish")


@dataclass(frozen=True, slots=True)
class Burden:
    """One unit between two moments: people, reminders pushed, questions asked, records made, characters typed for them."""

    unit: str
    people: int
    reminders: int
    questions: int
    entries: int
    characters: int

    @property
    def each_entry(self) -> float | None:
        """Characters typed for one record."""
        return round(self.characters / self.entries, 1) if self.entries else None


class Counted(NamedTuple):
    """One figure: of which rows, by which moment, which aggregate, under which conditions."""

    table: Any
    when: Any
    figure: Any
    where: tuple[ColumnElement[bool], ...] = ()


def burden(connection: Connection, start: datetime, end: datetime) -> list[Burden]:
    """Every unit that has people enough, in the roster's order; smaller ones are within the unit above."""
    columns = (Unit.id, Unit.parent_id, Unit.name)
    rows = connection.execute(select(*columns).order_by(Unit.position, Unit.id)).all()
    own = [_people(connection), *(_count(connection, what, start, end) for what in COUNTS)]
    figures = {row.id: [found.get(row.id, 0) for found in own] for row in rows}
    parents = {row.id: row.parent_id for row in rows}
    _fold(figures, parents)
    return [Burden(row.name, *figures[row.id]) for row in rows if figures[row.id][0] >= FEW]


def _fold(figures: dict[int, list[int]], parents: Mapping[int, int | None]) -> None:
    """Add the figures of small units to the unit above, from below upwards."""
    for number in sorted(parents, key=lambda one: -_depth(one, parents)):
        above, mine = parents[number], figures[number]
        if above is not None and 0 < mine[0] < FEW:
            figures[above] = [a + b for a, b in zip(figures[above], mine, strict=True)]
            figures[number] = [0] * len(mine)


def _depth(number: int, parents: Mapping[int, int | None]) -> int:
    return sum(1 for _ in _chain(number, parents))


def _chain(number: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    above = parents.get(number)
    while above is not None:
        yield above
        above = parents.get(above)


def _people(connection: Connection) -> Mapping[int, int]:
    here = (Person.left_on.is_(None), Person.training.is_(False))
    return _pairs(connection, select(Person.unit_id, func.count()).where(*here).group_by(Person.unit_id))


def _count(connection: Connection, what: Counted, start: datetime, end: datetime) -> Mapping[int, int]:
    statement = select(Person.unit_id, what.figure).join(what.table, what.table.person_id == Person.id)
    between = (what.when >= start, what.when < end, *what.where)
    return _pairs(connection, statement.where(*between).group_by(Person.unit_id))


def _pairs(connection: Connection, statement: Select[*tuple[Any, ...]]) -> Mapping[int, int]:
    return {row[0]: int(row[1] or 0) for row in connection.execute(statement)}


_PUSHED = (OutboxMessage.state.in_(SENT), OutboxMessage.kind.in_(REMINDERS))
_MADE = (Entry.state != "withdrawn", Entry.training.is_(False))
COUNTS = (
    Counted(OutboxMessage, OutboxMessage.done_at, func.count(), _PUSHED),
    Counted(Question, Question.asked_at, func.count()),
    Counted(Entry, Entry.made_at, func.count(), _MADE),
    Counted(Message, Message.received_at, func.sum(Message.characters), (Message.intent == "check_in",)),
)
