"""Figures of units: each line is the sum of what its people would be told themselves, today and as it stood a month ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert

from models import goals, journal
from models.calendars import Calendars
from models.facts import Fact
from models.histories import Enrolled, History, histories
from models.items import Item
from models.metrics import totals
from models.people import Absence, Assignment, Person
from models.policy import Policy, Rule, is_bound, rules_for
from models.progress import FROM_BOUND, Standing, standings
from models.recount import reckon, recount
from models.team import Books, Figures, Team, every, team
from models.totals import persist
from models.tree import UnitRow
from models.units import School, Term, Unit
from tests.made import BOTH, TODAY, fact, policies

D = Decimal
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FIRST, MONTH = date(2026, 6, 1), date(2026, 11, 1)
CITY = UnitRow(1, "市", "/1/")
UNITS = (
    (1, "市", "prefecture", None, "/1/", " ".join(BOTH)),
    (2, "甲县", "county", 1, "/1/2/", " ".join(BOTH)),
    (3, "乙县", "county", 1, "/1/3/", ""),
    (4, "实验小学", "school", 1, "/1/4/", ""),
    (5, "演练县", "county", 1, "/1/5/", ""),
    (6, "甲县一中", "middle_school", 2, "/1/2/6/", "league_im_2021"),
)
# Ten people: serving, come late, gone, at practice, not bound, on leave.
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
    for history in histories(connection):
        calendar = books().calendar_of(history.who.terms)
        persist(connection, "person", history.who.bound.person_id, reckon(history, changing(), calendar))


def own(history: History, until: date, changed: Mapping[tuple[str, str], Decimal]) -> tuple[Standing, ...]:
    """What a person would be told, of what was done before a day."""
    who, calendar = history.who.bound, books().calendar_of(history.who.terms)
    rules = rules_for(changing(), who, TODAY, calendar)
    facts = [one for one in history.facts if one.end and one.end < until]
    items = [one for one in history.items if one.day and one.day < until]
    return standings(rules, totals(facts, items, who, calendar, rules), who, calendar, TODAY, changed)


def serves(who: Enrolled, until: date) -> bool:
    bound = any(is_bound(changing()[name], who.bound) for name in who.bound.policies)
    left = who.left_on is not None and who.left_on < until
    late = until == MONTH and who.bound.joined_on is not None and who.bound.joined_on >= MONTH
    return bound and not (who.training or left or late)


def one_by_one(connection: Connection, until: date) -> dict[int, dict[str, tuple[int, int, int, Decimal]]]:
    """By line and rule: bound, begun, met, done; by hand."""
    changed_goals = goals.between(connection, 0, 99)
    found: dict[int, dict[str, tuple[int, int, int, Decimal]]] = defaultdict(dict)
    for history in histories(connection):
        who = history.who
        if not serves(who, until):
            continue
        line = {6: 2, 4: 1}.get(who.unit_id, who.unit_id)
        for one in own(history, until, changed_goals.get(who.bound.person_id, {})):
            if one.rule.metric not in FROM_BOUND:
                met = one.met or (one.rule.kind == "shown" and one.done > 0)
                old = found[line].get(one.rule.id, (0, 0, 0, D(0)))
                found[line][one.rule.id] = (old[0] + 1, old[1] + (one.done > 0), old[2] + met, old[3] + one.done)
    return dict(found)


def told(one: Figures) -> dict[str, tuple[int, int, int, Decimal]]:
    return {figure.rule.id: (figure.bound, figure.begun, figure.met, figure.done) for figure in one.rules}


def figures(connection: Connection, **more: Any) -> Team:
    return team(connection, books(), CITY, **more)


def agree(connection: Connection) -> None:
    found = figures(connection, choice=every, past=True)
    assert [line.unit.id for line in found.lines] == [1, 5, 3, 2]
    for until, side in ((TODAY + timedelta(1), "now"), (MONTH, "before")):
        shown = {line.unit.id: told(getattr(line, side)) for line in found.lines}
        assert {line: rules for line, rules in shown.items() if rules} == one_by_one(connection, until), side


@pytest.fixture
def connection(database: Engine) -> Iterator[Connection]:
    with database.connect() as opened:
        yield opened


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds(), min_size=6, max_size=40), st.lists(changes, max_size=6))
def test_a_line_is_the_sum_of_its_people(connection: Connection, done: list[Deed], altered: list[Change]) -> None:
    with connection.begin() as transaction:
        roster(connection)
        said(connection, done)
        changed(connection, altered)
        keep(connection)
        assert list(recount(connection, changing(), books().calendar_of)) == []
        agree(connection)
        transaction.rollback()


def spoken(person: int, kind: str, count: float, start: str, end: str = "", **more: Any) -> Deed:
    return Deed(person, fact(kind, count, start, end, **more), "")


STORY = (
    spoken(2, "on_site", 3, "10-12", "10-14"),
    spoken(2, "on_site", 1, "11-09"),
    spoken(3, "lecture", 1, "11-10"),
    spoken(6, "lecture", 1, "11-10"),
    spoken(12, "interview", 4, "03-10", audience="student"),
)


def told_story(connection: Connection) -> None:
    roster(connection)
    said(connection, STORY)
    changed(connection, [Change(4, "leave", 0, date(2026, 11, 1)), Change(2, "leave", 0, date(2026, 11, 1))])
    keep(connection)


def test_who_has_begun_and_the_days_now_and_a_month_ago(connection: Connection) -> None:
    """The year's deeds begin too; who practises, who left and who is not bound is in no line, who came late not in last month's."""
    told_story(connection)
    county = next(line for line in figures(connection).lines if line.unit.id == 2)
    assert (county.now.bound, county.now.started, county.now.days) == (4, 3, D(4))
    assert (county.before.bound, county.before.started, county.before.days) == (3, 2, D(3))
    assert county.now.away == 1, "the one on leave who has begun is not waited for"
    practice = next(line for line in figures(connection).lines if line.unit.id == 5)
    assert practice.bound == 0


def test_people_one_by_one_stand_as_they_are_told_themselves(connection: Connection) -> None:
    told_story(connection)
    changed(connection, [Change(2, "N09a", 5, TODAY)])
    goal = goals.between(connection, 2, 2)[2]
    by_number = {history.who.bound.person_id: history for history in histories(connection)}
    found = figures(connection, choice=every, named=[2])
    assert [one.person_id for one in found.members] == [4, 3, 2], "in the roster's order"
    for one in found.members:
        mine = own(by_number[one.person_id], TODAY + timedelta(1), goal if one.person_id == 2 else {})
        assert one.standings == mine
        assert (one.begun, one.away) == (one.person_id != 4, one.person_id in (2, 4))


def test_a_list_too_long_names_nobody(connection: Connection) -> None:
    told_story(connection)
    assert figures(connection, named=None, most=3).members == ()
    assert len(figures(connection, named=None, most=300).members) == figures(connection).whole.bound


def test_the_help_list_comes_with_the_figures(connection: Connection) -> None:
    told_story(connection)
    row = {
        "kind": "help",
        "status": "open",
        "title": "N01",
        "period": "2026-2027-1",
        "text": "学校放假",
        "made_at": NOW,
    }
    connection.execute(insert(Item).values(person_id=3, unit_id=2, data={"said": "驻校0/10天"}, **row))
    found = figures(connection, named=[2])
    assert {line.unit.id: line.now.helped for line in found.lines} == {1: 0, 2: 1, 3: 0, 5: 0}
    assert [one.helps for one in found.members if one.helps] == [(("学校放假", "驻校0/10天"),)]
