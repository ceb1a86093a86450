"""The one statement behind the figures of many people: groups whom the same rules bind, with sums of their kept totals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Date, Row, bindparam, text


class Place(NamedTuple):
    """Where a unit's people are counted; with `named` they come one by one."""

    unit_id: int
    kind: int
    named: bool


class Wanted(NamedTuple):
    """A total that is read, and the range within which a goal lies."""

    number: int
    metric: str
    period: str
    low: Decimal
    high: Decimal


class Group(NamedTuple):
    """People whom the same rules bind; or one person (`one`), with what an approver changed and the schools assigned.

    `serving` says whether they are here today, `served` whether they were on the day before this month began.
    """

    number: int
    people: int
    kind: int
    post: str
    policies: str
    posted: bool
    serving: bool
    served: bool
    away: bool
    one: int | None
    name: str
    unit_id: int
    joined_on: date | None
    goals: Sequence[Sequence[Any]]
    schools: Sequence[Sequence[Any]]


class Sums(NamedTuple):
    """A total over a group: how many have any, the sum, how many lie within the range."""

    begun: int
    done: Decimal
    within: int


class Read(NamedTuple):
    """What the statement gives of one group: the sums of today and of the day before this month, by number of what was wanted."""

    group: Group
    now: dict[int, Sums]
    then: dict[int, Sums]


# The units stand in the statement itself: the planner then knows how many there are, also once it is prepared.
STATEMENT = """
WITH place (unit_id, kind, named) AS (VALUES {places}),
wanted AS ({wanted}),
folk AS (
    SELECT p.id, place.kind, p.post, p.policies, p.grassroots_posting AS posted,
        (p.left_on IS NULL OR p.left_on > :today) AS serving,
        ((p.left_on IS NULL OR p.left_on > :before) AND (p.joined_on IS NULL OR p.joined_on <= :before)) AS served,
        EXISTS (SELECT 1 FROM absences a WHERE a.person_id = p.id AND a.start <= :today AND a."end" >= :today) AS away,
        CASE WHEN place.named = 1 OR EXISTS (
            SELECT 1 FROM items i WHERE i.person_id = p.id AND i.kind = 'goal' AND i.status = 'given'
        ) THEN p.id END AS one
    FROM persons p JOIN place ON place.unit_id = p.unit_id
    WHERE NOT p.training AND ' ' || p.roles || ' ' LIKE '% cadre %' AND (p.left_on IS NULL OR p.left_on > :before)
),
people AS (
    SELECT *, dense_rank() OVER (ORDER BY kind, post, policies, posted, serving, served, away, one) AS number FROM folk
),
grouped AS (SELECT number, count(*) AS people, min(id) AS id FROM people GROUP BY number),
sums AS (
    SELECT people.number, wanted.number AS wanted,
        sum(CASE WHEN t.value <> 0 THEN 1 ELSE 0 END) AS begun, sum(t.value) AS done,
        sum(CASE WHEN t.value <> 0 AND t.value BETWEEN wanted.low AND wanted.high THEN 1 ELSE 0 END) AS within,
        sum(CASE WHEN {then} <> 0 THEN 1 ELSE 0 END) AS begun_then, sum({then}) AS done_then,
        sum(CASE WHEN {then} <> 0 AND {then} BETWEEN wanted.low AND wanted.high THEN 1 ELSE 0 END) AS within_then
    FROM totals t
    JOIN wanted ON wanted.metric = t.metric AND wanted.period = t.period
    JOIN people ON people.id = t.subject_id
    WHERE t.subject_kind = 'person'
    GROUP BY people.number, wanted.number
)
SELECT g.number, g.people, f.kind, f.post, f.policies, f.posted, f.serving, f.served, f.away, f.one,
    CASE WHEN f.one IS NOT NULL THEN p.name END AS name, p.unit_id, p.joined_on,
    CASE WHEN f.one IS NOT NULL THEN {goals} END AS goals,
    CASE WHEN f.one IS NOT NULL THEN {schools} END AS schools,
    s.wanted, s.begun, s.done, s.within, s.begun_then, s.done_then, s.within_then
FROM grouped g JOIN people f ON f.id = g.id JOIN persons p ON p.id = g.id LEFT JOIN sums s ON s.number = g.number
ORDER BY p.position, p.id
"""
THEN = "(CASE WHEN t.month = :month THEN t.earlier ELSE t.value END)"
GOALS = """(SELECT {list} FROM items i
    WHERE i.person_id = f.one AND i.kind = 'goal' AND i.status = 'given')"""
SCHOOLS = "(SELECT {list} FROM assignments a WHERE a.person_id = f.one)"
LISTS = {
    "sqlite": {
        "wanted": "SELECT json_extract(value, '$[0]') AS number, json_extract(value, '$[1]') AS metric,"
        " json_extract(value, '$[2]') AS period, json_extract(value, '$[3]') * 1.0 AS low,"
        " json_extract(value, '$[4]') * 1.0 AS high FROM json_each(:wanted)",
        "goals": GOALS.format(list="json_group_array(json_array(i.title, i.period, json(i.data)))"),
        "schools": SCHOOLS.format(list="""json_group_array(json_array(a.kind, a.school_id, a.start, a."end"))"""),
    },
    "postgresql": {
        "wanted": "SELECT (r ->> 0)::int AS number, r ->> 1 AS metric, r ->> 2 AS period, (r ->> 3)::numeric AS low,"
        " (r ->> 4)::numeric AS high FROM json_array_elements(CAST(:wanted AS json)) AS r",
        "goals": GOALS.format(list="json_agg(json_build_array(i.title, i.period, i.data) ORDER BY i.id)"),
        "schools": SCHOOLS.format(list="""json_agg(json_build_array(a.kind, a.school_id, a.start, a."end"))"""),
    },
}


UNCACHED: Mapping[str, Any] = {"compiled_cache": None}


def read(
    connection: Connection, places: Sequence[Place], wanted: Iterable[Wanted], today: date, before: date
) -> list[Read]:
    """Every group with its sums; people at practice are in none."""
    listed = ",".join(f"({place.unit_id:d},{place.kind:d},{place.named:d})" for place in places)
    parts = LISTS[connection.dialect.name] | {"places": listed, "then": THEN}
    days = [bindparam(name, type_=Date()) for name in ("today", "before")]
    # Each tree makes a statement of its own: the cache of compiled ones is for those that come again.
    statement = text(STATEMENT.format(**parts)).bindparams(*days)
    rows = json.dumps([[*one[:3], str(one.low), str(one.high)] for one in wanted])
    values = {"wanted": rows, "today": today, "before": before, "month": f"{today:%Y-%m}"}
    found: dict[int, Read] = {}
    for row in connection.execute(statement, values, execution_options=UNCACHED) if places else ():
        known = found.get(row.number) or found.setdefault(row.number, Read(_group(row), {}, {}))
        if row.wanted is not None:
            known.now[row.wanted] = Sums(row.begun, _number(row.done), row.within)
            known.then[row.wanted] = Sums(row.begun_then, _number(row.done_then), row.within_then)
    return list(found.values())


def _number(value: object) -> Decimal:
    return Decimal(str(value))


def _group(row: Row[Any]) -> Group:
    values: dict[str, Any] = {name: getattr(row, name) for name in Group._fields}
    truths = {name: bool(values[name]) for name in ("posted", "serving", "served", "away")}
    lists = {name: _lines(values[name]) for name in ("goals", "schools")}
    return Group(**values | truths | lists | {"name": row.name or "", "joined_on": _day(row.joined_on)})


def _lines(value: Any) -> Sequence[Sequence[Any]]:
    return json.loads(value) if isinstance(value, str) else value or ()


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
