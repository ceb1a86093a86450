"""Figures of units: each line is the sum of what its people would be told themselves, today and as it stood a month ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert

from models import goals
from models.histories import Enrolled, History, histories
from models.items import Item
from models.metrics import totals
from models.policy import is_bound, rules_for
from models.progress import FROM_BOUND, Standing, standings
from models.recount import recount
from models.team import Figures, Team, every, team
from models.tree import UnitRow
from tests.made import TODAY, fact
from tests.team_years import MONTH, NOW, Change, Deed, books, changed, changes, changing, deeds, keep, roster, said

D = Decimal
CITY = UnitRow(1, "市", "/1/")


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
