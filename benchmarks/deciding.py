"""How long deciding takes, and how time and memory grow with the roster, on a real PostgreSQL.

Run: python benchmarks/deciding.py [--people 10000 20000 50000] [--days 1]
Everybody has the totals of some forty entries, a school, an account; a third were told something before. Each row is the
first run of a day, with its decisions and messages written; the second run finds the first and writes nothing new.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import Connection, insert, text

from benchmarks.databases import postgres
from benchmarks.progress import BOUND, CALENDAR, POLICIES, RULES, facts
from bot.clock import CHINA
from bot.desk import Desk
from bot.jobs import pace
from bot.service import Service, open_service
from bot.settings import Settings
from models.database import migrate
from models.metrics import totals
from models.outbox import OutboxMessage
from models.people import Account, Assignment, Person
from models.records import Total
from models.units import Unit

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=CHINA)
PATTERN = 500
CLONES = (
    "INSERT INTO persons (id, unit_id, name, post, roles, title, phone, email, wechat, policies, joined_on,"
    " grassroots_posting, training, position) SELECT id + :n * g, unit_id, name, post, roles, title, phone, email, wechat,"
    " policies, joined_on, grassroots_posting, training, position FROM persons, generate_series(1, :copies) g",
    'INSERT INTO accounts (channel, "user", person_id, failures, reachable) SELECT channel, "user" || \'-\' || g,'
    " person_id + :n * g, failures, reachable FROM accounts, generate_series(1, :copies) g",
    "INSERT INTO assignments (person_id, school_id, kind, start, reason) SELECT person_id + :n * g, school_id, kind, start,"
    " reason FROM assignments, generate_series(1, :copies) g",
    "INSERT INTO totals (subject_kind, subject_id, metric, period, value) SELECT subject_kind, subject_id + :n * g, metric,"
    " period, value FROM totals, generate_series(1, :copies) g",
    'INSERT INTO outbox (person_id, key, kind, due, channel, "user", way, state, attempts, claimed_by, number, reason,'
    " text, data, made_at, done_at) SELECT person_id + :n * g, key || '-' || g, kind, due, channel, \"user\", way, state,"
    " attempts, claimed_by, number, reason, text, data, made_at, done_at FROM outbox, generate_series(1, :copies) g",
)


def fill(connection: Connection, people: int) -> None:
    """A roster over 100 units; five hundred people are drawn, and stand for all."""
    draw = random.Random(2)
    names = " ".join(POLICIES)
    units = [
        {"id": n, "name": f"单位{n}", "level": "county", "path": f"/{n}/", "policies": names} for n in range(1, 101)
    ]
    connection.execute(insert(Unit), units)
    numbers = range(1, PATTERN + 1)
    day = NOW.date().replace(month=9, day=1)
    connection.execute(
        insert(Person), [{"id": n, "unit_id": n % 100 + 1, "name": f"人{n}", "joined_on": day} for n in numbers]
    )
    connection.execute(
        insert(Account), [{"channel": "none", "user": f"u{n}", "person_id": n, "failures": 0} for n in numbers]
    )
    connection.execute(insert(Assignment), [{"person_id": n, "school_id": n % 100 + 1, "start": day} for n in numbers])
    rows = [
        {"subject_kind": "person", "subject_id": n, "metric": metric, "period": period, "value": value}
        for n in numbers
        for (metric, period), value in totals(facts(draw.randint(0, 40), 80, draw), (), BOUND, CALENDAR, RULES).items()
    ]
    connection.execute(insert(Total), rows)
    connection.execute(insert(OutboxMessage), [_told(n) for n in numbers if n % 3 == 0])
    for statement in CLONES:
        connection.execute(text(statement), {"n": PATTERN, "copies": people // PATTERN - 1})


def _told(person: int) -> dict[str, object]:
    at = NOW - timedelta(days=person % 30)
    needs = ["N09a:2026-2027-1:below_half", "N08:2026-2027-1:below_half"]
    row = {"person_id": person, "key": f"pace:{person}", "kind": "pace", "due": at, "made_at": at, "done_at": at}
    return row | {"state": "sent", "text": "x", "data": {"needs": needs}}


def measure(url: str, people: int, days: int) -> None:
    """Fill a fresh database, decide, and print a line."""
    service = open_service(Settings(database_url=url, dundian_secret_key="k" * 40))
    migrate(service.engine)
    with service.engine.begin() as connection:
        fill(connection, people)
    with service.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    for day in range(days):
        _rounds(service, people, NOW + timedelta(days=day))
    service.engine.dispose()


def _rounds(service: Service, people: int, now: datetime) -> None:
    desk = Desk(service, {}, lambda: now)
    first, tally = _timed(desk, now)
    second, again = _timed(desk, now)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{people:>7} people: {first:6.1f} s ({first / people * 1000:.2f} ms each), again {second:6.1f} s,"
        f" peak memory {peak:.0f} MB; considered {tally['considered']}, reminded {tally['reminded']},"
        f" by the second run {again['reminded']}",
        flush=True,
    )


def _timed(desk: Desk, now: datetime) -> tuple[float, dict[str, int]]:
    before = time.perf_counter()
    tally = pace.run(desk, now)
    return time.perf_counter() - before, tally


def main() -> None:
    """Print what was measured."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, nargs="+", default=[10_000, 20_000, 50_000])
    options.add_argument("--days", type=int, default=1)
    chosen = options.parse_args()
    for people in chosen.people:
        with postgres() as url:
            measure(url, people, chosen.days)


if __name__ == "__main__":
    main()
