"""How long the year sheets of a unit take: a workbook a person, from the database to the zip.

Run: python benchmarks/year_sheets.py [--people 1000] [--entries 100] [--postgres]
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import Connection, event, insert

from benchmarks.databases import addresses
from benchmarks.works import WORKS
from bot.clock import CHINA
from bot.forms.order import Order
from bot.forms.year_sheet import make_year_sheets
from bot.service import Service, open_service
from bot.settings import Settings
from models.database import migrate, reading
from models.filing import office
from models.items import Item
from models.people import Assignment, Person
from models.records import Entry
from models.units import School, Unit

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=CHINA)
UNITS, SCHOOLS, CHUNK = 20, 50, 20_000
KINDS = (("on_site", None), *WORKS, ("class_visit", None), ("issue", None))


def fill(connection: Connection, people: int, entries: int, policies: str) -> None:
    """A prefecture of twenty counties, its schools, its people under both documents, and what they did in a year."""
    draw = random.Random(3)
    units = [
        {"id": 1, "parent_id": None, "name": "某市团委", "level": "prefecture", "path": "/1/", "policies": policies}
    ]
    units += [
        {"id": n, "parent_id": 1, "name": f"第{n}县团委", "level": "county", "path": f"/1/{n}/", "policies": policies}
        for n in range(2, UNITS + 2)
    ]
    schools = [
        {"id": n, "parent_id": 2, "name": f"第{n}中学", "level": "school", "path": f"/1/2/{n}/", "policies": ""}
        for n in range(100, 100 + SCHOOLS)
    ]
    connection.execute(insert(Unit), units + schools)
    connection.execute(insert(School), [{"unit_id": row["id"], "kind": "junior_high", "area": "乡"} for row in schools])
    connection.execute(
        insert(Person), [{"id": n, "unit_id": 2 + n % UNITS, "name": f"干部{n}"} for n in range(1, people + 1)]
    )
    own = [{"person_id": n, "school_id": 100 + n % SCHOOLS, "start": date(2025, 9, 1)} for n in range(1, people + 1)]
    connection.execute(insert(Assignment), own)
    rows = (_entry(n, draw) for n in range(1, people + 1) for _ in range(entries))
    while chunk := [row for _, row in zip(range(CHUNK), rows, strict=False)]:
        connection.execute(insert(Entry), chunk)
    connection.execute(insert(Item), [row for n in range(1, people + 1) for row in _items(n)])


def _entry(person: int, draw: random.Random) -> dict[str, object]:
    activity, audience = draw.choice(KINDS)
    day = date(2026, 11, 20) - timedelta(days=draw.randrange(400))
    count = 1 if activity in ("on_site", "issue") else draw.randint(1, 6)
    place = {"person_id": person, "unit_id": 2 + person % UNITS, "school_id": 100 + person % SCHOOLS}
    return place | {
        "activity": activity,
        "audience": audience,
        "count": count,
        "start": day,
        "end": day,
        "made_at": NOW,
    }


def _items(person: int) -> Iterator[dict[str, object]]:
    made = {"person_id": person, "unit_id": 2 + person % UNITS, "made_at": NOW.astimezone(UTC)}
    lines = [{"aspect": f"方面{n}", "text": "按实际情况开展，每学期不少于一次", "rules": []} for n in range(6)]
    blank = {"text": "", "title": "", "day": None, "period": "", "data": {}}
    yield made | blank | {"kind": "task_list", "status": "approved", "period": "2026", "data": {"lines": lines}}
    yield made | blank | {"kind": "report", "status": "accepted", "title": "乡村学校队室建设", "day": date(2026, 5, 8)}
    for number in range(3):
        text = f"第{number}个问题：学校没有固定队室，辅导员由语文老师兼"
        yield made | blank | {"kind": "issue", "status": "open", "text": text, "day": date(2026, 10, 9)}


def measure(service: Service, people: int, entries: int) -> None:
    """Fill, make, print."""
    with service.engine.begin() as connection:
        fill(connection, people, entries, " ".join(service.policies))
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(service.engine, "before_cursor_execute", count)
    with tempfile.TemporaryFile() as out, reading(service.engine).connect() as connection:
        order = Order(
            connection, service.policies, service.calendars, service.vault, office(connection, 1), None, None, NOW, 1
        )
        before, used = time.perf_counter(), time.process_time()
        made = make_year_sheets(order, out)
        wall, cpu = time.perf_counter() - before, time.process_time() - used
        size = out.tell()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{service.engine.dialect.name}: {len(made.people)} year sheets of {entries} entries each: {wall:.1f} s "
        f"({cpu:.1f} s CPU), {statements} statements, {size / 1e6:.1f} MB; peak of this process {peak:.0f} MB, "
        f"load {os.getloadavg()[0]:.1f}"
    )


@contextmanager
def services(postgres: bool) -> Iterator[list[Service]]:
    """Services on fresh databases, gone afterwards."""
    with addresses(also_postgres=postgres) as urls:
        opened = [open_service(Settings(database_url=url, dundian_demo=True)) for url in urls]
        for service in opened:
            migrate(service.engine)
        yield opened
        for service in opened:
            service.engine.dispose()


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=100)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with services(given.postgres) as opened:
        for service in opened:
            measure(service, given.people, given.entries)


if __name__ == "__main__":
    main()
