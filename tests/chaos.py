"""Faults and deaths on purpose: clocks are killed at random while everybody is reminded, and the truth is compared.

Waiting is skipped: where nothing can be done now, everybody's time is moved on to the next moment at which something can.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from bot.desk import LEASE, Desk
from bot.jobs import pace
from bot.jobs.running import run_if_due
from models import beats
from models.breakers import alarms
from models.outbox import OutboxMessage
from models.outbox_rows import counts
from tests.storm import START, Storm, hatch

FINAL = {"sent", "cleared", "expired", "failed", "undeliverable", "doubtful", "shown"}
IDLE_SECONDS = 0.1
STUCK_SECONDS = 0.6


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
            hatch(made)
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
