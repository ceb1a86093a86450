"""What supervisors ask, over a whole province: 3,000 units, 20,000 people, 2,000,000 entries in PostgreSQL.

    python -m benchmarks.scale [--shares 0.1 0.3 1] [--runs 20]

Fills a database (a minute for the whole size), asks each question through the real conversation, each time another unit or
person, then opens each page, and prints p50 and p95, the work of this process and of the database, and the statements.
Aim: 300 ms at p95, 6 statements a question; flat for a county, linear for the whole.
"""

from __future__ import annotations

import argparse
import os
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial

from sqlalchemy import text

from benchmarks.databases import postgres
from benchmarks.scale_measuring import Counter, Measured, measure
from benchmarks.scale_pages import ASKED, BASE, application, opened, visitors
from benchmarks.scale_seed import NOW, Size, fill, name, place, size
from bot import conversation
from bot.channels.base import Incoming
from bot.service import Service, open_service
from bot.settings import Settings
from bot.wsgi import settle
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
    """The conversation, in which every message is a new one."""

    def __init__(self, service: Service, of: Size) -> None:
        self.service, self.of, self.counter = service, of, Counter(service.engine)
        self.number = 0
        self.reply = ""

    def ask(self, person: int, words: str) -> None:
        """One message of a person."""
        self.number += 1
        said = Incoming("official", f"user{person}", f"scale{self.number}", "text", words, NOW)
        self.reply = conversation.answer(self.service, said, NOW) or ""
        if self.reply == conversation.APOLOGY:
            raise RuntimeError(words)

    def question(self, question: Question, n: int, words: str = "") -> None:
        """A kind of question the nth time, or other words of the same leader."""
        unit, asked = question.asks(self.of, n)
        self.ask(self.of.people + unit, words or asked)


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


def run(share: float, server: str, runs: int, *, replies: bool) -> dict[str, Measured]:
    """Every question and every page at one size."""
    begun = time.perf_counter()
    with database(share, server) as (url, of):
        spent, load = time.perf_counter() - begun, os.getloadavg()[0]
        print(f"{share:.0%}: {of.people} people, {of.entries} entries; filled in {spent:.0f} s, load {load:.1f}")
        settings = Settings(database_url=url, dundian_secret_key=SECRET, dundian_base_url=BASE)
        asking = Asking(open_service(settings), of)
        settle()
        found = dict([*questions(asking, runs, replies=replies), *pages(asking, runs)])
        asking.service.engine.dispose()
    return found


def questions(asking: Asking, runs: int, *, replies: bool) -> Iterator[tuple[str, Measured]]:
    """Each kind of question."""
    for question in QUESTIONS:
        each = partial(asking.question, question)
        before = partial(asking.question, question, words="全市进度") if question.words == "更多" else None
        yield told(f"{question.who}: {question.words}", measure(asking.counter, each, runs, before))
        if replies:
            print("    | " + asking.reply[:300].replace("\n", "\n    | "))


def pages(asking: Asking, runs: int) -> Iterator[tuple[str, Measured]]:
    """Each page."""
    app = application(asking.service)
    for who, person, paths in visitors(asking.of):
        asking.ask(person, ASKED)
        browser = opened(app, asking.reply)
        for path in paths:
            yield told(f"{who}: page {path}", measure(asking.counter, partial(browser.get, path), runs))


def told(words: str, one: Measured) -> tuple[str, Measured]:
    """The same, printed."""
    print(f"  {label(words)} {one}", flush=True)
    return words, one


def label(text: str) -> str:
    """A line's head, as wide as any; a Chinese character takes two columns."""
    return text + " " * (36 - len(text) - sum(1 for letter in text if ord(letter) > 255))


def growth(found: Sequence[dict[str, Measured]], shares: Sequence[float]) -> None:
    """How much longer each takes as everything grows, by the clock and by the work on both sides."""
    if len(found) < 2:
        return
    print(f"from {shares[0]:.0%} to {shares[-1]:.0%} (everything grows {shares[-1] / shares[0]:.0f}-fold): p50, work")
    for words, last in found[-1].items():
        if first := found[0].get(words):
            work = (last.own + last.database) / max(first.own + first.database, 1)
            print(f"  {label(words)} {last.p50 / first.p50:5.1f} {work:5.1f}")


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
