"""A unit's year as it is to be kept: every table that an archive holds, with adults only, and of pupils only numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, extract, or_, select
from sqlalchemy.orm import aliased

from models.calendars import CalendarOf
from models.completion import SUMS, Line, Span, lines_of_each
from models.items import Item, ItemEvent
from models.listing import KEYS, UnitFound, records
from models.people import Assignment, Person
from models.policy import Policy
from models.progress import plain
from models.units import Unit

WORKS = ("report", "case", "key_task", "task_list", "school_change", "goal")


class Table(NamedTuple):
    """One table of an archive: its name, its columns, its rows."""

    name: str
    keys: tuple[str, ...]
    rows: Iterable[tuple[object, ...]]


class Kept(NamedTuple):
    """What an archive is of."""

    unit: UnitFound
    year: int

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, 12, 31)


def tables(
    connection: Connection, policies: Mapping[str, Policy], calendar_of: CalendarOf, kept: Kept, today: date
) -> Iterator[Table]:
    """Every table, one after another."""
    yield Table("people", ("person_id", "person", "unit", "post"), _people(connection, kept))
    yield Table("schools", ("person_id", "person", "school", "start", "end", "reason"), _schools(connection, kept))
    yield Table("entries", KEYS, records(connection, kept.first, kept.last, kept.unit))
    yield from _completion(connection, policies, calendar_of, kept, today)
    yield Table("works", _WORK_KEYS, _items(connection, kept, WORKS))
    yield Table("problems", _WORK_KEYS, _items(connection, kept, ("issue",)))
    yield Table("steps", ("item_id", "at", "person", "step", "status", "words"), _steps(connection, kept))
    yield from _hand_ins(connection, kept)


def _completion(
    connection: Connection, policies: Mapping[str, Policy], calendar_of: CalendarOf, kept: Kept, today: date
) -> Iterator[Table]:
    """Where everybody stood at the end of the year, by document, and the sums of the year, which the first pass brings."""
    sums: list[tuple[object, ...]] = []
    spans = [Span(policy, kept.first, min(kept.last, today)) for policy in policies.values()]
    found = lines_of_each(connection, policies, calendar_of, spans, kept.unit.path)
    yield Table("goals", _GOAL_KEYS, _goals_of(found, sums))
    yield Table("sums", ("person_id", "person", *SUMS), sums)


def _goals_of(found: Iterable[dict[str, Line]], sums: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    for lines in found:
        for line in lines.values():
            yield from _goals(line)
        sums.extend(map(_sums, islice(lines.values(), 1)))  # they are the same, whatever the document


def _sums(line: Line) -> tuple[object, ...]:
    return line.who.bound.person_id, line.who.name, *map(plain, line.sums.values())


_GOAL_KEYS = ("person_id", "person", "unit", "rule", "title", "period", "done", "required", "met")


def _goals(line: Line) -> Iterator[tuple[object, ...]]:
    for one in line.standings:
        who = (line.who.bound.person_id, line.who.name, line.who.unit)
        yield (*who, one.rule.id, one.rule.title, one.period, plain(one.done), plain(one.required), one.met)


def _people(connection: Connection, kept: Kept) -> Iterator[tuple[object, ...]]:
    here = (_below(kept), or_(Person.left_on.is_(None), Person.left_on > kept.first))
    statement = select(Person.id, Person.name, Unit.name, Person.post).join(Unit, Unit.id == Person.unit_id)
    yield from map(tuple, connection.execute(statement.where(*here).order_by(Unit.position, Unit.id, Person.position)))


def _schools(connection: Connection, kept: Kept) -> Iterator[tuple[object, ...]]:
    school = aliased(Unit)
    held = (Assignment.start <= kept.last, or_(Assignment.end.is_(None), Assignment.end >= kept.first))
    columns = (Person.id, Person.name, school.name, Assignment.start, Assignment.end, Assignment.reason)
    statement = select(*columns).join(Person, Person.id == Assignment.person_id).join(Unit, Unit.id == Person.unit_id)
    statement = statement.join(school, school.id == Assignment.school_id)
    yield from map(tuple, connection.execute(statement.where(_below(kept), *held).order_by(Assignment.id)))


_WORK_KEYS = ("id", "kind", "unit", "person", "title", "text", "period", "status", "day")


def _of_year(kept: Kept) -> Any:
    return or_(
        Item.day.between(kept.first, kept.last), Item.day.is_(None) & (extract("year", Item.made_at) == kept.year)
    )


def _below(kept: Kept) -> Any:
    return Unit.path.startswith(kept.unit.path, autoescape=True)


def _items(connection: Connection, kept: Kept, kinds: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    columns = (Item.id, Item.kind, Unit.name, Person.name, Item.title, Item.text, Item.period, Item.status, Item.day)
    statement = select(*columns).join(Unit, Unit.id == Item.unit_id).outerjoin(Person, Person.id == Item.person_id)
    mine = statement.where(_below(kept), Item.kind.in_(kinds), _of_year(kept)).order_by(Item.id)
    yield from map(tuple, connection.execute(mine))


def _steps(connection: Connection, kept: Kept) -> Iterator[tuple[object, ...]]:
    columns = (ItemEvent.item_id, ItemEvent.at, Person.name, ItemEvent.kind, ItemEvent.status, ItemEvent.text)
    statement: Select[*tuple[Any, ...]] = select(*columns).join(Item, Item.id == ItemEvent.item_id)
    statement = statement.join(Unit, Unit.id == Item.unit_id).outerjoin(Person, Person.id == ItemEvent.person_id)
    wanted = (_below(kept), Item.kind.in_((*WORKS, "issue", "hand_in")), _of_year(kept))
    for number, at, *rest in connection.execute(statement.where(*wanted).order_by(ItemEvent.id)):
        yield number, at.isoformat(timespec="seconds"), *rest


def _hand_ins(connection: Connection, kept: Kept) -> Iterator[Table]:
    """Each hand-in as it was frozen."""
    statement = select(Item.title, Item.period, Item.status, Unit.name, Item.data).join(Unit, Unit.id == Item.unit_id)
    mine = (_below(kept), Item.kind == "hand_in", _of_year(kept))
    rows = [
        (title, period, status, unit, row["unit"], row["bound"], row["begun"], row["done"], *row["sums"].values())
        for title, period, status, unit, data in connection.execute(statement.where(*mine).order_by(Item.id))
        for row in data["rows"]
    ]
    yield Table("hand_ins", ("hand_in", "period", "status", "by", "unit", "bound", "begun", "done", *SUMS), rows)
