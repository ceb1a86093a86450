"""Spot checks: records drawn by a seed that gives the same draw again, asked about, answered, closed.

A draw is an item of kind `draw`, kept with its seed; each record drawn is one of kind `spot_check`, asked about once ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, cast, func, insert, or_, select

from models.items import Item, ItemEvent
from models.journal import Actor
from models.people import Person
from models.records import Entry
from models.units import Unit

DRAW, CHECK = "draw", "spot_check"
STATES = {
    "asked": "等本人答复",
    "confirmed": "本人核实属实，已办结",
    "corrected": "本人已更正，已办结",
    "answered": "本人有说明，等办结",
    "closed": "已办结",
    "withdrawn": "记录已由本人撤销，已办结",
}
WAITING = ("asked", "answered")
PRIME = 2**31 - 1


class Pool(NamedTuple):
    """Whose records of which days are drawn from; those of who draws are left out. With `only` somebody's alone."""

    path: str
    first: date
    last: date
    but: int
    today: date
    only: int | None = None


class Drawn(NamedTuple):
    """A draw: its seed, the records in their order, from how many they were drawn, and of which days."""

    id: int
    seed: int
    entries: tuple[int, ...]
    of: int
    first: date
    last: date


class Check(NamedTuple):
    """One record drawn, as it stands now, and how its check stands."""

    id: int
    status: str
    text: str
    made_at: datetime
    data: dict[str, Any]
    seed: str
    person_id: int
    name: str
    unit: str
    path: str
    entry_id: int
    activity: str | None
    audience: str | None
    count: Decimal | None  # type: ignore[assignment] # a field is meant, not the tuple method
    start: date | None
    end: date | None
    place: str | None
    state: str


def is_on(connection: Connection, unit_id: int) -> bool:
    """Whether the unit has switched spot checks on."""
    return bool(connection.execute(select(Unit.spot_check_on).where(Unit.id == unit_id)).scalar())


def draw_again(
    connection: Connection,
    unit_id: int,
    seed: int,
    days: tuple[date, date] | None = None,
    only: int | None = None,
) -> Drawn | None:
    """The newest draw that was made for a unit, or for one person, with this seed, of these days where they matter."""
    mine = (Item.kind == DRAW, Item.unit_id == unit_id, Item.title == str(seed))
    rows = connection.execute(select(Item.id, Item.data).where(*mine).order_by(Item.id.desc()))
    found = (_drawn(row.id, seed, row.data) for row in rows if row.data.get("only") == only)
    return next((one for one in found if days in (None, (one.first, one.last))), None)


def _drawn(number: int, seed: int, data: Mapping[str, Any]) -> Drawn:
    first, last = (date.fromisoformat(data[name]) for name in ("first", "last"))
    return Drawn(number, seed, tuple(data["entries"]), data["of"], first, last)


def draw(connection: Connection, actor: Actor, unit_id: int, pool: Pool, seed: int, count: int) -> Drawn:
    """Draw so many records by a seed, keep the draw, and open a check of each that was never checked."""
    ids = tuple(connection.execute(_picked(pool, seed, count)).scalars())
    of = connection.execute(select(func.count()).select_from(_pool(pool).subquery())).scalar_one()
    data = {"entries": list(ids), "of": of, "first": pool.first.isoformat(), "last": pool.last.isoformat()}
    data |= {"only": pool.only} if pool.only else {}
    row = {"kind": DRAW, "unit_id": unit_id, "person_id": actor.person_id, "title": str(seed), "made_at": actor.at}
    made = connection.execute(insert(Item).values(status="drawn", data=data, **row).returning(Item.id)).scalar_one()
    _open(connection, actor, ids, made, seed)
    return _drawn(made, seed, data)


def _pool(pool: Pool) -> Select[int]:
    here = (
        Unit.path.startswith(pool.path, autoescape=True),
        Person.id != pool.but,
        ~or_(Person.training, Unit.training),
        *([Person.id == pool.only] if pool.only else []),
    )
    days = (Entry.start >= pool.first, Entry.start <= pool.last)
    serves = or_(Person.left_on.is_(None), Person.left_on > pool.today)
    told = (Entry.state == "active", Entry.training.is_(False), Entry.activity != "issue")
    statement = select(Entry.id).join(Person, Person.id == Entry.person_id).join(Unit, Unit.id == Person.unit_id)
    return statement.where(*here, *days, serves, *told)


def _picked(pool: Pool, seed: int, count: int) -> Select[int]:
    return _pool(pool).order_by(_shuffled(seed), Entry.id).limit(count)


def _shuffled(seed: int) -> ColumnElement[int]:
    """A record's place in the shuffle: a cubic over a prime field whose coefficients come from the seed.

    Any four records stand in an order as good as random to each other, and every database reckons it alike.
    """
    digest = sha256(f"spot check {seed}".encode()).digest()
    first, *others = (int.from_bytes(digest[at : at + 4], "big") % PRIME for at in range(0, 16, 4))
    number = cast(Entry.id, BigInteger) % PRIME
    place: ColumnElement[int] = number * (first or 1)
    for coefficient in others[:-1]:
        place = (place + coefficient) % PRIME * number
    return (place + others[-1]) % PRIME


def _open(connection: Connection, actor: Actor, ids: Sequence[int], made: int, seed: int) -> None:
    known = select(Item.entry_id).where(Item.kind == CHECK, Item.entry_id.in_(ids))
    wanted = select(Entry.id, Entry.person_id, Person.unit_id).join(Person, Person.id == Entry.person_id)
    rows = connection.execute(wanted.where(Entry.id.in_(ids), Entry.id.not_in(known))).all()
    data = {"by": actor.person_id, "draw": made}
    common = {"kind": CHECK, "title": str(seed), "status": "asked", "data": data, "made_at": actor.at}
    ordered = sorted(rows, key=lambda row: ids.index(row[0]))
    items = [common | {"entry_id": entry, "person_id": person, "unit_id": unit} for entry, person, unit in ordered]
    numbers = connection.execute(insert(Item).returning(Item.id), items).scalars().all() if items else []
    event = {"person_id": actor.person_id, "message_id": actor.message_id, "at": actor.at, "kind": "opened"}
    if numbers:
        connection.execute(insert(ItemEvent), [event | {"item_id": number, "status": "asked"} for number in numbers])


_COLUMNS = (
    *(getattr(Item, name) for name in ("id", "status", "text", "made_at", "data", "title", "person_id")),
    *(Person.name, Unit.name, Unit.path, Item.entry_id),
    *(getattr(Entry, name) for name in ("activity", "audience", "count", "start", "end", "place", "state")),
)


def _checks(connection: Connection, *wanted: ColumnElement[bool], limit: int = 100) -> list[Check]:
    statement = select(*_COLUMNS).join(Entry, Entry.id == Item.entry_id).join(Person, Person.id == Item.person_id)
    statement = statement.join(Unit, Unit.id == Person.unit_id).where(Item.kind == CHECK, *wanted)
    waits = Item.status.not_in(WAITING)
    return [Check._make(row) for row in connection.execute(statement.order_by(waits, Item.id.desc()).limit(limit))]


def checks_of_entries(connection: Connection, ids: Sequence[int]) -> list[Check]:
    """The checks of some records, in the order of these."""
    found = {one.entry_id: one for one in _checks(connection, Item.entry_id.in_(ids))}
    return [found[number] for number in ids if number in found]


def checks_below(connection: Connection, path: str, limit: int = 100) -> list[Check]:
    """The checks of a unit and below: what waits first, then the newest."""
    return _checks(connection, Unit.path.startswith(path, autoescape=True), limit=limit)


def checks_of(connection: Connection, person_id: int, limit: int = 100) -> list[Check]:
    """The checks of one person's records."""
    return _checks(connection, Item.person_id == person_id, limit=limit)


def check(connection: Connection, number: int, path: str) -> Check | None:
    """One check by its number, within a unit and below."""
    here = Unit.path.startswith(path, autoescape=True)
    return next(iter(_checks(connection, Item.id == number, here)), None)
