"""What waits in a unit and below: numbers for the weekly digest."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from models.helps import KIND as HELP
from models.items import Item
from models.ledger import OPEN
from models.people import Account, Person
from models.records import Entry
from models.units import Unit


class Waits(NamedTuple):
    """How many of each wait for somebody of the unit."""

    lists: int
    papers: int
    problems: int
    helps: int
    unjoined: int


def waits(connection: Connection, path: str) -> Waits:
    """What waits, in the unit at `path` and below."""
    here = Unit.path.startswith(path, autoescape=True)
    rows = connection.execute(
        select(Item.kind, Item.status, func.count(), func.count(Item.person_id.distinct()))
        .join(Unit, Unit.id == Item.unit_id)
        .where(here, Item.kind.in_(("task_list", "report", "case", "issue", HELP)))
        .group_by(Item.kind, Item.status)
    ).all()
    count = {(kind, status): number for kind, status, number, _ in rows}
    people = sum(row[3] for row in rows if row[:2] == (HELP, "open"))
    papers = count.get(("report", "submitted"), 0) + count.get(("case", "submitted"), 0)
    problems = sum(count.get(("issue", status), 0) for status in OPEN)
    return Waits(count.get(("task_list", "submitted"), 0), papers, problems, people, _unjoined(connection, path))


def _unjoined(connection: Connection, path: str) -> int:
    joined = select(Account.person_id).where(Account.person_id == Person.id).exists()
    here = (Unit.path.startswith(path, autoescape=True), Person.left_on.is_(None), Person.training.is_(False), ~joined)
    return connection.execute(select(func.count()).select_from(Person).join(Unit).where(*here)).scalar_one()


def recorded(connection: Connection, path: str, since: datetime) -> tuple[int, int]:
    """How many records were made since a moment, and by how many people."""
    columns = (func.count(), func.count(Entry.person_id.distinct()))
    mine = (Unit.path.startswith(path, autoescape=True), Entry.made_at >= since, Entry.state == "active")
    earnest = or_(Entry.training.is_(False), Entry.training.is_(None))
    row = connection.execute(select(*columns).join(Unit, Unit.id == Entry.unit_id).where(*mine, earnest)).one()
    return row[0], row[1]
