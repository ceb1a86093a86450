"""What supervisors ask, over a whole province: 3,000 units, 20,000 people, 2,000,000 entries in PostgreSQL.

    python -m benchmarks.scale [--shares 0.1 0.3 1] [--runs 20]

Fills a database (a minute for the whole size), asks each question through the real conversation, each time another unit or
person, and prints p50, p95 and statements. Aim: 300 ms at p95, 6 statements; flat for a county, linear for the whole.
"""

from __future__ import annotations

import argparse
import os
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from sqlalchemy import event, text

from benchmarks.databases import postgres
from benchmarks.scale_seed import NOW, Size, fill, name, place, size
from bot import conversation
from bot.channels.base import Incoming
from bot.service import Service, open_service
from bot.settings import Settings
from models.database import connect, migrate

SECRET = "for-benchmarks-only-" * 2


@dataclass(frozen=True)
class Question:
    """One kind of question: whose leader asks, and in which words; each time another county or person is named."""

    who: str
    words: str

    def asks(self, of: Size, n: int) -> tuple[int, str]:
        """The number of the unit whose leader asks, and what, the nth time."""
        county = n % of.counties
        units = {"whole": 1, "prefecture": 2 + n % of.prefectures, "county": 2 + of.prefectures + county}
        region = f"{place(of.prefectures + county)}县"
        return units[self.who], self.words.format(
            county=region, school=f"{region}第1中学", name=name(person(of, county))
        )


def person(of: Size, county: int) -> int:
    """Somebody of this county."""
    first = 20 + 15 * of.prefectures + 1
    return next(k for k in range(first, first + of.counties) if k % of.counties == county)


EVERYWHERE = (
    "全市进度",
    "更多",
    "谁还没开始",
    "哪些人访谈还差",
    "问题台账",
    "学校构成",
    "查一下{name}",
    "{school}这学期去了几天",
)
QUESTIONS = (
    *(Question("whole", words) for words in (*EVERYWHERE, "{county}进度", "{county}谁还没开始", "看{county}名单")),
    *(Question("prefecture", words) for words in (*EVERYWHERE[:4], "{county}进度")),
    *(Question("county", words) for words in EVERYWHERE),
)


class Asking:
    """The conversation, timed, with statements counted."""

    def __init__(self, service: Service, of: Size) -> None:
        self.service, self.of = service, of
        self.statements = self.number = 0
        self.replies: list[str] = []
        event.listen(service.engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        self.statements += 1

    def ask(self, unit: int, words: str) -> float:
        """One message of a unit's leader; gives milliseconds."""
        self.number += 1
        said = Incoming("official", f"user{self.of.people + unit}", f"scale{self.number}", "text", words, NOW)
        before = time.perf_counter()
        self.replies.append(conversation.answer(self.service, said, NOW) or "")
        return (time.perf_counter() - before) * 1000


@dataclass(frozen=True)
class Measured:
    """What one kind of question took."""

    p50: float
    p95: float
    statements: float
    reply: str


def measure(asking: Asking, question: Question, runs: int) -> Measured:
    """The first two runs warm up."""
    taken: list[float] = []
    for n in range(runs + 2):
        unit, words = question.asks(asking.of, n)
        if words == "更多":
            asking.ask(unit, "全市进度")
        before = asking.statements
        taken.append(asking.ask(unit, words))
    counted = asking.statements - before
    ordered = sorted(taken[2:])
    return Measured(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], counted, asking.replies[-1])


@contextmanager
def database(share: float, server: str) -> Iterator[tuple[str, Size]]:
    """A province of this share, gone afterwards."""
    of, title = size(share), f"scale{round(share * 1000)}"
    admin = connect(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {title}"))
        connection.execute(text(f"CREATE DATABASE {title}"))
    url = server.replace("/postgres?", f"/{title}?")
    engine = connect(url)
    migrate(engine)
    with engine.begin() as connection:
        fill(connection, of)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()
    yield url, of
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {title}"))


def run(share: float, server: str, runs: int, *, replies: bool) -> dict[Question, Measured]:
    """Every question at one size."""
    begun = time.perf_counter()
    with database(share, server) as (url, of):
        load = os.getloadavg()[0]
        print(
            f"{share:.0%}: {of.people} people, {of.entries} entries; filled in {time.perf_counter() - begun:.0f} s, load {load:.1f}"
        )
        service = open_service(Settings(database_url=url, dundian_secret_key=SECRET))
        asking = Asking(service, of)
        found = {}
        for question in QUESTIONS:
            one = found[question] = measure(asking, question, runs)
            print(f"  {label(question)} p50 {one.p50:7.1f}  p95 {one.p95:7.1f} ms  {one.statements} statements")
            if replies:
                print("    | " + one.reply[:300].replace("\n", "\n    | "))
        service.engine.dispose()
    return found


def label(question: Question) -> str:
    """A line's head, as wide as any; a Chinese character takes two columns."""
    text = f"{question.who}: {question.words}"
    return text + " " * (40 - len(text) - sum(1 for letter in text if ord(letter) > 255))


def growth(found: Sequence[dict[Question, Measured]], shares: Sequence[float]) -> None:
    """How much longer each question takes as everything grows."""
    if len(found) < 2:
        return
    print(
        f"growth of p50 from {shares[0]:.0%} to {shares[-1]:.0%} (everything grows {shares[-1] / shares[0]:.0f}-fold)"
    )
    for question, one in found[-1].items():
        print(f"  {label(question)} {one.p50 / found[0][question].p50:5.1f}")


def main() -> None:
    """Measure at each size."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shares", type=float, nargs="+", default=[0.1, 0.3, 1.0])
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--server", help="address of a PostgreSQL server's database `postgres`; else one is started")
    options.add_argument("--replies", action="store_true", help="print what was answered")
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    with nullcontext(chosen.server) if chosen.server else postgres() as server:
        found = [run(share, server, chosen.runs, replies=chosen.replies) for share in chosen.shares]
    growth(found, chosen.shares)


if __name__ == "__main__":
    main()
