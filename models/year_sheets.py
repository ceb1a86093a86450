"""The year sheets of many people: a few statements for a batch, whatever the number of people in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, extract, func, or_, select

from models import goals
from models.calendars import CalendarOf
from models.histories import Enrolled, History, histories
from models.items import Item
from models.people import Person
from models.policy import Policy
from models.tasklists import LIVE
from models.units import School, Unit
from models.year import Asked, Year, year_of

BESIDE = ("report", "case", "issue", "task_list")
ZERO = Decimal(0)


class Place(NamedTuple):
    """A school as the sheet names it."""

    name: str
    kind: str
    area: str


class Stay(NamedTuple):
    """A school in a person's year: since when, until when, the days there; no dates where it was only visited."""

    place: Place
    start: date | None
    end: date | None
    days: Decimal


class Paper(NamedTuple):
    """A report, case, problem or task list."""

    kind: str
    title: str
    text: str
    status: str
    period: str
    day: date | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class YearSheet:
    """All that a person's year sheet shows."""

    who: Enrolled
    year: Year
    stays: tuple[Stay, ...]
    papers: tuple[Paper, ...]

    def of(self, *kinds: str) -> tuple[Paper, ...]:
        """The papers of some kinds, in the order in which they were made."""
        return tuple(paper for paper in self.papers if paper.kind in kinds)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose sheets: everybody of a unit and below who served in the year, or one person."""

    path: str
    person_id: int | None = None


def year_sheets(
    connection: Connection,
    policies: Mapping[str, Policy],
    calendar_of: CalendarOf,
    whose: Whose,
    year: int,
    today: date,
) -> Iterator[YearSheet]:
    """Everybody's year up to today, in order of their numbers; practice is no work."""
    asked = Asked(year, min(date(year, 12, 31), today), policies)
    places = _places(connection)
    for batch in _batches(histories(connection, whose.path, whose.person_id)):
        numbers = (batch[0].who.bound.person_id, batch[-1].who.bound.person_id)
        own, papers = goals.between(connection, *numbers), _papers(connection, year, *numbers)
        for history in batch:
            if _serves(history.who, asked, whose):
                number = history.who.bound.person_id
                found = year_of(history, asked, calendar_of(history.who.terms), own.get(number))
                yield YearSheet(history.who, found, tuple(_stays(history.who, found, places)), tuple(papers[number]))


def how_many(connection: Connection, path: str, year: int) -> int:
    """How many sheets there will be, about: who serves in a unit and below."""
    here = (Unit.path.startswith(path, autoescape=True), Person.training.is_(False), Unit.training.is_(False))
    present = or_(Person.left_on.is_(None), Person.left_on > date(year, 1, 1))
    statement = select(func.count()).select_from(Person).join(Unit, Unit.id == Person.unit_id).where(*here, present)
    return int(connection.execute(statement).scalar_one())


def _batches(found: Iterator[History], size: int = 250) -> Iterator[list[History]]:
    batch: list[History] = []
    for one in found:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _serves(who: Enrolled, asked: Asked, whose: Whose) -> bool:
    """In office at some time of the year and in earnest; of many, those who record."""
    gone = who.left_on is not None and who.left_on <= asked.first
    return not (who.training or gone) and ("cadre" in who.bound.roles or whose.person_id is not None)


def _places(connection: Connection) -> dict[int, Place]:
    rows = connection.execute(
        select(Unit.id, Unit.name, School.kind, School.area).join(School, School.unit_id == Unit.id)
    )
    return {number: Place(name, kind, area) for number, name, kind, area in rows}


def _papers(connection: Connection, year: int, first: int, last: int) -> Mapping[int, list[Paper]]:
    of_year = or_(
        extract("year", Item.day) == year,
        Item.day.is_(None) & (extract("year", Item.made_at) == year) & (Item.kind != "task_list"),
        (Item.kind == "task_list") & (Item.period == str(year)),
    )
    columns = (Item.person_id, Item.kind, Item.title, Item.text, Item.status, Item.period, Item.day, Item.data)
    mine = (
        Item.person_id.between(first, last),
        Item.kind.in_(BESIDE),
        Item.status.not_in(("withdrawn", "replaced", "cancelled")),
    )
    found: dict[int, list[Paper]] = defaultdict(list)
    for number, *rest in connection.execute(select(*columns).where(*mine, of_year).order_by(Item.id)):
        found[number].append(Paper._make(rest))
    return found


def task_list(sheet: YearSheet) -> Paper | None:
    """The newest list of the year that is alive."""
    return next((paper for paper in reversed(sheet.of("task_list")) if paper.status in LIVE), None)


def _stays(who: Enrolled, year: Year, places: Mapping[int, Place]) -> Iterator[Stay]:
    """The assigned schools of the year, then the others that were visited."""
    first, last = date(year.year, 1, 1), year.last
    held = [span for span in assigned(who) if span[1] <= last and (span[2] is None or span[2] >= first)]
    told: set[int] = set()
    for school, start, end in held:
        days = ZERO if school in told else year.school_days.get(school, ZERO)
        told.add(school)
        yield Stay(places.get(school, Place("", "", "")), start, end, days)
    for school, days in year.school_days.items():
        if school not in told and days:
            yield Stay(places.get(school, Place("", "", "")), None, None, days)


def assigned(who: Enrolled) -> Sequence[tuple[int, date, date | None]]:
    """The person's own schools, then those linked beside them."""
    return (*who.bound.assigned, *who.bound.linked)
