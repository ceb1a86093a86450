"""Figures of many people at once, in the asker's scope: each line is the sum of its people's own figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from sqlalchemy import Connection

from models.calendars import CalendarOf
from models.packed import periods
from models.policy import Policy, Rule
from models.progress import Standing
from models.team_rows import EVERYBODY, Asked, Place, read
from models.team_sums import Choice, Figures, Kind, Reading, Reckoned, RuleFigure, added, together
from models.tree import Seat, UnitRow, children, lines, places, tree
from models.workdays import DAY

__all__ = [
    "EVERYBODY",
    "Books",
    "Figures",
    "Member",
    "RuleFigure",
    "Team",
    "TeamLine",
    "UnitRow",
    "children",
    "every",
    "none",
    "team",
]


@dataclass(frozen=True)
class TeamLine:
    """One unit with its people."""

    unit: UnitRow
    people: Sequence[Reckoned] = field(repr=False)

    @cached_property
    def now(self) -> Figures:
        """As of today."""
        return together(self.people)

    @cached_property
    def before(self) -> Figures:
        """By what was done up to the end of last month, of the people who served then; not everybody asks."""
        return together(self.people, past=True)

    @property
    def bound(self) -> int:
        """People bound today."""
        return self.now.bound

    @property
    def started(self) -> int:
        """People who have begun."""
        return self.now.started

    @property
    def days(self) -> Decimal:
        """Days at school this term."""
        return self.now.days


@dataclass(frozen=True, slots=True)
class Member:
    """One person bound, where people were asked for one by one; the standings are those of the chosen rules.

    `helps` are the goals for which the person stands on the help list: the reason given, and how it stood.
    """

    person_id: int
    name: str
    unit_id: int
    unit: str
    path: str
    begun: bool
    away: bool
    standings: tuple[Standing, ...]
    helps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """The unit's own line (with all whom no committee below stands for), then one for each committee below it."""

    lines: tuple[TeamLine, ...]
    members: tuple[Member, ...]

    @property
    def whole(self) -> Figures:
        """All lines together."""
        return added(line.now for line in self.lines)


@dataclass(frozen=True, slots=True)
class Books:
    """What figures are reckoned by: rules, calendars, the day."""

    policies: Mapping[str, Policy]
    calendar_of: CalendarOf
    today: date


def every(_rule: Rule) -> bool:
    """All rules."""
    return True


def none(_rule: Rule) -> bool:
    """No rule: who has begun and the days are all that is asked for."""
    return False


def team(
    connection: Connection,
    books: Books,
    unit: UnitRow,
    choice: Choice = none,
    named: Collection[int] | None = (),
    *,
    past: bool = False,
    most: int = EVERYBODY,
) -> Team:
    """A unit's figures; two statements. People of the units `named` (of all with None) are given one by one too.

    Where there are over `most` people nobody is given one by one. With `past` the rules are also told as they stood at the end of last month; without it only those of today.
    """
    seats = tree(connection, unit.path)
    rows = lines(seats, unit.id)
    counted = places(seats, unit, rows)
    kinds = {seat.unit.id: _kind(seat, counted[seat.unit.id], books) for seat in seats if not seat.training}
    order = {kind: at for at, kind in enumerate(dict.fromkeys(kinds.values()))}
    reading = Reading(books.policies, order, choice, books.today, past=past)
    asked = [Place(unit, order[kind], int(named is None or unit in named)) for unit, kind in kinds.items()]
    found = read(connection, _asked(books, asked, reading, most=most))
    by_number = list(order)
    reckoned = [Reckoned(one, by_number[one.kind], reading) for one in found]
    people = _members(reckoned, [seat.unit for seat in seats if named is None or seat.unit.id in named])
    by_line: list[list[Reckoned]] = [[] for _ in rows]
    for one in reckoned:
        by_line[one.kind.line].append(one)
    return Team(tuple(map(TeamLine, rows, by_line)), people)


def _asked(books: Books, places: Sequence[Place], reading: Reading, *, most: int) -> Asked:
    """Documents that people have of their own are usually one or all; whoever has others comes alone."""
    documents = ("", *sorted(books.policies)[:5], " ".join(books.policies))
    past = periods(reading.keys if reading.past else reading.summed)
    before = books.today.replace(day=1) - DAY
    alone = reading.choice is not none
    return Asked(places, periods(reading.keys), past, documents, books.today, before, alone, most)


def _kind(seat: Seat, line: int, books: Books) -> Kind:
    return Kind(line, seat.level, seat.policies, books.calendar_of(seat.terms))


def _members(found: Sequence[Reckoned], units: Sequence[UnitRow]) -> tuple[Member, ...]:
    """Those of some units who are bound, in the roster's order."""
    by_unit: dict[int, list[Reckoned]] = {unit.id: [] for unit in units}
    for one in found:
        who = one.group.one
        if who and one.counts and who.unit_id in by_unit:
            by_unit[who.unit_id].append(one)
    return tuple(_member(one, unit) for unit in units for one in by_unit[unit.id])


def _member(found: Reckoned, unit: UnitRow) -> Member:
    who, begun = found.group.one, bool(found.begun)
    if who is None:
        raise LookupError("nobody comes alone here")
    helps = tuple((text, data.get("said", "")) for text, data in who.helps)
    return Member(who.id, who.name, *unit, begun, found.group.away, found.standings, helps)
