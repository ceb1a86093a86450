"""A unit's figures for the table of units: people, days, schools, those met, sessions, papers, problems."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from models.completion import Line
from models.ledger import Problem
from models.records import Entry
from models.team import TeamLine, UnitRow
from models.units import School
from models.zone import CHINA

ZERO = Decimal(0)
LINKED = ("squadrons_linked", "branches_linked")


class Kind(NamedTuple):
    """What a school is."""

    kind: str
    area: str


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """One row; `schools` holds each school linked once."""

    unit: UnitRow
    bound: int
    begun: int
    days: Decimal
    schools: tuple[Kind, ...]
    links: Decimal
    sums: Mapping[str, Decimal]
    attended: int
    raised: int
    solved: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What is not in people's lines: kinds of schools, attendance by person, problems."""

    kinds: Mapping[int, Kind]
    attended: Mapping[int, int]
    problems: Sequence[Problem]


def row(unit: UnitRow, lines: Sequence[Line], beside: Beside, last: date, chat: TeamLine | None) -> UnitSheet:
    """A unit's row out of its people's lines; people, begun and days are the chat's where it has them."""
    sums = {key: sum((line.sums[key] for line in lines), ZERO) for key in (lines[0].sums if lines else ())}
    people = {line.who.bound.person_id for line in lines}
    mine = [one for one in beside.problems if one.person_id in people]
    return UnitSheet(
        unit=unit,
        bound=chat.bound if chat else len(lines),
        begun=chat.started if chat else sum(1 for line in lines if line.begun),
        days=chat.days if chat else sums.get("days", ZERO),
        schools=tuple(beside.kinds.get(school, Kind("", "")) for school in sorted(_schools(lines, last))),
        links=sum((one.done for line in lines for one in line.standings if one.rule.metric in LINKED), ZERO),
        sums=sums,
        attended=sum(beside.attended.get(person, 0) for person in people),
        raised=len(mine),
        solved=sum(1 for one in mine if one.status == "resolved"),
    )


def _schools(lines: Sequence[Line], last: date) -> set[int]:
    """The schools assigned on the last day."""
    spans = (span for line in lines for span in line.who.bound.assigned)
    return {school for school, start, end in spans if start <= last and (end is None or end > last)}


def school_kinds(connection: Connection) -> dict[int, Kind]:
    """Kind and place of every school."""
    rows = connection.execute(select(School.unit_id, School.kind, School.area))
    return {number: Kind(kind, area) for number, kind, area in rows}


def attendance(connection: Connection, people: Collection[int], first: date, last: date) -> dict[int, int]:
    """How many sat in each person's talks within a span, head by head."""
    talks = (Entry.activity == "lecture", Entry.state == "active", Entry.training.is_(False))
    within = (Entry.end.between(first, last), Entry.attendance.is_not(None))
    statement = select(Entry.person_id, func.sum(Entry.attendance)).where(*talks, *within).group_by(Entry.person_id)
    return {person: int(heads or 0) for person, heads in connection.execute(statement) if person in people}


def raised_within(problems: Sequence[Problem], first: date, last: date) -> list[Problem]:
    """The problems raised within a span."""
    return [one for one in problems if first <= _day(one.raised_at) <= last]


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
