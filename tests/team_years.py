"""A city of twelve people and half a year of what they said, drawn at random or told: for figures of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from models import goals, journal
from models.calendars import Calendars
from models.facts import Fact
from models.histories import histories
from models.items import Item
from models.people import Absence, Assignment, Person
from models.policy import Policy, Rule
from models.recount import reckon
from models.team import Books
from models.totals import persist
from models.units import School, Term, Unit
from tests.made import BOTH, TODAY, fact, policies

D = Decimal
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FIRST, MONTH = date(2026, 6, 1), date(2026, 11, 1)
UNITS = (
    (1, "市", "prefecture", None, "/1/", " ".join(BOTH)),
    (2, "甲县", "county", 1, "/1/2/", " ".join(BOTH)),
    (3, "乙县", "county", 1, "/1/3/", ""),
    (4, "实验小学", "school", 1, "/1/4/", ""),
    (5, "演练县", "county", 1, "/1/5/", ""),
    (6, "甲县一中", "middle_school", 2, "/1/2/6/", "league_im_2021"),
)
# Twelve people: serving, come late, gone, at practice, not bound, on leave.
PEOPLE: tuple[dict[str, Any], ...] = (
    {"unit_id": 1},
    {"unit_id": 2, "post": "seconded", "roles": "cadre approver"},
    {"unit_id": 2, "grassroots_posting": True},
    {"unit_id": 2, "joined_on": date(2026, 11, 10)},
    {"unit_id": 3, "left_on": date(2026, 11, 5)},
    {"unit_id": 3, "training": True},
    {"unit_id": 4, "policies": "pioneer_2017 league_im_2021"},
    {"unit_id": 5},
    {"unit_id": 3, "post": "part_time"},
    {"unit_id": 6, "left_on": date(2026, 10, 5)},
    {"unit_id": 3, "roles": "supervisor"},
    {"unit_id": 6},
)


@cache
def books() -> Books:
    """What figures of units are reckoned by."""
    return Books(changing(), Calendars({}).of, TODAY)


@cache
def changing() -> Mapping[str, Policy]:
    """The documents, one of which changes a goal within the term and adds another."""
    old = policies()["pioneer_2017"]
    pioneers = next(rule for rule in old.rules if rule.id == "N09a")
    later = date(2026, 10, 15)
    rules: list[Rule] = [rule for rule in old.rules if rule is not pioneers]
    rules += [replace(pioneers, until=later - timedelta(1)), replace(pioneers, since=later, required=D(7))]
    rules.append(replace(pioneers, id="N99", metric="class_visits", period="month", required=D(2), since=later))
    return policies() | {"pioneer_2017": replace(old, rules=tuple(rules))}


class Deed(NamedTuple):
    """Something said by one of the people, and whether it was amended or undone later."""

    person: int
    fact: Fact
    fate: str


# Some say more than others, so that what they did in different months stands side by side.
SPEAKERS = (*range(1, len(PEOPLE) + 1), 2, 2, 3, 3, 12)
KINDS = (
    "on_site",
    "interview",
    "interview",
    "lecture",
    "class_visit",
    "unit_link",
    "coverage",
    "theme_day",
    "identity",
)


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    """Anything that one of them may say of the half year."""
    kind = draw(st.sampled_from(KINDS))
    start = draw(st.one_of(st.dates(FIRST, TODAY), st.dates(MONTH, TODAY)))
    end = min(start + timedelta(days=draw(st.sampled_from((0, 0, 4)))), TODAY) if kind == "on_site" else start
    audience = draw(st.sampled_from(("pioneer", "counselor", "student", "league_cadre")))
    count = draw(st.sampled_from((1, 2, 3, 9, 25)))
    more: dict[str, Any] = {"of": 30, "audience": "student"} if kind == "coverage" else {}
    if kind == "interview":
        more = {"audience": audience, "met_before": draw(st.sampled_from((None, 2)))}
    done = fact(kind, min(count, 3) if kind == "on_site" else count, start.isoformat(), end.isoformat(), **more)
    away = draw(st.sampled_from((False, False, True)))
    return Deed(
        draw(st.sampled_from(SPEAKERS)),
        done._replace(away=away),
        draw(st.sampled_from(("", "", "count", "date", "undo"))),
    )


class Change(NamedTuple):
    """A goal that an approver changed, or a paper that was accepted."""

    person: int
    kind: str
    value: int
    day: date


changes = st.builds(
    Change,
    st.integers(1, len(PEOPLE)),
    st.sampled_from(("N09a", "N01", "M15", "report", "leave")),
    st.integers(0, 9),
    st.dates(FIRST, TODAY),
)


def roster(connection: Connection) -> None:
    """Put the units and their people in."""
    for number, name, level, above, path, names in UNITS:
        row = {"id": number, "name": name, "level": level, "parent_id": above, "path": path, "policies": names}
        connection.execute(insert(Unit).values(**row, position=9 - number, training=number == 5))
    connection.execute(insert(School).values(unit_id=4))
    own_term = {"name": "秋", "start": date(2026, 8, 20), "end": date(2027, 1, 20)}
    connection.execute(insert(Term).values(unit_id=2, **own_term))
    for number, row in enumerate(PEOPLE, 1):
        connection.execute(insert(Person).values({"id": number, "name": f"人{number}", "position": -number} | row))
        if number % 3:
            connection.execute(insert(Assignment).values(person_id=number, school_id=4, start=date(2026, 9, 1)))


def said(connection: Connection, done: Sequence[Deed]) -> None:
    """Record deeds as the chat would, with what became of them."""
    names = ("activity", "audience", "count", "start", "end", "met_before", "of", "away", "state")
    for one in done:
        actor = journal.Actor(one.person, PEOPLE[one.person - 1]["unit_id"], None, NOW)
        row = {name: getattr(one.fact, name) for name in names} | {"text": None}
        [number] = journal.add_entries(connection, actor, [row])
        after: dict[str, dict[str, Any]] = {
            "count": {"count": D(2)},
            "date": {"start": date(2026, 10, 9), "end": date(2026, 10, 9)},
            "undo": {"state": "withdrawn"},
        }
        if one.fate:
            journal.change_entry(connection, actor, number, one.fact._asdict(), after[one.fate], one.fate)


def changed(connection: Connection, done: Sequence[Change]) -> None:
    """Goals, papers and leave."""
    for one in done:
        unit = PEOPLE[one.person - 1]["unit_id"]
        if one.kind == "leave":
            span = {"start": one.day, "end": one.day + timedelta(days=30), "made_at": NOW}
            connection.execute(insert(Absence).values(person_id=one.person, **span))
        elif one.kind == "report":
            row = {"kind": "report", "status": "accepted", "day": one.day, "made_at": NOW}
            connection.execute(insert(Item).values(person_id=one.person, unit_id=unit, **row))
        else:
            rule = next(r for policy in changing().values() for r in policy.rules if r.id == one.kind)
            period = {"term": "2026-2027-1", "year": "2026"}[rule.period]
            known = goals.between(connection, one.person, one.person).get(one.person, {})
            if (rule.id, period) not in known:
                row = {
                    "kind": "goal",
                    "status": "given",
                    "title": rule.id,
                    "period": period,
                    "data": {"value": one.value},
                }
                connection.execute(insert(Item).values(person_id=one.person, unit_id=unit, made_at=NOW, **row))


def keep(connection: Connection) -> None:
    """Reckon everybody's totals from what they did."""
    for history in histories(connection):
        calendar = books().calendar_of(history.who.terms)
        persist(connection, "person", history.who.bound.person_id, reckon(history, changing(), calendar))
