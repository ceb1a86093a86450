"""Totals equal a plain recount, whatever was said, undone, amended, back-dated, or changed in the rules."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert, select, update

from bot.__main__ import main
from models import journal
from models.database import connect
from models.facts import Bound, Fact
from models.histories import histories
from models.metrics import Totals
from models.people import Assignment, Person
from models.periods import period_of
from models.policy import Rule, rules_for
from models.records import Entry, Total
from models.recount import reckon, recount
from models.totals import persist
from models.units import Unit
from tests.made import BOTH, CALENDAR, TODAY, bound, fact, policies, sums

FIRST = date(2026, 3, 1)
PEOPLE = ("pioneer", "counselor", "student", "league_cadre", "school_leader", None)
DEEDS = ("interview", "lecture", "theme_day", "online_contact", "exchange", "issue", "pairing")


@st.composite
def deeds(draw: st.DrawFn) -> Fact:
    """Any entry but a stay, which has its own proof."""
    deed = draw(st.sampled_from(DEEDS))
    count = draw(st.integers(1, 12))
    when = FIRST + timedelta(days=draw(st.integers(0, (TODAY - FIRST).days)))
    return fact(
        deed,
        count,
        when.isoformat(),
        audience=draw(st.sampled_from(PEOPLE)) if deed == "interview" else None,
        method=draw(st.sampled_from(("forum", None, None))) if deed == "interview" else None,
        met_before=draw(st.sampled_from((None, None, 2))) if deed == "interview" else None,
        away=draw(st.booleans()),
        state=draw(st.sampled_from(("active", "active", "pending"))),
    )


SAYS: dict[str, Callable[[Fact], bool]] = {
    "pioneers_interviewed": lambda one: one.audience == "pioneer",
    "counselors_interviewed": lambda one: one.audience == "counselor",
    "students_interviewed": lambda one: one.audience == "student",
    "league_cadres_interviewed": lambda one: one.audience == "league_cadre",
    "leader_meetings": lambda one: one.audience == "school_leader",
    "lectures": lambda one: one.activity == "lecture",
    "league_classes": lambda one: one.activity == "lecture",
    "theme_league_days": lambda one: one.activity == "theme_day",
    "online_contacts": lambda one: one.activity == "online_contact",
    "exchanges": lambda one: one.activity == "exchange",
    "issues": lambda one: one.activity == "issue",
    "pairings": lambda one: one.activity == "pairing",
}


def plainly(said: list[Fact], rule: Rule) -> dict[str, Decimal]:
    """One rule's totals entry by entry, as one would on paper."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for one in said:
        assert one.end is not None
        counts = one.state == "active" and SAYS[rule.metric](one)
        if not counts or (rule.school == "assigned" and one.away) or (not rule.counts_forum and one.method == "forum"):
            continue
        people = max((one.count or Decimal(0)) - (one.met_before or 0), Decimal(0))
        key = period_of(rule.period, one.end, CALENDAR).key
        found[key] += 1 if rule.metric == "leader_meetings" else people
    return {key: value for key, value in found.items() if value}


def of_rule(found: Totals, rule: Rule) -> dict[str, Decimal]:
    return {period: value for (metric, period), value in found.items() if metric == rule.measure and value}


def agree(said: list[Fact], who: Bound, today: date = TODAY) -> None:
    found = sums(*said, who=who, today=today)
    for rule in rules_for(policies(), who, today):
        if rule.metric in SAYS:
            assert of_rule(found, rule) == plainly(said, rule), rule.id


@given(st.lists(deeds(), max_size=40))
def test_totals_equal_a_count_on_paper(said: list[Fact]) -> None:
    agree(said, bound(*BOTH))


@st.composite
def histories_of_a_term(draw: st.DrawFn) -> list[Fact]:
    """What is left after saying, amending and undoing in any order."""
    said: list[Fact] = []
    for _ in range(draw(st.integers(1, 30))):
        step = draw(st.sampled_from(("say", "say", "say", "amend", "undo", "date")))
        if step == "say" or not said:
            said.append(draw(deeds()))
            continue
        at = draw(st.integers(0, len(said) - 1))
        changes: dict[str, dict[str, Any]] = {
            "amend": {"count": Decimal(draw(st.integers(0, 9)))},
            "undo": {"state": "withdrawn"},
            "date": dict.fromkeys(("start", "end"), FIRST + timedelta(days=draw(st.integers(0, 264)))),
        }
        said[at] = said[at]._replace(**changes[step])
    return said


@given(histories_of_a_term(), st.sampled_from(("pioneer_2017", "league_im_2021")), st.dates(FIRST, TODAY))
def test_undo_amend_and_back_dating_leave_nothing_behind(said: list[Fact], name: str, today: date) -> None:
    agree(said, bound(name), today)


@given(histories_of_a_term(), st.integers(0, 30))
def test_the_order_of_telling_does_not_matter(said: list[Fact], cut: int) -> None:
    who = bound(*BOTH)
    assert sums(*said, who=who) == sums(*said[cut:], *said[:cut], who=who)


NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def roster(connection: Connection) -> None:
    unit = {"id": 1, "name": "沁源县少工委", "level": "county", "path": "/1/", "policies": " ".join(BOTH)}
    connection.execute(insert(Unit).values(**unit))
    school = {"id": 2, "name": "实验小学", "level": "school", "parent_id": 1, "path": "/1/2/"}
    connection.execute(insert(Unit).values(**school))
    connection.execute(insert(Person).values(id=1, unit_id=1, name="王干事"))
    connection.execute(insert(Assignment).values(person_id=1, school_id=2, start=date(2026, 9, 1)))


def row(one: Fact) -> dict[str, Any]:
    names = ("activity", "audience", "count", "start", "end", "method", "met_before", "away", "state")
    return {name: getattr(one, name) for name in names} | {"text": None}


def keep(connection: Connection) -> None:
    """Totals as the conversation keeps them after a message."""
    for history in histories(connection):
        persist(connection, "person", history.who.bound.person_id, reckon(history, policies(), CALENDAR))


def recounted(connection: Connection, *, repair: bool = False) -> list[tuple[str, str]]:
    found = recount(connection, policies(), lambda _terms: CALENDAR, repair=repair)
    return [(one.metric, one.period) for one in found]


def act(connection: Connection, said: list[Fact]) -> None:
    """Say everything, then change every third and undo every fourth."""
    actor = journal.Actor(1, 1, None, NOW)
    ids = [number for one in said for number in journal.add_entries(connection, actor, [row(one)])]
    for at, number in enumerate(ids):
        if at % 3 == 0:
            journal.change_entry(connection, actor, number, {"count": None}, {"count": Decimal(2)}, "amend")
        if at % 4 == 0:
            journal.change_entry(connection, actor, number, {"state": "active"}, {"state": "withdrawn"}, "undo")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(deeds(), min_size=1, max_size=12))
def test_what_is_kept_equals_the_entries(database: Engine, said: list[Fact]) -> None:
    with database.connect() as connection:
        transaction = connection.begin()
        roster(connection)
        act(connection, said)
        keep(connection)
        assert recounted(connection) == []
        facts = next(histories(connection)).facts
        assert len(facts) == len(said)
        agree(list(facts), bound(*BOTH))
        transaction.rollback()


def test_a_wrong_total_is_found_and_repaired(database: Engine) -> None:
    with database.begin() as connection:
        roster(connection)
        act(connection, [fact("lecture"), fact("lecture", 3)])
        keep(connection)
        connection.execute(update(Total).where(Total.metric == "league_classes").values(value=7))
        assert recounted(connection, repair=True) == [("league_classes", "2026")]
        assert recounted(connection) == []
        assert connection.execute(select(Total.value).where(Total.metric == "league_classes")).scalar_one() == 3


def test_practice_counts_nowhere(database: Engine) -> None:
    with database.begin() as connection:
        roster(connection)
        journal.add_entries(connection, journal.Actor(1, 1, None, NOW, training=True), [row(fact("lecture"))])
        journal.add_entries(connection, journal.Actor(1, 1, None, NOW), [row(fact("lecture"))])
        keep(connection)
        assert connection.execute(select(Total.value).where(Total.metric == "league_classes")).scalar_one() == 1
        assert len(connection.execute(select(Entry.id)).all()) == 2


def test_the_command_finds_and_repairs(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DUNDIAN_SECRET_KEY", "k" * 40)
    engine = connect(sqlite_url)
    with engine.begin() as connection:
        roster(connection)
        act(connection, [fact("exchange"), fact("lecture", 3)])
    engine.dispose()
    first, repaired, again = (CliRunner().invoke(main, ["recount", *more]) for more in ((), ("--repair",), ()))
    assert [one.exit_code for one in (first, repaired, again)] == [1, 0, 0]
    row = {"person_id": 1, "metric": "league_classes", "period": "2026", "kept": 0.0, "entries": 3.0}
    assert row in [json.loads(line) for line in first.stdout.splitlines()]
    assert again.stdout == ""
