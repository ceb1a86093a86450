"""Who might be reminded, with all that decides it: a few statements for a whole batch of people, never one a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, exists, or_, select

from models.context import DEFAULT_POLICY, TermRow
from models.facts import Bound
from models.outbox import OutboxMessage
from models.outbox_rows import NOTHING_SENT
from models.people import Absence, Account, Assignment, Person, Wish
from models.records import Entry, Plan, Total
from models.units import Term, Unit

Totals = Mapping[tuple[str, str], Decimal]


class Intent(NamedTuple):
    """A plan still open, of which nothing was done yet."""

    activity: str | None
    start: date | None
    end: date | None


class Told(NamedTuple):
    """One reminder that went out, or is on its way: when, of which kind, and which needs it named."""

    id: int
    kind: str
    at: datetime
    needs: tuple[str, ...]


class Asks(NamedTuple):
    """What a person asked of reminders."""

    off: bool = False
    off_until: date | None = None
    time: str = ""
    weekdays: str = ""


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
    own, told = _assigned(connection, ids), _told(connection, ids, since)
    totals, plans = _totals(connection, ids, periods), _plans(connection, ids)
    absences, asks, joined = _absences(connection, ids), _asks(connection, ids), _joined(connection, ids)
    return [
        Candidate(
            bound=_bound(row, tuple(own[row["id"]])),
            name=row["name"],
            unit_id=row["unit_id"],
            path=row["path"],
            joined=row["id"] in joined,
            totals=totals[row["id"]],
            plans=tuple(plans[row["id"]]),
            absences=tuple(absences[row["id"]]),
            told=tuple(told[row["id"]]),
            asks=asks.get(row["id"], Asks()),
        )
        for row in _people(connection, ids)
    ]


def _people(connection: Connection, ids: Collection[int]) -> Iterable[Mapping[str, Any]]:
    person = [getattr(Person, name) for name in ("id", "name", "unit_id", "post", "roles", "policies", "joined_on")]
    unit = [Unit.path, Unit.level, Unit.policies.label("inherited")]
    statement = select(*person, Person.grassroots_posting, *unit).join(Unit, Unit.id == Person.unit_id)
    rows = connection.execute(statement.where(Person.id.in_(ids)).order_by(Person.id)).mappings()
    return [dict(row) for row in rows]


def _bound(row: Mapping[str, Any], assigned: tuple[tuple[int, date, date | None], ...]) -> Bound:
    return Bound(
        row["id"],
        row["level"],
        row["post"],
        frozenset(row["roles"].split()),
        tuple((row["policies"] or row["inherited"] or DEFAULT_POLICY).split()),
        row["joined_on"],
        row["grassroots_posting"],
        assigned,
    )


def _assigned(connection: Connection, ids: Collection[int]) -> Mapping[int, list[tuple[int, date, date | None]]]:
    statement = select(Assignment.person_id, Assignment.school_id, Assignment.start, Assignment.end)
    return _grouped(connection.execute(statement.where(Assignment.person_id.in_(ids)).order_by(Assignment.id)))


def _totals(connection: Connection, ids: Collection[int], periods: Collection[str]) -> Mapping[int, dict[Any, Decimal]]:
    mine = (Total.subject_kind == "person", Total.subject_id.in_(ids), Total.period.in_(periods))
    found: defaultdict[int, dict[Any, Decimal]] = defaultdict(dict)
    statement = select(Total.subject_id, Total.metric, Total.period, Total.value)
    for person, metric, period, value in connection.execute(statement.where(*mine)):
        found[person][metric, period] = value
    return found


def _plans(connection: Connection, ids: Collection[int]) -> Mapping[int, list[Intent]]:
    same = (Entry.person_id == Plan.person_id, Entry.activity == Plan.activity, Entry.state == "active")
    done = exists().where(*same, Entry.start <= Plan.end, Entry.end >= Plan.start)
    statement = select(Plan.person_id, Plan.activity, Plan.start, Plan.end)
    rows = connection.execute(
        statement.where(Plan.person_id.in_(ids), Plan.state.in_(("open", "asked")), ~done).order_by(Plan.id)
    )
    found: defaultdict[int, list[Intent]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Intent(*row[1:]))
    return found


def _absences(connection: Connection, ids: Collection[int]) -> Mapping[int, list[tuple[date, date]]]:
    statement = select(Absence.person_id, Absence.start, Absence.end).where(Absence.person_id.in_(ids))
    return _grouped(connection.execute(statement))


def _told(connection: Connection, ids: Collection[int], since: datetime) -> Mapping[int, list[Told]]:
    # A message on its way counts too: else two runs would make two of it.
    columns = (OutboxMessage.person_id, OutboxMessage.id, OutboxMessage.kind, OutboxMessage.due)
    mine = (OutboxMessage.person_id.in_(ids), OutboxMessage.due >= since, OutboxMessage.state.not_in(NOTHING_SENT))
    statement = select(*columns, OutboxMessage.done_at, OutboxMessage.data).where(*mine).order_by(OutboxMessage.due)
    found: defaultdict[int, list[Told]] = defaultdict(list)
    for person, number, kind, due, done, data in connection.execute(statement):
        found[person].append(Told(number, kind, done or due, tuple(data.get("needs", ()))))
    return found


def _asks(connection: Connection, ids: Collection[int]) -> Mapping[int, Asks]:
    statement = select(Wish.person_id, Wish.off, Wish.off_until, Wish.time, Wish.weekdays)
    return {row[0]: Asks(*row[1:]) for row in connection.execute(statement.where(Wish.person_id.in_(ids)))}


def _joined(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    statement = select(Account.person_id).where(Account.person_id.in_(ids))
    return frozenset(number for number in connection.execute(statement).scalars() if number is not None)


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
