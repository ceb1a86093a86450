"""Figures of many people at once, in the asker's scope: own unit and below."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select

from models.context import DEFAULT_POLICY
from models.facts import Bound
from models.people import Person
from models.policy import Policy, is_bound
from models.records import Total
from models.units import School, Unit


class UnitRow(NamedTuple):
    """A unit as lists show it."""

    id: int
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One unit's figures: people bound, people who have begun, days at school."""

    unit: UnitRow
    bound: int
    started: int
    days: Decimal


def children(connection: Connection, unit_id: int) -> list[UnitRow]:
    """The committees just below a unit, in the official order; schools are not committees."""
    statement = (
        select(Unit.id, Unit.name, Unit.path)
        .outerjoin(School, School.unit_id == Unit.id)
        .where(Unit.parent_id == unit_id, School.unit_id.is_(None))
        .order_by(Unit.position, Unit.id)
    )
    return [UnitRow(*row) for row in connection.execute(statement)]


def started(periods: Collection[str]) -> ColumnElement[bool]:
    """Whether a person has anything to show in these periods."""
    mine = and_(Total.subject_kind == "person", Total.subject_id == Person.id)
    return exists().where(mine, Total.period.in_(periods), Total.value > 0)


def in_scope(path: str, today: date) -> list[ColumnElement[bool]]:
    """People of a unit and of all below it, as of today."""
    here = Unit.path.startswith(path, autoescape=True)
    return [here, or_(Person.left_on.is_(None), Person.left_on > today), Person.training.is_(False)]


def team_lines(
    connection: Connection,
    policies: Mapping[str, Policy],
    units: Sequence[UnitRow],
    path: str,
    periods: Collection[str],
    today: date,
) -> list[TeamLine]:
    """One line a unit, each with all below it; the first unit counts only its own people where it is the scope itself."""
    rows = _grouped(connection, policies, path, periods, today)
    return [_line(unit, path, rows) for unit in units]


def _line(unit: UnitRow, scope: str, rows: Sequence[Mapping[str, Any]]) -> TeamLine:
    own = unit.path == scope
    mine = [r for r in rows if (r["path"] == unit.path if own else r["path"].startswith(unit.path))]
    days = sum((r["days"] or Decimal(0) for r in mine), Decimal(0))
    return TeamLine(unit, sum(r["people"] for r in mine), sum(r["begun"] for r in mine), days)


def _grouped(
    connection: Connection, policies: Mapping[str, Policy], path: str, periods: Collection[str], today: date
) -> list[Mapping[str, Any]]:
    stays = and_(
        Total.subject_kind == "person",
        Total.subject_id == Person.id,
        Total.metric.like("on_site_days%"),
        Total.period.in_(periods),
    )
    days = select(func.max(Total.value)).where(stays).correlate(Person).scalar_subquery()
    key = (Unit.path, Unit.level, Person.post, Person.roles, Person.policies, Unit.policies.label("inherited"))
    statement = (
        select(
            *key,
            func.count().label("people"),
            func.sum(case((started(periods), 1), else_=0)).label("begun"),
            func.sum(days).label("days"),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .where(*in_scope(path, today))
        .group_by(*key)
    )
    rows = [dict(row) for row in connection.execute(statement).mappings()]
    return [row for row in rows if _bound(policies, row)]


def _bound(policies: Mapping[str, Policy], row: Mapping[str, Any]) -> bool:
    names = tuple((row["policies"] or row["inherited"] or DEFAULT_POLICY).split())
    roles = frozenset(row["roles"].split())
    bound = Bound(0, row["level"], row["post"], roles, names, None, False, ())
    return any(is_bound(policies[name], bound) for name in names if name in policies)


class NotStarted(NamedTuple):
    """Someone bound who has nothing to show yet."""

    person_id: int
    name: str
    unit: str
    path: str


def not_started(
    connection: Connection, policies: Mapping[str, Policy], path: str, periods: Collection[str], today: date
) -> list[NotStarted]:
    """Who is bound and has not begun, in the roster's order."""
    columns = (Person.id, Person.name, Unit.name.label("unit"), Unit.path, Unit.level, Person.post, Person.roles)
    statement = (
        select(*columns, Person.policies, Unit.policies.label("inherited"))
        .join(Unit, Unit.id == Person.unit_id)
        .where(*in_scope(path, today), ~started(periods))
        .order_by(Unit.position, Unit.id, Person.position, Person.id)
    )
    rows = connection.execute(statement).mappings()
    return [NotStarted(r["id"], r["name"], r["unit"], r["path"]) for r in rows if _bound(policies, dict(r))]
