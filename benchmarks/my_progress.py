"""How long one question for progress takes, whole: a person with many entries under both notices, reply and all.

Run: python benchmarks/my_progress.py [--entries 2000] [--database URL]
Prints the median over many runs beside the same person without entries, and how many statements one takes.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import Engine, event, insert, update

from benchmarks.works import WORKS
from bot.channels.base import Incoming
from bot.conversation import answer
from bot.replay import join_everybody
from bot.service import Service, open_service
from bot.settings import Settings
from models.database import migrate
from models.records import Entry
from models.units import Unit
from tests.people import fill

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BUSY, IDLE = "王干事", "李干事"
RUNS = 60


def prepared(url: str, entries: int) -> Service:
    """The small roster under both notices; one person has many entries."""
    service = open_service(Settings(database_url=url, dundian_demo=True))
    migrate(service.engine)
    fill(service)
    join_everybody(service)
    draw = random.Random(7)
    rows = [_entry(draw, number, entries) for number in range(entries)]
    with service.engine.begin() as connection:
        connection.execute(update(Unit).values(policies="pioneer_2017 league_im_2021"))
        connection.execute(insert(Entry), rows)
    return service


def _entry(draw: random.Random, number: int, entries: int) -> dict[str, object]:
    activity, audience = draw.choice(WORKS)
    day = NOW.date() - timedelta(days=300 - 300 * number // entries)
    count = 1 if activity == "on_site" else draw.randint(1, 6)
    when = {"start": day, "end": day, "made_at": datetime(day.year, day.month, day.day, 1, tzinfo=UTC)}
    what = {"activity": activity, "audience": audience, "count": count, "school_id": 4, "place": "城关小学"}
    return {"person_id": 1, "unit_id": 2, "state": "active", "away": False, **what, **when}


def asking(service: Service, who: str) -> Callable[[int], None]:
    """One question, answered whole."""

    def ask(number: int) -> None:
        said = answer(service, Incoming("replay", who, f"{who}{number}", "text", "我的进度", NOW), NOW)
        assert said is not None and "没完成" in said

    return ask


def timed(ask: Callable[[int], None]) -> float:
    """The median in milliseconds, after a warm-up."""
    taken = []
    for number in range(RUNS):
        start = time.perf_counter()
        ask(number)
        taken.append(1000 * (time.perf_counter() - start))
    return median(taken[10:])


def statements(engine: Engine, ask: Callable[[int], None]) -> list[str]:
    """The statements of one question; those that begin and end the transaction are not counted."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    ask(RUNS)
    event.remove(engine, "before_cursor_execute", note)
    return [one for one in seen if not one.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--database", help="An empty database; else an SQLite file of its own.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = prepared(asked.database or f"sqlite:///{folder}/progress.db", asked.entries)
        many, few = timed(asking(service, BUSY)), timed(asking(service, IDLE))
        used = statements(service.engine, asking(service, BUSY))
        sys.stdout.write(
            f"my_progress with {asked.entries} entries: {many:.2f} ms ({many / few:.1f} x nobody's {few:.2f} ms), "
            f"{len(used)} statements\n"
        )
        service.engine.dispose()


if __name__ == "__main__":
    main()
