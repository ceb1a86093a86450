"""A unit and all below it, in the official order, each with what decides the rules of its people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_, select

from models.context import DEFAULT_POLICY, TermRow
from models.units import School, Term, Unit


class UnitRow(NamedTuple):
    """A unit as lists show it."""

    id: int
    name: str
    path: str


class Seat(NamedTuple):
    """One unit; `terms` are its own and those of all above it, as for its people."""

    unit: UnitRow
    parent_id: int | None
    level: str
    policies: str
    training: bool
    school: bool
    terms: tuple[TermRow, ...]


_UNIT = (Unit.id, Unit.name, Unit.path, Unit.parent_id, Unit.level, Unit.policies, Unit.training)
_TERM = (Term.id, Term.name, Term.start, Term.end, Term.teaching_start, Term.teaching_end)


def tree(connection: Connection, path: str) -> list[Seat]:
    """The unit at `path` and all below it; one statement."""
    here = or_(Unit.path.startswith(path, autoescape=True), Unit.path.in_(chain(path)))
    statement = (
        select(*_UNIT, School.unit_id.is_not(None), *_TERM)
        .outerjoin(School, School.unit_id == Unit.id)
        .outerjoin(Term, Term.unit_id == Unit.id)
        .where(here)
        .order_by(Unit.position, Unit.id, Term.id)
    )
    rows: list[Any] = list(connection.execute(statement).all())
    terms = sorted((row[8], row[2], TermRow._make((len(row[2]), *row[9:]))) for row in rows if row[8])
    units = {row[0]: row for row in rows if row[2].startswith(path)}
    return [_seat(row, terms) for row in units.values()]


def children(connection: Connection, unit_id: int) -> list[UnitRow]:
    """The committees just below a unit, in the official order; schools are not committees."""
    statement = (
        select(Unit.id, Unit.name, Unit.path)
        .outerjoin(School, School.unit_id == Unit.id)
        .where(Unit.parent_id == unit_id, School.unit_id.is_(None))
        .order_by(Unit.position, Unit.id)
    )
    return [UnitRow(*row) for row in connection.execute(statement)]


def chain(path: str) -> list[str]:
    """The paths of a unit and of all above it."""
    steps = path.strip("/").split("/")
    return ["/" + "/".join(steps[: n + 1]) + "/" for n in range(len(steps))]


def _seat(row: Any, terms: Sequence[tuple[int, str, TermRow]]) -> Seat:
    number, name, path, parent, level, policies, training, school = row[:8]
    own = tuple(term for _, where, term in terms if path.startswith(where)) if terms else ()
    unit = UnitRow(number, name, path)
    return Seat(unit, parent, level, policies or DEFAULT_POLICY, bool(training), bool(school), own)


def lines(seats: Sequence[Seat], unit_id: int) -> list[UnitRow]:
    """The unit itself, then the committees just below it; schools are not committees."""
    own = [seat.unit for seat in seats if seat.unit.id == unit_id]
    return own + [seat.unit for seat in seats if seat.parent_id == unit_id and not seat.school]


def places(seats: Sequence[Seat], unit: UnitRow, lines: Sequence[UnitRow]) -> dict[int, int]:
    """In which line each unit is counted: with the committee at or above it, else with the unit itself (0)."""
    step = len(unit.path.split("/")) - 1
    known = {str(line.id): at for at, line in enumerate(lines)}
    return {seat.unit.id: known.get(seat.unit.path.split("/")[step], 0) for seat in seats}
