"""A person's own entries for looking through: filtered, a page at a time, withdrawn ones where they are wanted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select
from sqlalchemy.orm import aliased

from models.people import Person
from models.records import Entry, EntryChange
from models.units import Unit


class OwnRecord(NamedTuple):
    """One entry as its owner sees it; `recorder` is who wrote it for them, `changes` how often it was changed."""

    id: int
    activity: str | None
    audience: str | None
    count: Decimal | None  # type: ignore[assignment] # a field is meant, not the tuple method
    start: date | None
    end: date | None
    attendance: int | None
    class_name: str | None
    text: str | None
    state: str
    made_at: datetime
    place: str | None
    recorder: str | None
    changes: int


class Change(NamedTuple):
    """One step in an entry's life: when, by whom, what it was before and after."""

    at: datetime
    kind: str
    by: str | None
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of a kind, touching some days, in a state (all but withdrawn where none is named), or these alone."""

    activity: str = ""
    start: date | None = None
    end: date | None = None
    state: str = ""
    ids: Collection[int] | None = None


def how_many(connection: Connection, person_id: int, training: bool, wanted: Wanted) -> int:
    """How many entries there are of those wanted."""
    return connection.execute(select(func.count()).where(*_where(person_id, training, wanted))).scalar_one()


def own_records(
    connection: Connection, person_id: int, training: bool, wanted: Wanted, first: int = 0, most: int | None = None
) -> list[OwnRecord]:
    """Entries wanted, the newest day first."""
    school, recorder = aliased(Unit), aliased(Person)
    changes = select(func.count()).where(EntryChange.entry_id == Entry.id).scalar_subquery()
    plain = [getattr(Entry, name) for name in OwnRecord._fields[:-3]]
    place = func.coalesce(Entry.place, school.name).label("place")
    statement = (
        select(*plain, place, recorder.name.label("recorder"), changes.label("changes"))
        .select_from(Entry)
        .outerjoin(school, school.id == Entry.school_id)
        .outerjoin(recorder, and_(recorder.id == Entry.recorder_id, recorder.id != Entry.person_id))
        .where(*_where(person_id, training, wanted))
        .order_by(Entry.start.is_(None).desc(), Entry.start.desc(), Entry.id.desc())
        .offset(first)
        .limit(most)
    )
    return [OwnRecord._make(row) for row in connection.execute(statement)]


def _where(person_id: int, training: bool, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    return [
        Entry.person_id == person_id,
        Entry.training.is_(training),
        *([Entry.activity == wanted.activity] if wanted.activity else []),
        *([or_(Entry.end >= wanted.start, Entry.end.is_(None))] if wanted.start else []),
        *([or_(Entry.start <= wanted.end, Entry.start.is_(None))] if wanted.end else []),
        *([Entry.id.in_(wanted.ids)] if wanted.ids is not None else []),
        Entry.state == wanted.state if wanted.state else Entry.state != "withdrawn",
    ]


def history(connection: Connection, entry_id: int) -> list[Change]:
    """What became of an entry, the newest first."""
    columns = (EntryChange.at, EntryChange.kind, Person.name, EntryChange.before, EntryChange.after)
    joined = select(*columns).outerjoin(Person, Person.id == EntryChange.person_id)
    steps = joined.where(EntryChange.entry_id == entry_id).order_by(EntryChange.id.desc())
    return [Change._make(row) for row in connection.execute(steps)]
