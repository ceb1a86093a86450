"""A post handed over: from whom, to whom, from which day; what was done stays with the one who did it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select
from sqlalchemy.orm import aliased

from models.colleagues import Colleague
from models.items import Item
from models.journal import Actor
from models.people import Person
from models.refusal import Refusal
from models.turns import take_turn
from models.units import Unit
from models.works import open_work, step

KIND = "handover"
PLANNED, DONE, CANCELLED = "planned", "done", "cancelled"
BACK, AHEAD = timedelta(days=31), timedelta(days=180)


class Handover(NamedTuple):
    """One post on its way from one person to another."""

    id: int
    giver_id: int
    giver: str
    taker_id: int
    taker: str
    unit_id: int
    path: str
    day: date
    leaves: bool
    with_schools: bool
    status: str


class Wanted(NamedTuple):
    """What an administrator asks for: `leaves` whether the giver leaves the roster that day."""

    giver: Colleague
    taker: Colleague
    day: date
    leaves: bool
    with_schools: bool


def plan(connection: Connection, actor: Actor, wanted: Wanted, today: date) -> int:
    """Keep that a post goes over on a day; raises Refusal where it cannot. Due already, it is for the caller to do."""
    take_turn(connection, (wanted.giver.id, wanted.taker.id))
    _check(connection, wanted, today)
    data = {"taker": wanted.taker.id, "leaves": wanted.leaves, "schools": wanted.with_schools, "by": actor.person_id}
    whose = {"person_id": wanted.giver.id, "unit_id": wanted.giver.unit_id}
    return open_work(connection, actor, KIND, status=PLANNED, day=wanted.day, data=data, **whose)


def _check(connection: Connection, wanted: Wanted, today: date) -> None:
    if wanted.giver.id == wanted.taker.id:
        raise Refusal("交出和接手不能是同一个人。")
    if wanted.giver.unit_id != wanted.taker.unit_id:
        raise Refusal(f"{wanted.taker.name}不在{wanted.giver.unit}，先把人调进来再交接。")
    if not today - BACK <= wanted.day <= today + AHEAD:
        raise Refusal("交接日期请选前一个月到后半年之内的一天。")
    mine = (Item.kind == KIND, Item.person_id == wanted.giver.id, Item.status == PLANNED)
    same = (
        Item.person_id == wanted.giver.id,
        Item.day == wanted.day,
        Item.data["taker"].as_integer() == wanted.taker.id,
    )
    if connection.scalar(select(Item.id).where(Item.kind == KIND, Item.status == DONE, *same).limit(1)) is not None:
        raise Refusal("这次交接已经办过了。")
    if connection.scalar(select(Item.id).where(*mine).limit(1)) is not None:
        raise Refusal(f"{wanted.giver.name}已经登记了一次交接，要改请先取消那一次。")


def cancel(connection: Connection, actor: Actor, one: Handover) -> None:
    """Take back a hand-over that is not due yet."""
    status = connection.scalar(select(Item.status).where(Item.id == one.id).with_for_update())
    if status != PLANNED:
        raise Refusal("这次交接已经办完，不能取消；要换回来，请再登记一次交接。")
    step(connection, actor, one.id, CANCELLED, CANCELLED)


def planned(connection: Connection, path: str) -> list[Handover]:
    """What is still to come, of the people of a unit and below, by day."""
    here = (Item.status == PLANNED, Unit.path.startswith(path, autoescape=True))
    return _read(connection, _rows().where(*here).order_by(Item.day, Item.id))


def due(connection: Connection, today: date) -> list[Handover]:
    """What the day has come for, locked against another clock that would do it too."""
    mine = _rows().where(Item.status == PLANNED, Item.day <= today).order_by(Item.day, Item.id)
    return _read(connection, mine.with_for_update(of=Item))


def handover(connection: Connection, number: int, path: str) -> Handover | None:
    """One hand-over by its number, within a unit and below."""
    here = (Item.id == number, Unit.path.startswith(path, autoescape=True))
    return next(iter(_read(connection, _rows().where(*here))), None)


def _rows() -> Select[Any]:
    giver, taker = aliased(Person), aliased(Person)
    return (
        select(
            Item.id, giver.id, giver.name, taker.id, taker.name, Unit.id, Unit.path, Item.day, Item.data, Item.status
        )
        .join(giver, giver.id == Item.person_id)
        .join(taker, taker.id == Item.data["taker"].as_integer())
        .join(Unit, Unit.id == giver.unit_id)
        .where(Item.kind == KIND)
    )


def _read(connection: Connection, statement: Select[Any]) -> list[Handover]:
    return [_one(*row) for row in connection.execute(statement)]


def _one(*row: Any) -> Handover:
    *who, data, status = row
    return Handover._make((*who, bool(data["leaves"]), bool(data["schools"]), status))


def by_clock(one: Handover, moment: datetime) -> Actor:
    """Who changes records when nobody is at the keyboard: the giver, whose post it is."""
    return Actor(one.giver_id, one.unit_id, None, moment)
