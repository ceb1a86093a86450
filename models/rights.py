"""What a person may ask of their own data: what is held, who looked, erase what may be erased."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select, update

from models.audit import Look
from models.people import Account, Person
from models.records import Entry, Message
from models.units import Unit


class Held(NamedTuple):
    """How much is held of a person."""

    messages: int
    entries: int
    looks: int


class Viewed(NamedTuple):
    """One look at a person."""

    at: datetime
    name: str
    unit: str
    what: str


class Identity(NamedTuple):
    """A person's row of the roster."""

    name: str
    post: str
    title: str
    joined_on: date | None
    phone: str
    email: str
    wechat: str


def held(connection: Connection, person_id: int) -> Held:
    """Counts of what is held."""
    counts = [
        connection.execute(select(func.count()).where(column == person_id)).scalar_one()
        for column in (Message.person_id, Entry.person_id, Look.person_id)
    ]
    return Held(*counts)


def viewers(connection: Connection, person_id: int, limit: int | None = 20, first: int = 0) -> list[Viewed]:
    """Who looked at a person, the newest first."""
    statement = (
        select(Look.at, Person.name, Unit.name, Look.what)
        .join(Person, Person.id == Look.viewer_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Look.person_id == person_id, Look.granted.is_(True))
        .order_by(Look.id.desc())
        .offset(first)
        .limit(limit)
    )
    return [Viewed._make(row) for row in connection.execute(statement)]


def identity(connection: Connection, person_id: int) -> Identity:
    """What the roster holds of a person; telephone, e-mail and WeChat id are still encrypted."""
    columns = [getattr(Person, name) for name in Identity._fields]
    return Identity._make(connection.execute(select(*columns).where(Person.id == person_id)).one())


def words(connection: Connection, person_id: int) -> list[tuple[datetime, str]]:
    """What a person said in chat, as far as it was kept: masked, the newest first."""
    said = select(Message.said_at, Message.text).where(Message.person_id == person_id, Message.text != "")
    return [(row.said_at, row.text) for row in connection.execute(said.order_by(Message.id.desc()))]


def erase(connection: Connection, person_id: int) -> int:
    """Drop the words of all messages and what the person need not have given; gives how many messages were cleared."""
    cleared = update(Message).where(Message.person_id == person_id, Message.text != "").values(text="")
    gone: int = connection.execute(cleared).rowcount
    connection.execute(update(Person).where(Person.id == person_id).values(email="", wechat=""))
    return gone


def leave(connection: Connection, person_id: int) -> None:
    """Undo the binding of all accounts of a person."""
    connection.execute(update(Account).where(Account.person_id == person_id).values(person_id=None))
