"""The one statement behind the figures of many people: groups whom the same rules bind, with sums of their kept totals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Date, Row, bindparam, text

from models.people import POSTS


class Place(NamedTuple):
    """Where a unit's people are counted; with `named` they come one by one."""

    unit_id: int
    kind: int
    named: bool


Key = tuple[str, str]
Range = tuple[Decimal, Decimal]


class Sums(NamedTuple):
    """A total over a group: how many have any, the sum, how many lie within each range that was asked about."""

    begun: int
    done: Decimal
    within: tuple[int, ...]


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
    """People whom the same rules bind, or one of them alone, with the sums of today and of the day before this month.

    `helped` says whether they stand on the help list, `serving` whether they are here today, `served` whether they were then; sums go by metric and period.
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
    now: dict[Key, Sums] = field(default_factory=dict)
    then: dict[Key, Sums] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the database.

    `ranges` are the totals that are read, each with the ranges that goals set; `past` those read as they stood before this
    month, too. `documents` are the policies that people have of their own; with `alone` who has own goals
    comes alone. Where the places hold over `most` people, nobody is named.
    """

    places: Sequence[Place]
    ranges: Mapping[Key, Sequence[Range]]
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
    FROM persons p JOIN {places} ON place.unit_id = p.unit_id
    WHERE NOT p.training AND p.roles LIKE '%cadre%' AND (p.left_on IS NULL OR p.left_on > :before)
"""
ALONE = "OR p.id IN (SELECT i.person_id FROM items i WHERE i.kind = 'goal' AND i.status = 'given')"
FEW = """AND (SELECT count(*) FROM persons f JOIN {places} ON place.unit_id = f.unit_id
            WHERE f.roles LIKE '%cadre%') <= {most}"""
# What is kept of a person is found by the person where they are few, by what it is where they are many.
SUMS = """
    SELECT p.number, t.metric, t.period, {columns}
    FROM totals t JOIN people AS p ON p.id = t.subject_id
    WHERE t.subject_kind = 'person' AND t.period{few} IN ({periods}) AND t.metric{few} IN ({metrics}) {has}
    GROUP BY p.number, t.metric, t.period
"""
FEW_UNITS = 100
STATEMENT = """
WITH people AS {once} ({people}),
grouped AS (SELECT number, count(*) AS people FROM people GROUP BY number),
sums AS {once} ({sums}),
ones AS {once} (
    SELECT p.id, p.name, p.unit_id, p.joined_on, place.kind, p.policies, p.post, p.grassroots_posting AS posted,
        {helped} + {serving} + {served} + {away} AS days, p.position, {goals} AS goals, {schools} AS schools,
        {helps} AS helps
    FROM grouped g JOIN persons p ON p.id = -g.number JOIN {places} ON place.unit_id = p.unit_id WHERE g.number < 0
)
SELECT g.number, g.people, ones.*, s.*
FROM grouped g LEFT JOIN sums s ON s.number = g.number LEFT JOIN ones ON ones.id = -g.number
ORDER BY ones.position, ones.id
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
        "places": "(SELECT json_extract(value, '$[0]') AS unit_id, json_extract(value, '$[1]') AS kind,"
        " json_extract(value, '$[2]') AS named FROM json_each('{rows}')) AS place",
        "goals": GOALS.format(list="json_group_array(json_array(i.title, i.period, json(i.data)))"),
        "helps": HELPS.format(list="json_group_array(json_array(i.text, json(i.data)))"),
        "schools": SCHOOLS.format(list="""json_group_array(json_array(a.kind, a.school_id, a.start, a."end"))"""),
    },
    "postgresql": {
        "once": "MATERIALIZED",
        "places": "unnest('{units}'\\:\\:bigint[], '{kinds}'\\:\\:int[], '{named}'\\:\\:int[]) AS place (unit_id, kind, named)",
        "goals": GOALS.format(list="json_agg(json_build_array(i.title, i.period, i.data) ORDER BY i.id)"),
        "helps": HELPS.format(list="json_agg(json_build_array(i.text, i.data) ORDER BY i.id)"),
        "schools": SCHOOLS.format(list="""json_agg(json_build_array(a.kind, a.school_id, a.start, a."end"))"""),
    },
}
THEN = "(CASE WHEN t.month = :month THEN t.earlier ELSE t.value END)"
EVERYBODY = 2**31
UNCACHED: Mapping[str, Any] = {"compiled_cache": None}  # each tree makes a statement of its own


def read(connection: Connection, asked: Asked) -> list[Group]:
    """Every group with its sums, who comes alone in the unit's order; people at practice are in none."""
    days = [bindparam(name, type_=Date()) for name in ("today", "before")]
    statement = text(_statement(connection.dialect.name, asked)).bindparams(*days)
    values = {"today": asked.today, "before": asked.before, "month": f"{asked.today:%Y-%m}"}
    found: dict[int, Group] = {}
    width = _layers(asked)
    rows = connection.execute(statement, values, execution_options=UNCACHED).all() if asked.places else ()
    for row in rows:
        known = found.get(row[0]) or found.setdefault(row[0], _group(row, asked))
        _, metric, period, *sums = row[-1 - 2 - 2 * (2 + width) :]
        if metric is not None:
            known.now[metric, period] = _sums(sums[: 2 + width])
        if metric in asked.past:
            known.then[metric, period] = _sums(sums[2 + width :])
    return list(found.values())


def _sums(values: Sequence[Any]) -> Sums:
    begun, done, *within = values
    return Sums(begun, done if isinstance(done, Decimal) else Decimal(str(done or 0)), tuple(within))


def _statement(dialect: str, asked: Asked) -> str:
    known = LISTS[dialect]
    places = known["places"].format(**_columns(asked.places))
    parts = PARTS | {
        "posts": _listed(POSTS),
        "documents": _listed(asked.documents),
        "post": " ".join(f"WHEN {_quoted(post)} THEN {at}" for at, post in enumerate(POSTS)),
        "document": " ".join(f"WHEN {_quoted(name)} THEN {at}" for at, name in enumerate(asked.documents)),
        "places": places,
        "alone": ALONE if asked.alone else "",
        "few": FEW.format(places=places, most=asked.most) if asked.most < EVERYBODY else "",
    }
    people = PEOPLE.format(**{**known, **parts})
    sums = " UNION ALL ".join(filter(None, (_half(asked, past=past) for past in (True, False))))
    return STATEMENT.format(**{**parts, **known, "places": places, "people": people, "sums": sums})


def _half(asked: Asked, *, past: bool) -> str:
    """The totals of which it is also asked what they were, or the others, of which nothing but the present is read."""
    ranges = {key: found for key, found in asked.ranges.items() if (key[0] in asked.past) == past}
    if not ranges:
        return ""
    layers = [{key: ends[at] for key, ends in ranges.items() if at < len(ends)} for at in range(_layers(asked))]
    now = _columns_of("t.value", layers) if past else _plain_columns(layers)
    then = _columns_of(THEN, layers) if past else ["0"] * len(now)
    words = {
        "columns": ", ".join(now + then),
        "periods": _listed({period for _, period in ranges}),
        "metrics": _listed({metric for metric, _ in ranges}),
        "has": "" if past else "AND t.value <> 0",
        "few": " || ''" if len(asked.places) <= FEW_UNITS else "",
    }
    return SUMS.format(**words)


def _columns_of(value: str, layers: Sequence[Mapping[Key, Range]]) -> list[str]:
    """How many have any, the sum, how many lie within the first range of each total, the second of those with two …"""
    has = f"CASE WHEN {value} <> 0 THEN"
    within = [f"sum({has} {_within(value, layer)} END)" if layer else "0" for layer in layers]
    return [f"sum({has} 1 ELSE 0 END)", f"sum({value})", *within]


def _plain_columns(layers: Sequence[Mapping[Key, Range]]) -> list[str]:
    """The same where rows of nothing were left out before."""
    return ["count(*)", "sum(t.value)", *(f"sum({_within('t.value', layer)})" if layer else "0" for layer in layers)]


def _layers(asked: Asked) -> int:
    return max(map(len, asked.ranges.values()), default=0)


def _within(value: str, layer: Mapping[Key, Range]) -> str:
    """By metric first: one comparison of names a rule, on every row."""
    metrics: dict[str, list[str]] = {}
    for (metric, period), (low, high) in layer.items():
        fits = f"WHEN t.period = {_quoted(period)} AND {value} BETWEEN {low:.1f} AND {high:.1f} THEN 1"
        metrics.setdefault(metric, []).append(fits)
    cases = (f"WHEN {_quoted(metric)} THEN CASE {' '.join(fits)} ELSE 0 END" for metric, fits in metrics.items())
    return f"CASE t.metric {' '.join(cases)} ELSE 0 END"


def _columns(places: Sequence[Place]) -> dict[str, str]:
    """Units as PostgreSQL's arrays, and as JSON for SQLite; numbers only."""
    columns = {
        "units": [p.unit_id for p in places],
        "kinds": [p.kind for p in places],
        "named": [int(p.named) for p in places],
    }
    arrays = {name: "{" + ",".join(map(str, numbers)) + "}" for name, numbers in columns.items()}
    rows = json.dumps([*zip(*columns.values(), strict=True)], separators=(",", ":"))
    return arrays | {"rows": rows}


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
    return json.loads(value) if value else ()


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
