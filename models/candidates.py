"""Who might be reminded, with all that decides it: a few statements for a whole batch of people, never one a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, exists, or_, select

from models.among import among
from models.base import Moment
from models.context import DEFAULT_POLICY, TermRow
from models.facts import Bound, Stretch
from models.goals import between
from models.items import Item
from models.outbox import OutboxMessage
from models.outbox_rows import NOTHING_SENT
from models.people import SCHOOL_KINDS, Absence, Account, Assignment, Person, Wish
from models.records import Entry, Plan, Total
from models.units import Term, Unit
from models.wishes import Asks

Totals = Mapping[tuple[str, str], Decimal]


class Intent(NamedTuple):
    """A plan still open, of which nothing was done yet."""

    activity: str | None
    start: date | None
    end: date | None
    id: int = 0
    audience: str | None = None
    count: Decimal | None = None  # type: ignore[assignment] # a field is meant, not the tuple method
    place: str | None = None


class Told(NamedTuple):
    """One message that went out, or is on its way: when, of which kinds, which needs it named, whether it arrived."""

    id: int
    kinds: tuple[str, ...]
    at: datetime
    needs: tuple[str, ...]
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person as the deciding sees them."""

    bound: Bound
    name: str
    unit_id: int
    path: str
    joined: bool
    totals: Totals
    plans: tuple[Intent, ...]
    absences: tuple[tuple[date, date], ...]
    told: tuple[Told, ...]
    asks: Asks
    goals: Totals
    handed: frozenset[str] = frozenset()


ARRIVED = ("sent", "shown")
_PEOPLE = (
    select(*(getattr(Person, name) for name in ("id", "name", "unit_id", "post", "roles", "policies", "joined_on")))
    .add_columns(Person.grassroots_posting, Unit.path, Unit.level, Unit.policies.label("inherited"))
    .join(Unit, Unit.id == Person.unit_id)
    .where(among(Person.id))
    .order_by(Person.id)
)
_ASSIGNED = (
    select(Assignment.person_id, Assignment.kind, Assignment.school_id, Assignment.start, Assignment.end)
    .where(among(Assignment.person_id))
    .order_by(Assignment.id)
)
_TOTALS = select(Total.subject_id, Total.metric, Total.period, Total.value).where(
    Total.subject_kind == "person",
    among(Total.subject_id),
    Total.period.in_(bindparam("periods", expanding=True)),
)
_DONE = exists().where(
    Entry.person_id == Plan.person_id,
    Entry.activity == Plan.activity,
    Entry.state == "active",
    Entry.start <= Plan.end,
    Entry.end >= Plan.start,
)
_PLANS = (
    select(Plan.person_id, *(getattr(Plan, name) for name in Intent._fields))
    .where(among(Plan.person_id), Plan.state.in_(("open", "asked")), ~_DONE)
    .order_by(Plan.id)
)
_ABSENCES = select(Absence.person_id, Absence.start, Absence.end).where(among(Absence.person_id))
_TOLD = (
    select(OutboxMessage.person_id, OutboxMessage.id, OutboxMessage.kind, OutboxMessage.due)
    .add_columns(OutboxMessage.state, OutboxMessage.done_at, OutboxMessage.data)
    .where(among(OutboxMessage.person_id), OutboxMessage.due >= bindparam("since", type_=Moment))
    .where(OutboxMessage.state.not_in(NOTHING_SENT))
    .order_by(OutboxMessage.due)
)
_ASKS = select(Wish.person_id, *(getattr(Wish, name) for name in Asks._fields)).where(among(Wish.person_id))
_HANDED = select(Item.person_id, Item.kind).where(
    among(Item.person_id), Item.kind.in_(("report", "case")), Item.status == "submitted"
)
_JOINED = select(Account.person_id).where(among(Account.person_id))


def ids_after(connection: Connection, after: int, limit: int, today: date) -> list[int]:
    """The next people who might be bound: cadres who are here and not in training."""
    here = (Person.id > after, or_(Person.left_on.is_(None), Person.left_on > today))
    cadres = (Person.roles.contains("cadre"), Person.training.is_(False), Unit.training.is_(False))
    statement = select(Person.id).join(Unit, Unit.id == Person.unit_id).where(*here, *cadres)
    return list(connection.execute(statement.order_by(Person.id).limit(limit)).scalars())


def candidates(
    connection: Connection, ids: Collection[int], periods: Collection[str], since: datetime
) -> list[Candidate]:
    """These people; their totals of these period keys, and what they were told since a moment."""
    schools, told = _assigned(connection, ids), _told(connection, ids, since)
    totals, plans = _totals(connection, ids, periods), _plans(connection, ids)
    changed = between(connection, min(ids), max(ids)) if ids else {}
    handed = _handed(connection, ids)
    absences, asks, joined = _absences(connection, ids), _asks(connection, ids), _joined(connection, ids)
    return [
        Candidate(
            bound=_bound(row, schools[row["id"]]),
            name=row["name"],
            unit_id=row["unit_id"],
            path=row["path"],
            joined=row["id"] in joined,
            totals=totals[row["id"]],
            plans=tuple(plans[row["id"]]),
            absences=tuple(absences[row["id"]]),
            told=tuple(told[row["id"]]),
            asks=asks.get(row["id"], Asks()),
            goals=changed.get(row["id"], {}),
            handed=frozenset(kind for (kind,) in handed.get(row["id"], ())),
        )
        for row in _people(connection, ids)
    ]


def _people(connection: Connection, ids: Collection[int]) -> Iterable[Mapping[str, Any]]:
    rows = connection.execute(_PEOPLE, {"ids": list(ids)}).mappings()
    return [dict(row) for row in rows]


def _bound(row: Mapping[str, Any], schools: Sequence[tuple[str, Stretch]]) -> Bound:
    return Bound(
        row["id"],
        row["level"],
        row["post"],
        frozenset(row["roles"].split()),
        tuple((row["policies"] or row["inherited"] or DEFAULT_POLICY).split()),
        row["joined_on"],
        row["grassroots_posting"],
        *(tuple(stretch for one, stretch in schools if one == kind) for kind in SCHOOL_KINDS),
    )


def _assigned(connection: Connection, ids: Collection[int]) -> Mapping[int, list[tuple[str, Stretch]]]:
    rows = connection.execute(_ASSIGNED, {"ids": list(ids)})
    return _grouped((person, kind, tuple(stretch)) for person, kind, *stretch in rows)


def _totals(connection: Connection, ids: Collection[int], periods: Collection[str]) -> Mapping[int, dict[Any, Decimal]]:
    found: defaultdict[int, dict[Any, Decimal]] = defaultdict(dict)
    for person, metric, period, value in connection.execute(_TOTALS, {"ids": list(ids), "periods": list(periods)}):
        found[person][metric, period] = value
    return found


def _plans(connection: Connection, ids: Collection[int]) -> Mapping[int, list[Intent]]:
    rows = connection.execute(_PLANS, {"ids": list(ids)})
    found: defaultdict[int, list[Intent]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Intent(*row[1:]))
    return found


def _absences(connection: Connection, ids: Collection[int]) -> Mapping[int, list[tuple[date, date]]]:
    return _grouped(connection.execute(_ABSENCES, {"ids": list(ids)}))


def _told(connection: Connection, ids: Collection[int], since: datetime) -> Mapping[int, list[Told]]:
    # A message on its way counts too: else two runs would make two of it.
    found: defaultdict[int, list[Told]] = defaultdict(list)
    for person, number, kind, due, state, done, data in connection.execute(_TOLD, {"ids": list(ids), "since": since}):
        kinds, needs = tuple(data.get("kinds", (kind,))), tuple(data.get("needs", ()))
        found[person].append(Told(number, kinds, done or due, needs, state in ARRIVED))
    return found


def _handed(connection: Connection, ids: Collection[int]) -> Mapping[int, list[Any]]:
    """Papers that wait for somebody else to accept them."""
    return _grouped(connection.execute(_HANDED, {"ids": list(ids)}))


def _asks(connection: Connection, ids: Collection[int]) -> Mapping[int, Asks]:
    return {row[0]: Asks(*row[1:]) for row in connection.execute(_ASKS, {"ids": list(ids)})}


def _joined(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    numbers = connection.execute(_JOINED, {"ids": list(ids)}).scalars()
    return frozenset(number for number in numbers if number is not None)


def _grouped(rows: Iterable[Sequence[Any]]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for person, *rest in rows:
        found[person].append(tuple(rest))
    return found


def terms_by_unit(connection: Connection) -> list[tuple[str, TermRow]]:
    """Every unit's own terms, with the unit's path; few units give any."""
    columns = (Unit.path, Term.name, Term.start, Term.end, Term.teaching_start, Term.teaching_end)
    rows = connection.execute(select(*columns).join(Unit, Unit.id == Term.unit_id).order_by(Term.id))
    return [(row[0], TermRow(len(row[0]), *row[1:])) for row in rows]
