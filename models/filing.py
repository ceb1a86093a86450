"""Hand-ins as they are filed: drafted, rows confirmed by the units below, confirmed and frozen, marked as sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, union_all, update

from models.calendar import Calendar
from models.completion import Row
from models.context import DEFAULT_POLICY
from models.hand_ins import Due, dues, hand_ins_for
from models.items import Item
from models.journal import Actor
from models.policy import HandIn, Policy
from models.records import Entry, EntryChange
from models.refusal import Refusal
from models.team import UnitRow
from models.units import School, Unit
from models.workdays import DAY
from models.works import Work, step

HAND_IN, ROW = "hand_in", "hand_in_row"


class Office(NamedTuple):
    """A unit with what decides its dated duties."""

    id: int
    name: str
    path: str
    level: str
    policies: tuple[str, ...]
    lead_days: int
    parent_id: int | None

    @property
    def row(self) -> UnitRow:
        """The unit as lists show it."""
        return UnitRow(self.id, self.name, self.path)


def offices(connection: Connection, ids: Sequence[int] = ()) -> list[Office]:
    """Committees in the official order: these, or all that are not at practice."""
    columns = (Unit.id, Unit.name, Unit.path, Unit.level, Unit.policies, Unit.lead_days, Unit.parent_id)
    statement = select(*columns).outerjoin(School, School.unit_id == Unit.id).where(School.unit_id.is_(None))
    wanted = Unit.id.in_(ids) if ids else Unit.training.is_(False)
    rows = connection.execute(statement.where(wanted).order_by(Unit.position, Unit.id))
    return [Office(*row[:4], tuple((row[4] or DEFAULT_POLICY).split()), *row[5:]) for row in rows]


def office(connection: Connection, unit_id: int) -> Office:
    """One unit, be it a committee or a school."""
    columns = (Unit.id, Unit.name, Unit.path, Unit.level, Unit.policies, Unit.lead_days, Unit.parent_id)
    row = connection.execute(select(*columns).where(Unit.id == unit_id)).one()
    return Office(*row[:4], tuple((row[4] or DEFAULT_POLICY).split()), *row[5:])


def duties(policies: Mapping[str, Policy], office: Office, calendar: Calendar, today: date) -> list[Due]:
    """All that the unit hands in about now: from a year back to the end of this one, in order of their days."""
    asked = hand_ins_for(policies, office.policies, office.level)
    years = (today.year - 1, today.year)
    found = [due for one in asked for year in years for due in dues(one, year, calendar, office.lead_days)]
    return sorted(found, key=lambda due: (due.due, due.hand_in.id))


def opens(due: Due) -> date:
    """The first day on which it may be confirmed: the span is over, or its draft or first reminder has come."""
    return min([due.last + DAY, due.draft, *due.reminders])


def policy_of(policies: Mapping[str, Policy], hand_in: HandIn) -> Policy:
    """The document that asks for a hand-in."""
    return next(policy for policy in policies.values() if hand_in in policy.hand_ins)


_COLUMNS = [getattr(Item, name) for name in Work._fields]


def filed(connection: Connection, unit_id: int, due: Due) -> Work | None:
    """The unit's hand-in of a period, where one was begun."""
    mine = (Item.kind == HAND_IN, Item.unit_id == unit_id, Item.title == due.hand_in.id, Item.period == due.period)
    row = connection.execute(select(*_COLUMNS).where(*mine).order_by(Item.id.desc()).limit(1)).first()
    return Work._make(row) if row else None


def filed_by(connection: Connection, unit_id: int) -> dict[tuple[str, str], Work]:
    """All that a unit has begun to hand in, by the hand-in and its period."""
    mine = (Item.kind == HAND_IN, Item.unit_id == unit_id)
    works = (Work._make(row) for row in connection.execute(select(*_COLUMNS).where(*mine).order_by(Item.id)))
    return {(work.title, work.period): work for work in works}


def open_draft(connection: Connection, unit_id: int, due: Due, rows: Sequence[Row], now: datetime) -> int:
    """Begin a hand-in with the figures of the moment; gives its number."""
    values = {
        "kind": HAND_IN,
        "unit_id": unit_id,
        "title": due.hand_in.id,
        "period": due.period,
        "status": "draft",
        "due_at": due.due_at,
        "day": due.last,
        "data": {"rows": list(rows)},
        "made_at": now,
    }
    number: int = connection.execute(insert(Item).values(**values).returning(Item.id)).scalar_one()
    return number


def freeze(connection: Connection, actor: Actor, item_id: int, rows: Sequence[Row]) -> None:
    """Confirm: these figures stay as they are, whatever is put right later; raises Refusal where somebody was first."""
    draft = update(Item).where(Item.id == item_id, Item.status == "draft")
    if connection.execute(draft.values(status="confirmed")).rowcount == 0:
        raise Refusal("这一期刚刚已经定稿，数不再变。回“报送情况”看看。")
    data = {"rows": list(rows), "frozen_at": actor.at.isoformat(), "by": actor.person_id}
    step(connection, actor, item_id, "confirmed", "confirmed", "", {"data": data}, data)


def confirm_row(connection: Connection, actor: Actor, unit_id: int, due: Due, row: Row) -> None:
    """A unit below stands by its row; said again, the newer figures hold."""
    values = {
        "kind": ROW,
        "unit_id": unit_id,
        "title": due.hand_in.id,
        "period": due.period,
        "person_id": actor.person_id,
    }
    connection.execute(
        insert(Item).values(**values, status="confirmed", data={"row": row}, made_at=actor.at, day=due.last)
    )


def confirmed_rows(connection: Connection, path: str, due: Due) -> frozenset[int]:
    """Which units below have confirmed."""
    mine = (Item.kind == ROW, Item.title == due.hand_in.id, Item.period == due.period)
    below = Unit.path.startswith(path, autoescape=True)
    rows = connection.execute(select(Item.unit_id).join(Unit, Unit.id == Item.unit_id).where(*mine, below))
    return frozenset(rows.scalars())


class Correction(NamedTuple):
    """What was put right, or added, after the figures were frozen: in one unit, of one kind."""

    unit: str
    activity: str | None
    audience: str | None
    changes: int


def corrections(connection: Connection, path: str, last: date, since: datetime) -> list[Correction]:
    """Changes since a moment of records of days up to the last of a span, unit by unit in the official order."""
    old = (Entry.end <= last, Entry.training.is_(False))
    late = select(Entry.id).where(*old, Entry.made_at > since, Entry.state == "active")
    changed = select(EntryChange.entry_id).join(Entry, Entry.id == EntryChange.entry_id)
    changed = changed.where(Entry.end <= last, Entry.training.is_(False), EntryChange.at > since)
    touched = union_all(late, changed.where(Entry.made_at <= since)).subquery()
    statement = (
        select(Unit.name, Entry.activity, Entry.audience, func.count())
        .select_from(touched)
        .join(Entry, Entry.id == touched.c[0])
        .join(Unit, Unit.id == Entry.unit_id)
        .where(Unit.path.startswith(path, autoescape=True))
        .group_by(Unit.position, Unit.id, Unit.name, Entry.activity, Entry.audience)
        .order_by(Unit.position, Unit.id)
    )
    return [Correction._make(row) for row in connection.execute(statement)]
