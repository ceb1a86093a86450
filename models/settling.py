"""What was handed in to an approver: found, accepted or returned with a comment, by chat and by page alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from models.items import Item
from models.journal import Actor
from models.notices import tell
from models.people import Assignment, Person
from models.refusal import Refusal
from models.units import Unit
from models.works import Work, latest, step

NAMES = {"task_list": "任务清单", "report": "调研报告", "case": "工作案例", "school_change": "换蹲点学校的申请"}
DONE = {"report": "accepted", "case": "accepted", "task_list": "approved", "school_change": "approved"}


@dataclass(frozen=True, slots=True)
class Ruling:
    """An approver's decision on something handed in."""

    actor: Actor
    work: Work
    yes: bool
    comment: str
    today: date

    @property
    def said(self) -> str:
        """The decision in words, as the person hears it."""
        title = f"《{self.work.title}》" if self.work.title else ""
        comment = f"，意见：{self.comment}" if self.comment else ""
        return f"{NAMES[self.work.kind]}{title}{'已通过' if self.yes else '已退回'}{comment}"


def settle(connection: Connection, ruling: Ruling) -> None:
    """Accept or return; the person hears of both. Raises Refusal before anything is written."""
    work, actor = ruling.work, ruling.actor
    _check(ruling)
    _check_waiting(connection, work)
    if ruling.yes and work.kind == "task_list":
        _replace_older(connection, ruling)
    status = DONE[work.kind] if ruling.yes else "returned"
    data = {**work.data, "comment": ruling.comment}
    step(connection, actor, work.id, status, status, ruling.comment, {"data": data})
    if ruling.yes and work.kind == "school_change":
        _change_school(connection, ruling)
    mark = actor.message_id or f"{actor.at.timestamp():.0f}"
    if work.person_id is not None:
        tell(connection, [work.person_id], f"approve:{work.id}:{mark}", f"你的{ruling.said}。", actor.at)


def _check(ruling: Ruling) -> None:
    work, approver = ruling.work, ruling.actor.person_id
    if work.person_id == approver:
        raise Refusal("自己的要由别的审批人来审定。")
    if ruling.yes and work.data.get("proposed_by") == approver:
        raise Refusal("你自己提出的安排，要由别的审批人来审定。")
    if not ruling.yes and not ruling.comment:
        raise Refusal("退回要写一句意见，好让对方知道怎么改。")


def _check_waiting(connection: Connection, work: Work) -> None:
    """It still waits; whoever decides at the same moment waits until this is done."""
    status = connection.scalar(select(Item.status).where(Item.id == work.id).with_for_update())
    if status != "submitted":
        raise Refusal("这一份刚刚已经审定过了。")


def _replace_older(connection: Connection, ruling: Ruling) -> None:
    work = ruling.work
    older = latest(connection, work.person_id or 0, ("task_list",), ("approved",), work.period)
    if older:
        step(connection, ruling.actor, older.id, "replaced", "replaced")


def _change_school(connection: Connection, ruling: Ruling) -> None:
    """End the present assignment and begin the one that was asked for."""
    work, today = ruling.work, ruling.today
    mine = (Assignment.person_id == work.person_id, Assignment.end.is_(None), Assignment.kind == "own")
    connection.execute(update(Assignment).where(*mine).values(end=today))
    row = {"person_id": work.person_id, "school_id": work.data["school_id"], "start": today}
    connection.execute(insert(Assignment).values(reason=work.text, approved_by=ruling.actor.person_id, **row))


class Waiting(NamedTuple):
    """Something that waits for an approver."""

    work: Work
    name: str
    unit: str


_COLUMNS = [getattr(Item, name) for name in Work._fields]


def submitted(connection: Connection, path: str, kinds: Collection[str] = tuple(NAMES)) -> list[Waiting]:
    """All that waits within a unit and below, the oldest first."""
    statement = select(Person.name, Unit.name, *_COLUMNS).join(Person, Person.id == Item.person_id)
    here = (Unit.path.startswith(path, autoescape=True), Item.kind.in_(kinds), Item.status == "submitted")
    rows = connection.execute(statement.join(Unit, Unit.id == Person.unit_id).where(*here).order_by(Item.id))
    return [Waiting(Work._make(row[2:]), row[0], row[1]) for row in rows]
