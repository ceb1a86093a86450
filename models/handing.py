"""What goes over with a post on the day: roles, schools, open problems, the year's task list, focus classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from models import journal
from models.handover import DONE, Handover
from models.items import Item
from models.journal import Actor
from models.ledger import OPEN
from models.links import class_key
from models.people import ROLES, Assignment, Person
from models.records import Entry
from models.roster_codes import end_codes
from models.settling import submitted
from models.tasklists import LIVE
from models.units import Unit
from models.works import latest, open_work, step

CADRE = "cadre"


@dataclass(frozen=True, slots=True)
class Handed:
    """What went over, for the words to both."""

    roles: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    problems: int = 0
    task_list: str = ""
    classes: tuple[str, ...] = ()
    drafts: int = 0
    approvals: int = 0


def hand_over(connection: Connection, actor: Actor, one: Handover) -> Handed:
    """Do what the day has come for; entries, papers and figures of the giver stay theirs."""
    classes = _classes(connection, actor, one)  # before the schools end, at which they are
    schools = _schools(connection, one) if one.with_schools else ()
    roles = _roles(connection, one)
    handed = Handed(
        roles=roles,
        schools=schools,
        problems=_problems(connection, actor, one),
        task_list=_task_list(connection, actor, one),
        classes=classes,
        drafts=_drafts(connection, one) if "unit_admin" in roles else 0,
        approvals=len(submitted(connection, one.path)) if "approver" in roles else 0,
    )
    step(connection, actor, one.id, DONE, DONE, data={"roles": list(roles), "problems": handed.problems})
    return handed


def _roles(connection: Connection, one: Handover) -> tuple[str, ...]:
    """The taker gets every role of the giver, who keeps none but the work at schools."""
    held = _held_roles(connection, one.giver_id)
    both = held | _held_roles(connection, one.taker_id)
    _set(connection, one.taker_id, roles=" ".join(role for role in ROLES if role in both))
    gone: dict[str, Any] = {"left_on": one.day, "wecom": None} if one.leaves else {}
    kept = held if one.leaves else held & {CADRE} or {CADRE}
    _set(connection, one.giver_id, roles=" ".join(role for role in ROLES if role in kept), **gone)
    if one.leaves:
        end_codes(connection, [one.giver_id])
    return tuple(role for role in ROLES if role in held - {CADRE})


def _held_roles(connection: Connection, person_id: int) -> set[str]:
    return set((connection.scalar(select(Person.roles).where(Person.id == person_id)) or "").split())


def _set(connection: Connection, person_id: int, **values: Any) -> None:
    connection.execute(update(Person).where(Person.id == person_id).values(**values))


def _schools(connection: Connection, one: Handover) -> tuple[str, ...]:
    """The giver's schools of the day become the taker's; whoever has a school of the kind already keeps it beside."""
    held = _assigned(connection, one.giver_id, one.day)
    known = {row.school_id for row in _assigned(connection, one.taker_id, one.day)}
    for row in held:
        ended = {"end": max(one.day, row.start)}
        connection.execute(update(Assignment).where(Assignment.id == row.id).values(**ended))
    reason = f"接{one.giver}"
    fresh = [row for row in held if row.school_id not in known]
    rows = [
        {"person_id": one.taker_id, "school_id": row.school_id, "kind": row.kind, "start": one.day, "reason": reason}
        for row in fresh
    ]
    if rows:
        connection.execute(insert(Assignment), rows)
    return tuple(row.name for row in held)


def _assigned(connection: Connection, person_id: int, day: date) -> list[Any]:
    columns = (Assignment.id, Assignment.school_id, Unit.name, Assignment.kind, Assignment.start)
    open_ones = (Assignment.person_id == person_id, or_(Assignment.end.is_(None), Assignment.end > day))
    statement = select(*columns).join(Unit, Unit.id == Assignment.school_id).where(*open_ones)
    return list(connection.execute(statement.order_by(Assignment.id)))


def _problems(connection: Connection, actor: Actor, one: Handover) -> int:
    """Open problems stay the giver's to have raised; the answers go to the taker."""
    mine = (Item.kind == "issue", Item.person_id == one.giver_id, Item.status.in_(OPEN))
    rows = connection.execute(select(Item.id, Item.data).where(*mine).order_by(Item.id)).all()
    for number, data in rows:
        changed = {"data": {**data, "holder": one.taker_id}}
        step(connection, actor, number, KIND_STEP, text=f"由{one.taker}接手", changes=changed)
    return len(rows)


KIND_STEP = "handed_over"


def _task_list(connection: Connection, actor: Actor, one: Handover) -> str:
    """The year's list as a draft of the taker's own, unless there is one; gives its year."""
    year = str(one.day.year)
    theirs = latest(connection, one.giver_id, ("task_list",), LIVE, year)
    if theirs is None or latest(connection, one.taker_id, ("task_list",), LIVE, year):
        return ""
    data = {"lines": theirs.data["lines"], "from": theirs.id}
    whose = {"person_id": one.taker_id, "unit_id": one.unit_id}
    open_work(connection, actor, "task_list", status="draft", period=year, data=data, **whose)
    return year


def _classes(connection: Connection, actor: Actor, one: Handover) -> tuple[str, ...]:
    """Focus classes with their sizes; whom the taker reaches there is counted from nought."""
    known = _sizes(connection, one.taker_id)
    fresh = {key: row for key, row in _sizes(connection, one.giver_id).items() if key not in known}
    rows = [_class_row(row, one.day) for row in fresh.values()]
    taker = Actor(one.taker_id, one.unit_id, actor.message_id, actor.at)
    journal.add_entries(connection, taker, rows)
    return tuple(row["class_name"] or "团学干部" for row in rows)


def _sizes(connection: Connection, person_id: int) -> dict[tuple[int | None, str], Mapping[str, Any]]:
    """The newest statement of each class's size."""
    columns = (Entry.school_id, Entry.class_name, Entry.audience, Entry.of)
    mine = (Entry.person_id == person_id, Entry.activity == "coverage", Entry.state == "active")
    sized = (Entry.of.is_not(None), Entry.training.is_(False))
    rows = connection.execute(select(*columns).where(*mine, *sized).order_by(Entry.id)).mappings()
    return {(row["school_id"], class_key(row["class_name"] or "")): dict(row) for row in rows}


def _class_row(row: Mapping[str, Any], day: date) -> dict[str, Any]:
    return {"activity": "coverage", "count": 0, "start": day, "end": day, **row}


def _drafts(connection: Connection, one: Handover) -> int:
    """Hand-ins of the unit that wait to be confirmed; they are the unit's, so they need not be moved."""
    mine = (Item.kind == "hand_in", Item.unit_id == one.unit_id, Item.status == "draft")
    return len(connection.execute(select(Item.id).where(*mine)).all())
