"""The ledger of problems: raised, told to whom, answered, closed, and told back to the one who raised it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from models.items import Item, ItemEvent
from models.people import Person
from models.units import Unit

OPEN = ("open", "forwarded", "reopened")
STATES = {"open": "待办", "forwarded": "已转办", "reopened": "重新打开", "resolved": "已解决", "withdrawn": "已撤销"}


class Problem(NamedTuple):
    """One problem of the ledger."""

    id: int
    text: str
    status: str
    raised_at: datetime
    person_id: int | None
    person: str
    unit: str
    path: str
    holder_id: int | None = None  # who took over the post, and hears the answer


_COLUMNS = (
    Item.id,
    Item.text,
    Item.status,
    Item.made_at,
    Item.person_id,
    Person.name,
    Unit.name,
    Unit.path,
    Item.data["holder"].as_integer(),
)


def problems(connection: Connection, path: str, *, only_open: bool = True) -> list[Problem]:
    """The problems of a unit and of all below it, the open ones first, the oldest first."""
    wanted = [Item.kind == "issue", Unit.path.startswith(path, autoescape=True), Item.status != "withdrawn"]
    if only_open:
        wanted.append(Item.status.in_(OPEN))
    done = case((Item.status == "resolved", 1), else_=0)
    return _read(connection, wanted, done)


def problem(connection: Connection, number: int, path: str) -> Problem | None:
    """One problem by its number, within a unit and below."""
    wanted = [Item.kind == "issue", Item.id == number, Unit.path.startswith(path, autoescape=True)]
    return next(iter(_read(connection, wanted, case((Item.status == "resolved", 1), else_=0))), None)


def problems_page(connection: Connection, path: str, states: Collection[str], first: int, many: int) -> list[Problem]:
    """So many problems of these states from a place on, the newest first."""
    here = (Item.kind == "issue", Unit.path.startswith(path, autoescape=True), Item.status.in_(states))
    rows = connection.execute(_statement(here).order_by(Item.id.desc()).offset(first).limit(many))
    return [Problem._make(row) for row in rows]


def count_problems(connection: Connection, path: str) -> dict[str, int]:
    """How many problems of a unit and of all below it are in each state."""
    here = (Item.kind == "issue", Unit.path.startswith(path, autoescape=True))
    statement = select(Item.status, func.count()).join(Unit, Unit.id == Item.unit_id).where(*here)
    return {row[0]: row[1] for row in connection.execute(statement.group_by(Item.status))}


class Event(NamedTuple):
    """One step of a problem with who took it."""

    at: datetime
    status: str
    text: str
    person: str | None
    unit: str | None


def history(connection: Connection, number: int) -> list[Event]:
    """What was done about one problem, in order."""
    columns = (ItemEvent.at, ItemEvent.status, ItemEvent.text, Person.name, Unit.name)
    statement = select(*columns).outerjoin(Person, Person.id == ItemEvent.person_id)
    statement = statement.outerjoin(Unit, Unit.id == Person.unit_id).where(ItemEvent.item_id == number)
    rows = connection.execute(statement.where(ItemEvent.kind != "opened").order_by(ItemEvent.id))
    return [Event._make(row) for row in rows]


def raised_by(connection: Connection, person_id: int) -> list[Problem]:
    """What one person raised, or took over with a post; the open ones first, the oldest first."""
    theirs = or_(Item.person_id == person_id, Item.data["holder"].as_integer() == person_id)
    return _read(
        connection,
        [Item.kind == "issue", Item.status != "withdrawn", theirs],
        case((Item.status == "resolved", 1), else_=0),
    )


def problems_of(connection: Connection, person_id: int, start: date, end: date) -> list[str]:
    """What one person raised within some days, the oldest first."""
    mine = (Item.kind == "issue", Item.person_id == person_id, Item.status != "withdrawn", Item.day.between(start, end))
    return list(connection.execute(select(Item.text).where(*mine).order_by(Item.id)).scalars())


def _read(connection: Connection, wanted: list[ColumnElement[bool]], order: ColumnElement[Any]) -> list[Problem]:
    return [Problem._make(row) for row in connection.execute(_statement(wanted).order_by(order, Item.id))]


def _statement(wanted: Iterable[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    statement = select(*_COLUMNS).join(Unit, Unit.id == Item.unit_id).outerjoin(Person, Person.id == Item.person_id)
    return statement.where(*wanted)


class Step(NamedTuple):
    """One step of a problem's way."""

    item_id: int
    at: datetime
    status: str
    text: str


def steps(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Step]]:
    """What was done about problems after they were raised, in order."""
    columns = (ItemEvent.item_id, ItemEvent.at, ItemEvent.status, ItemEvent.text)
    wanted = (ItemEvent.item_id.in_(numbers), ItemEvent.kind != "opened")
    rows = connection.execute(select(*columns).where(*wanted).order_by(ItemEvent.id)) if numbers else ()
    found: dict[int, list[Step]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Step._make(row))
    return found
