"""All that one message needs to know of its sender, in one statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from models.context import Context, OpenPlan, OpenQuestion, Waiting
from models.context_rows import read_context
from models.facts import Fact
from models.items import Item, ItemEvent
from models.outbox import OutboxMessage
from models.people import Account, Assignment, Person
from models.records import Entry, Plan, Question
from models.units import Term, Unit

# Written into the statement: each parameter costs something at every message, and a list would be expanded anew.
HOLDABLE = ("scheduled", "undeliverable")
COUNTED = ("report", "case", "key_task")


def load(connection: Connection, channel: str, user: str, today: date) -> Context | None:
    """The sender's context with all entries that are kept; None for a user never seen."""
    statement = _statement(connection.dialect.name)
    values = {"channel": channel, "user": user, "today": today, "lately": _lately(today)}
    row = connection.execute(statement, values).mappings().first()
    return read_context(dict(row)) if row else None


def load_person(connection: Connection, person_id: int, today: date) -> Context | None:
    """The same of a person who is not writing, for supervisors, pages and jobs."""
    statement = _person_statement(connection.dialect.name)
    row = (
        connection.execute(statement, {"person": person_id, "today": today, "lately": _lately(today)})
        .mappings()
        .first()
    )
    return read_context(dict(row)) if row else None


def _lately(today: date) -> datetime:
    """The beginning of the day before."""
    return datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(days=1)


def _alive() -> ColumnElement[bool]:
    return or_(Person.left_on.is_(None), Person.left_on > bindparam("today"))


@cache
def _statement(dialect: str) -> Select[*tuple[Any, ...]]:
    account: list[Any] = [Account.id.label("account_id"), Account.failures, Account.locked_until]
    joined = select(*account, *_columns(dialect)).select_from(Account)
    joined = joined.outerjoin(Person, and_(Account.person_id == Person.id, _alive()))
    joined = joined.outerjoin(Unit, Person.unit_id == Unit.id)
    return joined.where(Account.channel == bindparam("channel"), Account.user == bindparam("user"))


@cache
def _person_statement(dialect: str) -> Select[*tuple[Any, ...]]:
    account: list[Any] = [literal(0).label("account_id"), literal(0).label("failures"), null().label("locked_until")]
    joined = select(*account, *_columns(dialect)).select_from(Person).join(Unit, Person.unit_id == Unit.id)
    return joined.where(Person.id == bindparam("person"), _alive())


def _columns(dialect: str) -> list[Any]:
    rows = _LISTS[dialect]
    columns: list[Any] = [
        Person.id.label("person_id"),
        Person.name,
        Person.unit_id,
        Unit.name.label("unit_name"),
        Unit.path.label("unit_path"),
        Unit.level,
        Person.post,
        Person.roles,
        Person.policies,
        Unit.policies.label("unit_policies"),
        Person.joined_on,
        Person.grassroots_posting,
        or_(Person.training, Unit.training).label("training"),
    ]
    return columns + [rows(*part()).label(name) for name, part in _PARTS.items()]


Part = tuple[Sequence[Any], Sequence[ColumnElement[bool]], Any]


def _facts() -> Part:
    mine = [Entry.person_id == Person.id, Entry.state != literal_column("'withdrawn'"), _in_earnest()]
    # When an entry was made matters for the newest ones only; thousands of moments would have to be read.
    lately = case((Entry.made_at >= bindparam("lately"), Entry.made_at))
    columns = [lately if name == "made_at" else getattr(Entry, name) for name in Fact._fields]
    return columns, mine, Entry.id


def _in_earnest() -> ColumnElement[bool]:
    """Practice counts among practice only: it is seen while the person practises, and forgotten after."""
    return Entry.training == or_(Person.training, Unit.training)


def _items() -> Part:
    follow_ups = (
        select(func.count())
        .where(ItemEvent.item_id == Item.id, ItemEvent.kind == literal_column("'follow_up'"))
        .scalar_subquery()
    )
    mine = [Item.person_id == Person.id, or_(*(Item.kind == literal_column(f"'{kind}'") for kind in COUNTED))]
    return [Item.id, Item.kind, Item.status, Item.day, Item.entry_id, follow_ups], mine, Item.id


def _schools() -> Part:
    school = aliased(Unit)
    columns = [Assignment.school_id, school.name, Assignment.kind, Assignment.start, Assignment.end]
    return columns, [Assignment.person_id == Person.id, school.id == Assignment.school_id], Assignment.id


def _questions() -> Part:
    columns = [getattr(Question, name) for name in OpenQuestion._fields]
    return columns, [Question.person_id == Person.id, Question.state == literal_column("'open'")], Question.id


def _plans() -> Part:
    columns = [getattr(Plan, name) for name in OpenPlan._fields]
    return columns, [Plan.person_id == Person.id, Plan.state == literal_column("'open'")], Plan.id


def _waiting() -> Part:
    columns = [getattr(OutboxMessage, name) for name in Waiting._fields]
    mine = [
        OutboxMessage.person_id == Person.id,
        or_(*(OutboxMessage.state == literal_column(f"'{state}'") for state in HOLDABLE)),
    ]
    return columns, mine, OutboxMessage.id


def _terms() -> Part:
    above = aliased(Unit)
    columns = [func.length(above.path), Term.name, Term.start, Term.end, Term.teaching_start, Term.teaching_end]
    return columns, [Term.unit_id == above.id, Unit.path.like(above.path.op("||")(literal_column("'%'")))], Term.id


def _changed() -> Part:
    given = (Item.kind == literal_column("'goal'"), Item.status == literal_column("'given'"))
    return [Item.title, Item.period, Item.data], [Item.person_id == Person.id, *given], Item.id


_PARTS: dict[str, Callable[[], Part]] = {
    "facts": _facts,
    "items": _items,
    "schools": _schools,
    "questions": _questions,
    "plans": _plans,
    "waiting": _waiting,
    "terms": _terms,
    "changed": _changed,
}


def _sqlite_list(columns: Sequence[Any], where: Sequence[ColumnElement[bool]], order: Any) -> ColumnElement[Any]:
    shown = [func.json(c) if c.key == "data" else c for c in columns]
    inner = select(func.json_array(*shown).label("line")).where(*where).order_by(order)
    line = inner.correlate(Person, Unit).subquery().c.line
    # Each line is JSON already: joined as text it need not be read and written once more.
    joined = func.coalesce(func.group_concat(line, literal_column("','")), literal_column("''"))
    return select(literal_column("'['").op("||")(joined).op("||")(literal_column("']'"))).scalar_subquery()


def _postgresql_list(columns: Sequence[Any], where: Sequence[ColumnElement[bool]], order: Any) -> ColumnElement[Any]:
    line = func.json_build_array(*columns)
    lines = func.json_agg(aggregate_order_by(line, order))
    return (
        select(func.coalesce(lines, literal_column("CAST('[]' AS JSON)")))
        .where(*where)
        .correlate(Person, Unit)
        .scalar_subquery()
    )


_LISTS: dict[str, Callable[..., ColumnElement[Any]]] = {"sqlite": _sqlite_list, "postgresql": _postgresql_list}
