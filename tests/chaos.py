"""Faults and deaths on purpose: a platform that fails, clocks killed at random, and at the end the truth is compared.

The parent holds the platform double and the time; the clocks are processes of their own (tests/chaos_clock.py). Waiting is
skipped: where nothing can be done now, the parent moves everybody's time on to the next moment at which something can.
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
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select

from bot.channels.base import Incoming
from bot.channels.official_reading import CHANNEL
from bot.clock import CHINA
from bot.conversation import answer
from bot.desk import LEASE, Desk
from bot.jobs import pace
from bot.jobs.running import run_if_due
from bot.reminding import FOOT
from bot.service import Service, open_service
from bot.settings import Settings
from models import beats
from models.breakers import alarms
from models.outbox import OutboxMessage
from models.outbox_rows import counts
from models.people import Account, Assignment, Person
from models.records import Message, Total
from models.units import Unit
from tests.platform import CODES, CUSTOM, FAULTS, Double, running
from tests.wechat_server import Asked

ROOT = Path(__file__).parent.parent
START = datetime(2026, 12, 14, 9, 5, tzinfo=CHINA)
FINAL = {"sent", "cleared", "expired", "failed", "undeliverable", "doubtful", "shown"}
CLOSING = {
    "45009": 0.002,
    "48001": 0.01,
}  # what closes the channel for hours comes seldom, else nothing else would happen
PEOPLE_A_UNIT = 50
SCHOOL = 1_000_000
IDLE_SECONDS = 0.1
STUCK_SECONDS = 0.6
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
class Result:
    """What came of it; `faults` holds every way in which the outbox and the platform disagree."""

    states: dict[str, int]
    doubtful_arrived: int
    delivered: int
    kills: int
    seen: Counter[str]
    faults: list[str]
    seconds: float
    simulated: timedelta


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
        names = ("on_site_days", "lectures", "pioneers_interviewed", "counselors_interviewed", "key_tasks")
        more = ("squadrons_linked", "identity_declared", "research_reports", "active_assignments")
        rows = [
            {"subject_kind": "person", "subject_id": person, "metric": name + end, "period": period, "value": 50}
            for name in (*names, *more)
            for end in ("", "@own", "-any", "-any@own")
            for period in ("2026-2027-1", "2026", "always")
        ]
        with self.service.engine.begin() as connection:
            connection.execute(insert(Total), rows)


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
            _hatch(made)
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


def _hatch(made: Storm) -> None:
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


def run(made: Storm) -> Result:
    """Remind everybody once, under faults and deaths, until every message has come to its end."""
    began = time.monotonic()
    desk = Desk(made.service, {}, made.clock, worker="parent")
    with made.service.engine.begin() as connection:
        beats.see(connection, ("pass_on", "self_check"), made.clock())
    _weather(made, range(1, made.people + 1), writing=0.7, saying=0.0)
    for person in made.dice.sample(range(1, made.people + 1), made.people // 20):
        made.report(person)
    tally = pace.run(desk, START)
    again = pace.run(desk, START + timedelta(minutes=1))
    if (tally["reminded"], again["reminded"]) != (made.people - made.people // 20, 0):
        raise AssertionError((tally, again))
    _until_done(made, desk)
    return _compare(made, time.monotonic() - began)


def _weather(made: Storm, people: range | list[int], writing: float, saying: float) -> None:
    for person in people:
        chance = made.dice.random()
        if chance < saying:
            made.say(person)
        elif chance < saying + writing:
            made.write(person, "image")


def _until_done(made: Storm, desk: Desk) -> None:
    moved, before = time.monotonic(), None
    while True:
        time.sleep(0.02)
        _perhaps_kill(made)
        run_if_due(desk, "pass_on")
        with made.service.engine.connect() as connection:
            look = _look(connection, made.clock())
        if look != before:
            moved, before = time.monotonic(), look
        elif time.monotonic() - moved > (STUCK_SECONDS if look.ready or look.claimed else IDLE_SECONDS):
            if not look.waits:
                return
            _move_on(made, look)
            moved = time.monotonic()


class Look(NamedTuple):
    """How far things are."""

    ready: int
    claimed: datetime | None
    next_at: datetime | None
    held: tuple[int, ...]

    @property
    def waits(self) -> bool:
        """Whether anything has not come to its end."""
        return bool(self.ready or self.claimed or self.next_at or self.held)


def _look(connection: Connection, now: datetime) -> Look:
    waits = OutboxMessage.state == "scheduled"
    ready = connection.execute(select(func.count()).where(waits, OutboxMessage.next_at <= now)).scalar_one()
    claimed = select(func.min(OutboxMessage.claimed_at)).where(OutboxMessage.state == "claimed")
    next_at = connection.execute(select(func.min(OutboxMessage.next_at)).where(waits)).scalar()
    held = select(OutboxMessage.person_id).where(waits, OutboxMessage.next_at.is_(None)).order_by(OutboxMessage.id)
    people = () if ready else tuple(connection.execute(held).scalars())
    return Look(ready, connection.execute(claimed).scalar(), next_at, people)


def _move_on(made: Storm, look: Look) -> None:
    """Skip to where something can be done; over a longer time people do and say things."""
    now = made.clock()
    if look.ready:  # all ways rest, or a dead clock's turn at fetching a token has to end first
        made.clock.skip_to(max([now + timedelta(seconds=15), *_rests(made, now)]))
        return
    ends = (look.next_at, look.claimed and look.claimed + LEASE, now + timedelta(hours=6) if look.held else None)
    target = max(min(end for end in ends if end), now) + timedelta(seconds=1)
    made.clock.skip_to(target)
    if target - now > timedelta(minutes=30) and look.held:
        _weather(made, sorted(set(look.held)), writing=0.3, saying=0.1)
        for person in made.dice.sample(look.held, len(look.held) // 20):
            made.report(person)


def _rests(made: Storm, now: datetime) -> list[datetime]:
    with made.service.engine.connect() as connection:
        return [breaker.until for breaker in alarms(connection, now) if breaker.until]


def _perhaps_kill(made: Storm) -> None:
    """Each clock lives for a while, and dies wherever it is then."""
    for number, death in enumerate(made.deaths):
        if time.monotonic() > death:
            os.kill(made.clocks.pop(number), signal.SIGKILL)
            made.deaths.pop(number)
            made.kills += 1
            _hatch(made)
            return


def _compare(made: Storm, seconds: float) -> Result:
    columns = (OutboxMessage.id, OutboxMessage.person_id, OutboxMessage.state, OutboxMessage.kind, OutboxMessage.text)
    with made.service.engine.connect() as connection:
        rows = connection.execute(select(*columns)).all()
        states = counts(connection)
    arrived = Counter((user, text) for user, _, text in made.double.delivered)
    per_user = Counter(user for user, _, _ in made.double.delivered)
    faults = [f"{number} ended as {state}" for number, _, state, _, _ in rows if state not in FINAL]
    doubtful = 0
    for number, person, state, kind, text in rows:
        came = per_user[f"o{person}"] if kind == "pace" else arrived[f"o{person}", text]
        doubtful += state == "doubtful" and came == 1
        allowed = {"sent": (1,), "doubtful": (0, 1)}.get(state, (0,))
        if came not in allowed:
            faults.append(f"{kind} {number} for {person}: {state}, arrived {came} times")
        if kind == "pace" and state == "shown" and made.shown[f"o{person}"] != 1:
            faults.append(f"{number} for {person}: shown {made.shown[f'o{person}']} times")
    if len(made.double.delivered) != states.get("sent", 0) + doubtful:
        faults.append(
            f"{len(made.double.delivered)} arrived, {states.get('sent', 0)} sent, {doubtful} doubtful arrived"
        )
    end = made.clock() - START
    return Result(states, doubtful, len(made.double.delivered), made.kills, made.double.seen, faults, seconds, end)
