"""All that one message needs to know of its sender, in one statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSON, aggregate_order_by
from sqlalchemy.orm import aliased

from models.facts import Bound, Fact, ItemFact
from models.items import Item, ItemEvent
from models.outbox import OutboxMessage
from models.people import Account, Assignment, Person
from models.records import Entry, Plan, Question
from models.units import Term, Unit

HOLDABLE = ("scheduled", "undeliverable")


class OwnSchool(NamedTuple):
    """A school assigned to the person, from one day to another (open at the end)."""

    school_id: int
    name: str
    kind: str
    start: date
    end: date | None


class OpenQuestion(NamedTuple):
    """A question that waits for its answer."""

    id: int
    kind: str
    text: str
    entry_id: int | None
    plan_id: int | None
    data: dict[str, Any]
    asked_at: datetime


class OpenPlan(NamedTuple):
    """Something said to be done, not yet asked about."""

    id: int
    message_id: int | None
    activity: str | None
    audience: str | None
    count: Decimal | None
    place: str | None
    start: date | None
    end: date | None


class Waiting(NamedTuple):
    """A push that could not go out and heads the next conversation instead."""

    id: int
    state: str
    due: datetime
    text: str


class TermRow(NamedTuple):
    """A term of a unit at or above the person's; `depth` grows downwards, so the deepest wins."""

    depth: int
    name: str
    start: date
    end: date
    teaching_start: date | None
    teaching_end: date | None


@dataclass(frozen=True, slots=True)
class Context:
    """Who writes, and what is known of them. Nobody (`person_id` None) is a stranger."""

    account_id: int
    failures: int
    locked_until: datetime | None
    person_id: int | None = None
    name: str = ""
    unit_id: int = 0
    unit_name: str = ""
    unit_path: str = ""
    level: str = ""
    post: str = ""
    roles: frozenset[str] = frozenset()
    policies: tuple[str, ...] = ()
    joined_on: date | None = None
    grassroots_posting: bool = False
    training: bool = False
    facts: tuple[Fact, ...] = ()
    items: tuple[ItemFact, ...] = ()
    schools: tuple[OwnSchool, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    plans: tuple[OpenPlan, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    terms: tuple[TermRow, ...] = ()

    @property
    def own_schools(self) -> tuple[OwnSchool, ...]:
        """The schools assigned without an end."""
        return tuple(s for s in self.schools if s.end is None)

    def may(self, role: str) -> bool:
        """Whether the person has this role."""
        return role in self.roles

    @property
    def bound(self) -> Bound:
        """What decides the rules for this person."""
        own = tuple((s.school_id, s.start, s.end) for s in self.schools)
        return Bound(
            self.person_id or 0,
            self.level,
            self.post,
            self.roles,
            self.policies,
            self.joined_on,
            self.grassroots_posting,
            own,
        )


def load(connection: Connection, channel: str, user: str, today: date) -> Context | None:
    """The sender's context with all entries that are kept; None for a user never seen."""
    statement = _statement(connection.dialect.name)
    values = {"channel": channel, "user": user, "today": today}
    row = connection.execute(statement, values).mappings().first()
    return _context(dict(row)) if row else None


@cache
def _statement(dialect: str) -> Select[Any]:
    rows = _LISTS[dialect]
    person, unit = Person, Unit
    columns: list[Any] = [
        Account.id.label("account_id"),
        Account.failures,
        Account.locked_until,
        person.id.label("person_id"),
        person.name,
        person.unit_id,
        unit.name.label("unit_name"),
        unit.path.label("unit_path"),
        unit.level,
        person.post,
        person.roles,
        person.policies,
        unit.policies.label("unit_policies"),
        person.joined_on,
        person.grassroots_posting,
        or_(person.training, unit.training).label("training"),
    ]
    columns += [rows(*part()).label(name) for name, part in _PARTS.items()]
    joined = select(*columns).select_from(Account)
    alive = and_(Account.person_id == person.id, or_(person.left_on.is_(None), person.left_on > bindparam("today")))
    joined = joined.outerjoin(person, alive).outerjoin(unit, person.unit_id == unit.id)
    return joined.where(Account.channel == bindparam("channel"), Account.user == bindparam("user"))


Part = tuple[Sequence[Any], Sequence[ColumnElement[bool]], Any]


def _facts() -> Part:
    mine = [Entry.person_id == Person.id, Entry.state != "withdrawn"]
    columns = [getattr(Entry, name) for name in Fact._fields]
    return columns, mine, Entry.id


def _items() -> Part:
    follow_ups = (
        select(func.count()).where(ItemEvent.item_id == Item.id, ItemEvent.kind == "follow_up").scalar_subquery()
    )
    mine = [Item.person_id == Person.id, Item.kind.in_(("report", "case", "key_task"))]
    return [Item.id, Item.kind, Item.status, Item.day, Item.entry_id, follow_ups], mine, Item.id


def _schools() -> Part:
    school = aliased(Unit)
    columns = [Assignment.school_id, school.name, Assignment.kind, Assignment.start, Assignment.end]
    return columns, [Assignment.person_id == Person.id, school.id == Assignment.school_id], Assignment.id


def _questions() -> Part:
    columns = [getattr(Question, name) for name in OpenQuestion._fields]
    return columns, [Question.person_id == Person.id, Question.state == "open"], Question.id


def _plans() -> Part:
    columns = [getattr(Plan, name) for name in OpenPlan._fields]
    return columns, [Plan.person_id == Person.id, Plan.state == "open"], Plan.id


def _waiting() -> Part:
    columns = [getattr(OutboxMessage, name) for name in Waiting._fields]
    mine = [OutboxMessage.person_id == Person.id, OutboxMessage.state.in_(HOLDABLE)]
    return columns, mine, OutboxMessage.id


def _terms() -> Part:
    above = aliased(Unit)
    columns = [func.length(above.path), Term.name, Term.start, Term.end, Term.teaching_start, Term.teaching_end]
    return columns, [Term.unit_id == above.id, Unit.path.like(above.path + "%")], Term.id


_PARTS: dict[str, Callable[[], Part]] = {
    "facts": _facts,
    "items": _items,
    "schools": _schools,
    "questions": _questions,
    "plans": _plans,
    "waiting": _waiting,
    "terms": _terms,
}


def _sqlite_list(columns: Sequence[Any], where: Sequence[ColumnElement[bool]], order: Any) -> ColumnElement[Any]:
    shown = [func.json(c) if c is Question.data else c for c in columns]
    inner = select(func.json_array(*shown).label("line")).where(*where).order_by(order)
    return select(func.json_group_array(func.json(inner.correlate(Person, Unit).subquery().c.line))).scalar_subquery()


def _postgresql_list(columns: Sequence[Any], where: Sequence[ColumnElement[bool]], order: Any) -> ColumnElement[Any]:
    line = func.json_build_array(*columns)
    lines = func.json_agg(aggregate_order_by(line, order))
    return (
        select(func.coalesce(lines, literal("[]").cast(JSON()))).where(*where).correlate(Person, Unit).scalar_subquery()
    )


_LISTS: dict[str, Callable[..., ColumnElement[Any]]] = {"sqlite": _sqlite_list, "postgresql": _postgresql_list}


def _context(row: dict[str, Any]) -> Context:
    if row["person_id"] is None:
        return Context(row["account_id"], row["failures"], row["locked_until"])
    own, inherited = row.pop("policies"), row.pop("unit_policies")
    lists = {name: tuple(read(_lines(row.pop(name)))) for name, read in _READERS.items()}
    return Context(
        **row | {"roles": frozenset(row["roles"].split()), "training": bool(row["training"])},
        policies=tuple((own or inherited or DEFAULT_POLICY).split()),
        **lists,
    )


DEFAULT_POLICY = "pioneer_2017"


def _lines(value: Any) -> list[list[Any]]:
    # psycopg has parsed PostgreSQL's JSON already; SQLite gives its text.
    parsed: list[list[Any]] = json.loads(value) if isinstance(value, str) else value
    return parsed


@lru_cache(maxsize=4096)
def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=4096)
def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _read_facts(lines: list[list[Any]]) -> list[Fact]:
    return [
        Fact(
            *line[:4],
            _number(line[4]),
            _day(line[5]),
            _day(line[6]),
            *line[7:13],
            None if line[13] is None else bool(line[13]),
            bool(line[14]),
            line[15],
            _number(line[16]),
            line[17],
            _moment(line[18]),
        )
        for line in lines
    ]


def _read_items(lines: list[list[Any]]) -> list[ItemFact]:
    return [ItemFact(*line[:3], _day(line[3]), *line[4:]) for line in lines]


def _read_schools(lines: list[list[Any]]) -> list[OwnSchool]:
    return [OwnSchool(*line[:3], date.fromisoformat(line[3]), _day(line[4])) for line in lines]


def _read_questions(lines: list[list[Any]]) -> list[OpenQuestion]:
    return [OpenQuestion(*line[:6], _moment(line[6])) for line in lines]


def _read_plans(lines: list[list[Any]]) -> list[OpenPlan]:
    return [OpenPlan(*line[:4], _number(line[4]), line[5], _day(line[6]), _day(line[7])) for line in lines]


def _read_waiting(lines: list[list[Any]]) -> list[Waiting]:
    return [Waiting(line[0], line[1], _moment(line[2]), line[3]) for line in lines]


def _read_terms(lines: list[list[Any]]) -> list[TermRow]:
    return [
        TermRow(*line[:2], date.fromisoformat(line[2]), date.fromisoformat(line[3]), _day(line[4]), _day(line[5]))
        for line in lines
    ]


_READERS: dict[str, Callable[[list[list[Any]]], Sequence[Any]]] = {
    "facts": _read_facts,
    "items": _read_items,
    "schools": _read_schools,
    "questions": _read_questions,
    "plans": _read_plans,
    "waiting": _read_waiting,
    "terms": _read_terms,
}
