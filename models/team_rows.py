"""The one statement behind the figures of many people: groups whom the same rules bind, with all that is kept of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Date, Row, bindparam, text

from models.people import POSTS


class Place(NamedTuple):
    """Where a unit's people are counted; with `named` they come one by one."""

    unit_id: int
    kind: int
    named: int


class One(NamedTuple):
    """What is known of a person who comes alone."""

    id: int
    name: str
    unit_id: int
    joined_on: date | None
    goals: Sequence[Sequence[Any]]
    schools: Sequence[Sequence[Any]]
    helps: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Group:
    """People whom the same rules bind, or one of them alone, with their lines of kept totals of today and of the day before
    this month, by period.

    `helped` says whether they stand on the help list, `serving` whether they are here today, `served` whether they were then.
    """

    people: int
    kind: int
    policies: str
    post: str
    posted: bool
    helped: bool
    serving: bool
    served: bool
    away: bool
    one: One | None = None
    now: dict[str, str] = field(default_factory=dict)
    then: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the database.

    `periods` are the lines of kept totals that are read, `past` those read as they stood before this month, too.
    `documents` are the policies that people have of their own; with `alone` who has own goals comes alone. Where the
    places hold over `most` people, nobody is named.
    """

    places: Sequence[Place]
    periods: frozenset[str]
    past: frozenset[str]
    documents: Sequence[str]
    today: date
    before: date
    alone: bool
    most: int


# A group's number holds what its people share, so that nothing has to be sorted to find them; who comes alone has the
# negative of the own number. Units and totals stand in the statement itself: the planner then knows them, also once it is
# prepared. People are numbered once, before they are joined: of each there are many totals.
PEOPLE = """
    SELECT p.id, CASE
        WHEN place.named = 1 {few} OR p.post NOT IN ({posts}) OR p.policies NOT IN ({documents}) {alone} THEN -p.id
        ELSE place.kind * 2048 + (CASE p.policies {document} END) * 128 + (CASE p.post {post} END) * 32
            + CASE WHEN p.grassroots_posting THEN 16 ELSE 0 END + {helped} + {serving} + {served} + {away}
        END AS number
    FROM persons p JOIN places AS place ON place.unit_id = p.unit_id
    WHERE NOT p.training AND p.roles LIKE '%cadre%' AND (p.left_on IS NULL OR p.left_on > :before)
"""
ALONE = "OR p.id IN (SELECT i.person_id FROM items i WHERE i.kind = 'goal' AND i.status = 'given')"
FEW = """AND (SELECT count(*) FROM persons f JOIN places ON places.unit_id = f.unit_id
            WHERE f.roles LIKE '%cadre%') <= {most}"""
# What is kept of a person is found by the person where they are few, by the period where they are many.
LINES = """
SELECT p.number, {columns}
FROM period_totals t JOIN people AS p ON p.id = t.person_id
WHERE t.period{few} IN ({periods}) GROUP BY p.number
"""
NOW = "{joined}(CASE WHEN t.period = {period} THEN t.now END, ' ')"
THEN = "{joined}(CASE WHEN t.period = {period} THEN CASE WHEN t.month = :month THEN t.earlier ELSE t.now END END, ' ')"
FEW_UNITS = 100
ONES = 13  # columns of whoever comes alone
STATEMENT = """
WITH places AS {once} (SELECT * FROM {places}), people AS {once} ({people}),
grouped AS (SELECT number, count(*) AS people FROM people GROUP BY number),
ones AS {once} (
    SELECT p.id, p.name, p.unit_id, p.joined_on, place.kind, p.policies, p.post, p.grassroots_posting AS posted,
        {helped} + {serving} + {served} + {away} AS days, p.position, {goals} AS goals, {schools} AS schools,
        {helps} AS helps
    FROM grouped g JOIN persons p ON p.id = -g.number JOIN places AS place ON place.unit_id = p.unit_id WHERE g.number < 0
)
SELECT g.number, g.people, ones.*, {nothing} FROM grouped g LEFT JOIN ones ON ones.id = -g.number
UNION ALL SELECT l.number, NULL, {nobody}, {every} FROM ({lines}) AS l
"""
PARTS = {
    "helped": "CASE WHEN p.id IN (SELECT i.person_id FROM items i WHERE i.kind = 'help' AND i.status = 'open')"
    " THEN 8 ELSE 0 END",
    "serving": "CASE WHEN p.left_on IS NULL OR p.left_on > :today THEN 4 ELSE 0 END",
    "served": "CASE WHEN (p.left_on IS NULL OR p.left_on > :before) AND (p.joined_on IS NULL OR p.joined_on <= :before)"
    " THEN 2 ELSE 0 END",
    "away": 'CASE WHEN p.id IN (SELECT a.person_id FROM absences a WHERE a.start <= :today AND a."end" >= :today)'
    " THEN 1 ELSE 0 END",
}
GOALS = "(SELECT CAST({list} AS TEXT) FROM items i WHERE i.person_id = p.id AND i.kind = 'goal' AND i.status = 'given')"
HELPS = "(SELECT CAST({list} AS TEXT) FROM items i WHERE i.person_id = p.id AND i.kind = 'help' AND i.status = 'open')"
SCHOOLS = "(SELECT CAST({list} AS TEXT) FROM assignments a WHERE a.person_id = p.id)"
LISTS: Mapping[str, Mapping[str, str]] = {
    "sqlite": {
        "once": "",
        "joined": "group_concat",
        "goals": GOALS.format(list="json_group_array(json_array(i.title, i.period, json(i.data)))"),
        "helps": HELPS.format(list="json_group_array(json_array(i.text, json(i.data)))"),
        "schools": SCHOOLS.format(list="""json_group_array(json_array(a.kind, a.school_id, a.start, a."end"))"""),
    },
    "postgresql": {
        "once": "MATERIALIZED",
        "joined": "string_agg",
        "goals": GOALS.format(list="json_agg(json_build_array(i.title, i.period, i.data) ORDER BY i.id)"),
        "helps": HELPS.format(list="json_agg(json_build_array(i.text, i.data) ORDER BY i.id)"),
        "schools": SCHOOLS.format(list="""json_agg(json_build_array(a.kind, a.school_id, a.start, a."end"))"""),
    },
}
EVERYBODY = 2**31
UNCACHED: Mapping[str, Any] = {"compiled_cache": None}  # each tree makes a statement of its own


def read(connection: Connection, asked: Asked) -> list[Group]:
    """Every group with its sums, who comes alone in the unit's order; people at practice are in none."""
    days = [bindparam(name, type_=Date()) for name in ("today", "before")]
    statement = text(_statement(connection.dialect.name, asked)).bindparams(*days)
    values = {"today": asked.today, "before": asked.before, "month": f"{asked.today:%Y-%m}"}
    rows = connection.execute(statement, values, execution_options=UNCACHED).all() if asked.places else ()
    groups = sorted((row for row in rows if row.people), key=lambda row: (row.position or 0, row.id or 0))
    found = {row.number: _group(row, asked) for row in groups}
    now, then = sorted(asked.periods), sorted(asked.past)
    for row in (row for row in rows if not row.people):
        words = [told or "" for told in row[-len(now) - len(then) :]]
        found[row.number].now.update(zip(now, words, strict=False))
        found[row.number].then.update(zip(then, words[len(now) :], strict=True))
    return list(found.values())


def _statement(dialect: str, asked: Asked) -> str:
    known = LISTS[dialect]
    asks = [(NOW, period) for period in sorted(asked.periods)] + [(THEN, period) for period in sorted(asked.past)]
    columns = [column.format(joined=known["joined"], period=_quoted(period)) for column, period in asks]
    parts = PARTS | {
        "posts": _listed(POSTS),
        "documents": _listed(asked.documents),
        "post": " ".join(f"WHEN {_quoted(post)} THEN {at}" for at, post in enumerate(POSTS)),
        "document": " ".join(f"WHEN {_quoted(name)} THEN {at}" for at, name in enumerate(asked.documents)),
        "places": PLACES[dialect](asked.places),
        "alone": ALONE if asked.alone else "",
        "few": FEW.format(most=asked.most) if asked.most < EVERYBODY else "",
    }
    lines = LINES.format(
        columns=", ".join(f"{column} AS line{at}" for at, column in enumerate(columns)),
        periods=_listed(asked.periods),
        few=" || ''" if len(asked.places) < FEW_UNITS else "",
    )
    parts["people"] = PEOPLE.format(**{**known, **parts})
    nothing, nobody = (", ".join(["NULL"] * many) for many in (len(columns), ONES))
    every = ", ".join(f"l.line{at}" for at in range(len(columns)))
    return STATEMENT.format(**{**known, **parts}, lines=lines, nothing=nothing, nobody=nobody, every=every)


def _as_json(places: Sequence[Place]) -> str:
    """Units with where they count, as a table of numbers."""
    rows = json.dumps(places, separators=(",", ":"))
    columns = ", ".join(f"json_extract(value, '$[{at}]') AS {name}" for at, name in enumerate(Place._fields))
    return f"(SELECT {columns} FROM json_each('{rows}')) AS place"  # noqa: S608 numbers only


def _as_arrays(places: Sequence[Place]) -> str:
    arrays = ("'{" + ",".join(map(str, numbers)) + "}'" for numbers in zip(*places, strict=True))
    columns = "\\:\\:bigint[], ".join(arrays)
    return f"unnest({columns}\\:\\:bigint[]) AS place ({', '.join(Place._fields)})"


PLACES = {"sqlite": _as_json, "postgresql": _as_arrays}


def _listed(words: Iterable[str]) -> str:
    return ",".join(map(_quoted, sorted(words)))


def _quoted(word: str) -> str:
    """Words of policy files and of the calendar, as the statement writes them."""
    return "'" + word.replace("'", "''").replace(":", "\\:") + "'"


def _group(row: Row[Any], asked: Asked) -> Group:
    number = row[0]
    if number < 0:
        who = One(row.id, row.name, row.unit_id, _day(row.joined_on), *map(_lines, (row.goals, row.schools, row.helps)))
        return Group(1, row.kind, row.policies, row.post, bool(row.posted), *_days(row.days), one=who)
    kind, rest = divmod(number, 2048)
    document, rest = divmod(rest, 128)
    post, rest = divmod(rest, 32)
    return Group(row.people, kind, asked.documents[document], POSTS[post], rest >= 16, *_days(rest % 16))


def _days(bits: int) -> tuple[bool, bool, bool, bool]:
    return bits >= 8, bits % 8 >= 4, bits % 4 >= 2, bits % 2 == 1


def _lines(value: Any) -> Sequence[Sequence[Any]]:
    return orjson.loads(value) if value else ()


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
