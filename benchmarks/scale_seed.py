"""A province made up for benchmarks: units, people, entries with their totals, problems, goals, leave; filled by PostgreSQL itself."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, text

from benchmarks.works import WORKS
from models.calendar import Calendar
from models.facts import Bound, Fact
from models.keeping import kept
from models.packed import packed
from models.policy import load_policies
from models.totals import rows_of
from models.units import School, Unit

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
POLICIES = load_policies(Path(__file__).resolve().parent.parent / "policies")
CALENDAR = Calendar()
PATTERNS = 200  # different histories; everybody has one of them
DAYS = 440
FIRST = "安平东林南河西海北湖长宁大同永清广新丰和"
SECOND = "源陵州山泉城阳川水原江桥关台溪口"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚建国文玉海宁晓春秀英"
KINDS = (*WORKS, ("theme_day", None), ("unit_link", None))


@dataclass(frozen=True)
class Size:
    """How much there is of everything."""

    prefectures: int
    counties: int
    middle_schools: int
    schools: int
    people: int
    entries: int

    @property
    def committees(self) -> int:
        """The province, its prefectures and counties: they have the first numbers."""
        return 1 + self.prefectures + self.counties


def size(share: float) -> Size:
    """3,000 units, 20,000 people and 2,000,000 entries, or a share of them."""
    prefectures, counties, middle = (max(2, round(n * share)) for n in (20, 300, 1500))
    rest = round(3000 * share) - 1 - prefectures - counties - middle
    return Size(prefectures, counties, middle, rest, round(20_000 * share), round(2_000_000 * share))


def place(number: int) -> str:
    """A region's short name; no two numbers have the same."""
    third = number // (len(FIRST) * len(SECOND))
    return FIRST[number % len(FIRST)] + (FIRST[third] if third else "") + SECOND[number // len(FIRST) % len(SECOND)]


def name(number: int) -> str:
    """A person's name; few share one."""
    one, two = number // len(SURNAMES) % len(GIVEN), number // len(SURNAMES) // len(GIVEN) % len(GIVEN)
    return SURNAMES[number % len(SURNAMES)] + GIVEN[one] + GIVEN[two]


def units(of: Size) -> Iterator[dict[str, object]]:
    """The tree, level by level; each level lies evenly below the one above."""
    both = " ".join(POLICIES)
    yield {"id": 1, "name": "某省少工委", "level": "province", "parent_id": None, "path": "/1/", "policies": both}
    for n in range(of.prefectures):
        yield _unit(2 + n, f"{place(n)}市少工委", "prefecture", 1, "/1/", both)
    for n in range(of.counties):
        above = 2 + n % of.prefectures
        county = f"{place(of.prefectures + n)}县少工委"
        yield _unit(2 + of.prefectures + n, county, "county", above, f"/1/{above}/", both if n % 2 else "")
    for n in range(of.middle_schools + of.schools):
        yield _school(of, n)


def _school(of: Size, n: int) -> dict[str, object]:
    at = n % of.counties
    above = 2 + of.prefectures + at
    path = f"/1/{2 + at % of.prefectures}/{above}/"
    middle = n < of.middle_schools
    title = f"{place(of.prefectures + at)}县第{n // of.counties + 1}{'中学' if middle else '小学'}"
    level, names = ("middle_school", "league_im_2021") if middle else ("school", "")
    return _unit(of.committees + 1 + n, title, level, above, path, names)


def _unit(number: int, title: str, level: str, above: int, path: str, policies: str) -> dict[str, object]:
    row = {"id": number, "name": title, "level": level, "parent_id": above, "path": f"{path}{number}/"}
    return row | {"policies": policies, "position": number}


def pattern(number: int, entries: int) -> list[Fact]:
    """One history of so many entries."""
    draw = random.Random(number)
    return [_fact(n, draw) for n in range(entries)]


def _fact(number: int, draw: random.Random) -> Fact:
    day = TODAY - timedelta(days=draw.randrange(DAYS))
    activity, audience = draw.choice(KINDS)
    count = Decimal(1) if activity in ("on_site", "unit_link", "lecture") else Decimal(draw.randint(1, 6))
    blank = dict.fromkeys(Fact._fields)
    values = {"id": number, "activity": activity, "audience": audience, "count": count, "start": day, "end": day}
    return Fact(**blank | values | {"away": False, "linked": False, "state": "active"})  # type: ignore[arg-type]


def people(of: Size) -> str:
    """Where person n serves: a few at the province, fifteen in each prefecture, the most in counties, the rest in schools."""
    few, fifteen = 20, 15 * of.prefectures
    many = of.people * 6 // 10
    return (
        f"CASE WHEN n <= {few} THEN 1 WHEN n <= {few + fifteen} THEN 2 + n % {of.prefectures} "
        f"WHEN n <= {few + fifteen + many} THEN {2 + of.prefectures} + n % {of.counties} "
        f"ELSE {of.committees + 1} + n % {of.middle_schools} END"
    )


# By hash, so that neither unit nor number tells who has done what; a tenth or so has not begun.
STEPS = {
    "people": """
INSERT INTO persons (id, unit_id, name, post, roles, title, phone, email, wechat, policies, grassroots_posting, training,
    position, joined_on, left_on)
SELECT n, {unit}, names.name, CASE n % 7 WHEN 0 THEN 'seconded' ELSE 'full_time' END,
    CASE n % 10 WHEN 0 THEN 'cadre unit_admin approver' ELSE 'cadre' END, '', '', '', '', '', false, n % 500 = 499, n,
    NULL, CASE n % 200 WHEN 7 THEN DATE '2026-06-30' END
FROM generate_series(1, {people}) AS n JOIN names ON names.number = n
""",
    "leaders": """
INSERT INTO persons (id, unit_id, name, post, roles, title, phone, email, wechat, policies, grassroots_posting, training, position)
SELECT {people} + id, id, '督导' || id, 'part_time', 'supervisor unit_admin', '', '', '', '', '', false, false, 0
FROM units WHERE id <= {committees}
""",
    "accounts": """
INSERT INTO accounts (channel, "user", person_id, joined_at, failures, reachable)
SELECT 'official', 'user' || id, id, TIMESTAMPTZ '2025-09-01 08:00+08', 0, true FROM persons
""",
    "assignments": """
INSERT INTO assignments (person_id, school_id, kind, start, reason)
SELECT p.id, {committees} + 1 + abs(hashint8(p.id)) % {schools}, 'own', DATE '2025-09-01', '' FROM persons p WHERE p.id <= {people}
""",
    "entries": """
INSERT INTO entries (person_id, unit_id, school_id, activity, audience, count, start, "end", away, linked, training, state,
    made_at)
SELECT p.id, p.unit_id, a.school_id, f.activity, f.audience, f.count, f.day, f.day, false, false, false, 'active', now()
FROM persons p JOIN assignments a ON a.person_id = p.id JOIN facts f ON f.pattern = abs(hashint8(p.id + 1)) % {patterns}
WHERE p.id <= {people} AND hashint8(p.id) % 10 <> 3 ORDER BY f.day, p.id
""",
    "totals": """
INSERT INTO totals (subject_kind, subject_id, metric, period, value, month, earlier)
SELECT 'person', p.id, k.metric, k.period, k.value, k.month, k.earlier
FROM persons p JOIN kept k ON k.pattern = abs(hashint8(p.id + 1)) % {patterns} WHERE p.id <= {people} AND hashint8(p.id) % 10 <> 3
""",
    "periods": """
INSERT INTO period_totals (person_id, period, now, month, earlier)
SELECT p.id, l.period, l.now, l.month, l.earlier
FROM persons p JOIN lines l ON l.pattern = abs(hashint8(p.id + 1)) % {patterns} WHERE p.id <= {people} AND hashint8(p.id) % 10 <> 3
""",
    "items": """
INSERT INTO items (kind, unit_id, person_id, title, text, period, status, day, data, made_at)
SELECT k.kind, p.unit_id, p.id, k.title, '少先队活动场地不足' || p.id, k.period, k.status, DATE '2026-10-20', k.data::json,
    TIMESTAMPTZ '2026-10-20 08:00+08'
FROM persons p JOIN (VALUES
    ('issue', '', '', 'open', '{{}}', 20), ('issue', '', '', 'resolved', '{{}}', 4), ('help', 'N09a', '2026-2027-1', 'open',
    '{{"said": "队员3/20"}}', 100), ('goal', 'N09a', '2026-2027-1', 'given', '{{"value": 12}}', 100),
    ('report', '', '', 'accepted', '{{}}', 2)
) AS k (kind, title, period, status, data, every) ON abs(hashint8(p.id + 2)) % k.every = 1 WHERE p.id <= {people}
""",
    "absences": """
INSERT INTO absences (person_id, start, "end", made_at)
SELECT id, DATE '2026-11-10', DATE '2026-11-30', now() FROM persons WHERE abs(hashint8(id)) % 100 = 3
""",
}


def fill(connection: Connection, of: Size) -> None:
    """All of it, with a line of progress; foreign keys are trusted, since the numbers are made here."""
    connection.execute(text("SET session_replication_role = replica"))
    rows = list(units(of))
    connection.execute(insert(Unit), rows)
    schools = range(of.committees + 1, len(rows) + 1)
    kinds, areas = ("小学", "初中", "高中"), ("城市", "农村")
    connection.execute(insert(School), [{"unit_id": n, "kind": kinds[n % 3], "area": areas[n % 2]} for n in schools])
    _copy(connection, of)
    figures = {"people": of.people, "committees": of.committees, "schools": len(schools), "patterns": PATTERNS}
    for at, (step, statement) in enumerate(STEPS.items(), 1):
        _driver(connection).execute(statement.format(unit=people(of), **figures))
        bar = "#" * at + "." * (len(STEPS) - at)
        print(f"\r[{bar}] {step:<12}", end="", file=sys.stderr, flush=True)
    print("\r" + " " * 40, end="\r", file=sys.stderr)
    for table in ("units", "persons", "entries", "items", "accounts"):
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"))


def _copy(connection: Connection, of: Size) -> None:
    """Names, histories and their totals as tables that end with the connection."""
    for table in (
        "names (number bigint, name text)",
        "facts (pattern int, activity text, audience text, count numeric, day date)",
        "kept (pattern int, metric text, period text, value numeric, month text, earlier numeric)",
        "lines (pattern int, period text, now text, month text, earlier text)",
    ):
        connection.execute(text(f"CREATE TEMP TABLE {table}"))
    each = max(of.entries * 10 // 9 // of.people, 1)
    patterns = {number: pattern(number, each) for number in range(PATTERNS)}
    _rows(connection, "names", ((n, name(n)) for n in range(1, of.people + 1)))
    columns = ("activity", "audience", "count", "start")
    _rows(connection, "facts", ((n, *(getattr(f, c) for c in columns)) for n, found in patterns.items() for f in found))
    bound = Bound(1, "county", "full_time", frozenset({"cadre"}), tuple(POLICIES), None, False, ())
    totals = {n: kept(found, (), bound, CALENDAR, POLICIES) for n, found in patterns.items()}
    _rows(connection, "kept", ((n, *row) for n, found in totals.items() for row in rows_of(found)))
    _rows(connection, "lines", ((n, *line) for n, found in totals.items() for line in packed(found)))
    connection.execute(text("ANALYZE names, facts, kept, lines"))


def _rows(connection: Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    with _driver(connection).cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _driver(connection: Connection) -> Any:
    """The driver's own connection, where a per cent sign is one."""
    return connection.connection.driver_connection
