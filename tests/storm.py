"""The storm of the chaos test: a platform that fails, people who write and do things, clocks in processes of their own.

The parent holds the platform double and the time; the clocks are made by tests/chaos_clock.py.
"""

from __future__ import annotations

import mmap
import os
import random
import signal
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import insert

from bot.channels.base import Incoming
from bot.channels.official_reading import CHANNEL
from bot.clock import CHINA
from bot.conversation import answer
from bot.reminding import FOOT
from bot.service import Service, open_service
from bot.settings import Settings
from models.people import Account, Assignment, Person
from models.records import Message
from models.units import Unit
from tests.desks import done
from tests.platform import CODES, CUSTOM, FAULTS, Double, running
from tests.wechat_server import Asked

ROOT = Path(__file__).parent.parent
START = datetime(2026, 12, 14, 9, 5, tzinfo=CHINA)
CLOSING = {
    "45009": 0.002,
    "48001": 0.01,
}  # what closes the channel for hours comes seldom, else nothing else would happen
PEOPLE_A_UNIT = 50
SCHOOL = 1_000_000
LIFE_SECONDS = (0.5, 9.0)


@dataclass
class SharedClock:
    """The time of all processes: the real one, and what was skipped so far, in a file that all map."""

    path: Path
    skipped: mmap.mmap = field(init=False)

    def __post_init__(self) -> None:
        if not self.path.exists():
            self.path.write_bytes(struct.pack("d", START.timestamp() - time.time()))
        with self.path.open("r+b") as file:
            self.skipped = mmap.mmap(file.fileno(), 8)

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(time.time() + struct.unpack("d", self.skipped[:8])[0], CHINA)

    def skip_to(self, moment: datetime) -> None:
        """Move on to a moment."""
        self.skipped[:8] = struct.pack("d", moment.timestamp() - time.time())


@dataclass
class Storm:
    """One run: a service on a database, the double, the clocks."""

    service: Service
    clock: SharedClock
    double: Double
    people: int
    dice: random.Random
    nest: subprocess.Popen[str] | None = None
    clocks: list[int] = field(default_factory=list)
    deaths: list[float] = field(default_factory=list)
    kills: int = 0
    written: int = 0
    done: set[int] = field(default_factory=set)
    shown: Counter[str] = field(default_factory=Counter)

    def fault(self, asked: Asked) -> str | None:
        """Three of ten calls fail, in every way there is."""
        if self.dice.random() >= 0.3:
            return None
        name = self.dice.choice(FAULTS)
        if asked.path != CUSTOM and name in CODES and name not in ("-1", "45011"):
            return None
        return name if self.dice.random() < CLOSING.get(name, 1) else "-1"

    def write(self, person: int, kind: str = "text") -> None:
        """A person sends something that is not answered with words."""
        self.written += 1
        now, user = self.clock(), f"o{person}"
        row = {"channel": CHANNEL, "key": f"w{self.written}", "user": user, "kind": kind, "said_at": now}
        with self.service.engine.begin() as connection:
            connection.execute(insert(Message).values(**row, received_at=now))
        self.double.wrote(user)

    def say(self, person: int) -> None:
        """A person says something and gets an answer."""
        self.written += 1
        now, user = self.clock(), f"o{person}"
        self.double.wrote(user)
        said = answer(self.service, Incoming(CHANNEL, user, f"s{self.written}", "text", "帮助", now), now) or ""
        self.shown[user] += FOOT in said

    def report(self, person: int) -> None:
        """A person has done what there was to do; saying it twice changes nothing."""
        if person in self.done or person > self.people:
            return
        self.done.add(person)
        done(self.service, person)


@contextmanager
def storm(database_url: str, folder: Path, people: int, seed: int) -> Iterator[Storm]:
    """A service with people to remind, and a platform that fails."""
    service = open_service(Settings(database_url=database_url, dundian_secret_key="k" * 40))
    clock = SharedClock(folder / "clock")
    made = Storm(service, clock, Double(clock), people, random.Random(seed))
    made.double.fault = made.fault
    _fill(service, people)
    with running(made.double) as there, _nest(database_url, there.url, clock.path) as made.nest:
        for _ in range(2):
            hatch(made)
        yield made
    service.engine.dispose()


@contextmanager
def _nest(database_url: str, base_url: str, clock: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has everything loaded and makes a clock for each line it gets; they end with it."""
    command = [sys.executable, "-m", "tests.chaos_clock", database_url, base_url, str(clock)]
    pipe = subprocess.PIPE
    nest = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdin=pipe, stdout=pipe, text=True)
    try:
        yield nest
    finally:
        os.killpg(nest.pid, signal.SIGKILL)
        nest.communicate()


def hatch(made: Storm) -> None:
    """One more clock, which lives for a while."""
    if made.nest is None or made.nest.stdin is None or made.nest.stdout is None:
        raise LookupError("no nest")
    made.nest.stdin.write("clock\n")
    made.nest.stdin.flush()
    made.clocks.append(int(made.nest.stdout.readline()))
    made.deaths.append(time.monotonic() + made.dice.uniform(*LIFE_SECONDS))


def _fill(service: Service, people: int) -> None:
    units = range(1, people // PEOPLE_A_UNIT + 2)
    joined = date(2026, 9, 1)
    cadres = [(n, n // PEOPLE_A_UNIT + 1, "cadre") for n in range(1, people + 1)]
    admins = [(people + unit, unit, "unit_admin") for unit in units]
    persons = [
        {"id": n, "unit_id": unit, "name": f"人{n}", "roles": role, "joined_on": joined}
        for n, unit, role in cadres + admins
    ]
    accounts = [{"channel": CHANNEL, "user": f"o{row['id']}", "person_id": row["id"]} for row in persons]
    with service.engine.begin() as connection:
        rows = [{"id": n, "name": f"县{n}", "level": "county", "path": f"/{n}/"} for n in units]
        connection.execute(insert(Unit), rows)
        connection.execute(
            insert(Unit).values(id=SCHOOL, name="小学", level="school", path=f"/1/{SCHOOL}/", parent_id=1)
        )
        connection.execute(insert(Person), persons)
        own = [{"person_id": n, "school_id": SCHOOL, "start": joined} for n in range(1, people + 1)]
        connection.execute(insert(Assignment), own)
        connection.execute(insert(Account), accounts)
