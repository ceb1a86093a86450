"""What arithmetic needs of many people, gathered in a few statements for a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, select

from models.context import DEFAULT_POLICY, TermRow
from models.facts import Bound, Fact, ItemFact
from models.items import Item, ItemEvent
from models.people import SCHOOL_KINDS, Assignment, Person
from models.records import Entry
from models.units import Term, Unit

BATCH = 500
COUNTED = ("report", "case", "key_task")

Lists = dict[int, list[Any]]


class Enrolled(NamedTuple):
    """One person of the roster as rules see them; `terms` are those of the unit and of all above it."""

    bound: Bound
    name: str
    unit_id: int
    unit: str
    path: str
    training: bool
    left_on: date | None
    terms: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A person with all entries and items that may count."""

    who: Enrolled
    facts: tuple[Fact, ...]
    items: tuple[ItemFact, ...]


def enrolled(connection: Connection, path: str = "/", only: int | None = None) -> Iterator[list[Enrolled]]:
    """All people of a unit and below, or only one of them, in batches, by number."""
    terms = _terms(connection)
    after = 0
    while rows := connection.execute(_people(path, after, only)).all():
        after = rows[-1].id
        schools = _lists(connection, _assignments().where(Assignment.person_id.between(rows[0].id, after)))
        yield [_enrolled(row, schools, terms) for row in rows]


def histories(connection: Connection, path: str = "/", only: int | None = None) -> Iterator[History]:
    """Everybody of a unit and below, or only one, with what they did; what was said for practice is no history."""
    for batch in enrolled(connection, path, only):
        first, last = batch[0].bound.person_id, batch[-1].bound.person_id
        facts = _lists(connection, _entries().where(Entry.person_id.between(first, last)))
        items = _lists(connection, _items().where(Item.person_id.between(first, last)))
        for who in batch:
            number = who.bound.person_id
            yield History(who, tuple(map(Fact._make, facts[number])), tuple(map(ItemFact._make, items[number])))


def _people(path: str, after: int, only: int | None) -> Select[*tuple[Any, ...]]:
    columns = (Person.id, Person.name, Person.post, Person.roles, Person.policies, Person.joined_on, Person.left_on)
    unit = (Unit.id.label("unit_id"), Unit.name.label("unit"), Unit.path, Unit.level, Unit.policies.label("inherited"))
    return (
        select(*columns, Person.grassroots_posting, (Person.training | Unit.training).label("training"), *unit)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Unit.path.startswith(path, autoescape=True), Person.id > after, *([Person.id == only] if only else []))
        .order_by(Person.id)
        .limit(BATCH)
    )


def _assignments() -> Select[*tuple[Any, ...]]:
    columns = (Assignment.kind, Assignment.school_id, Assignment.start, Assignment.end)
    return select(Assignment.person_id, *columns).order_by(Assignment.id)


def _entries() -> Select[*tuple[Any, ...]]:
    columns = [getattr(Entry, name) for name in Fact._fields]
    return select(Entry.person_id, *columns).where(Entry.training.is_(False)).order_by(Entry.id)


def _items() -> Select[*tuple[Any, ...]]:
    follow_ups = (
        select(func.count()).where(ItemEvent.item_id == Item.id, ItemEvent.kind == "follow_up").scalar_subquery()
    )
    columns = (Item.id, Item.kind, Item.status, Item.day, Item.entry_id, follow_ups)
    return select(Item.person_id, *columns).where(Item.kind.in_(COUNTED)).order_by(Item.id)


def _lists(connection: Connection, statement: Select[*tuple[Any, ...]]) -> Lists:
    """Rows by their first column, which is left out of them."""
    found: Lists = defaultdict(list)
    for number, *rest in connection.execute(statement):
        found[number].append(rest)
    return found


def _terms(connection: Connection) -> dict[str, TermRow]:
    """Terms by the path of the unit that gave them, and their own name behind it."""
    columns = (Unit.path, Term.name, Term.start, Term.end, Term.teaching_start, Term.teaching_end)
    rows = connection.execute(select(*columns).join(Unit, Unit.id == Term.unit_id).order_by(Term.id))
    return {f"{row[0]}#{row[1]}": TermRow(len(row[0]), *row[1:]) for row in rows}


def _enrolled(row: Row[Any], schools: Lists, terms: dict[str, TermRow]) -> Enrolled:
    bound = Bound(
        row.id,
        row.level,
        row.post,
        frozenset(row.roles.split()),
        tuple((row.policies or row.inherited or DEFAULT_POLICY).split()),
        row.joined_on,
        row.grassroots_posting,
        *(tuple((at, start, end) for held, at, start, end in schools[row.id] if held == kind) for kind in SCHOOL_KINDS),
    )
    own = tuple(term for key, term in terms.items() if row.path.startswith(key.partition("#")[0]))
    return Enrolled(bound, row.name, row.unit_id, row.unit, row.path, bool(row.training), row.left_on, own)
