"""Sends what is due, once. The only pusher: a claim, the words of this moment, the attempt written, the call, its end."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot import outcomes
from bot.bundling import Later, speak
from bot.channels.base import Outgoing, SendError
from bot.desk import Desk, Tally
from bot.hours import next_opening
from bot.kinds import KINDS
from bot.reminding import Words
from bot.routes import Held, Nobody, Rest, Route, find
from models.accounts import mark_returned
from models.asking import ask_once
from models.breakers import alarms
from models.database import reading
from models.outbox_rows import Attempt, Row, begin, claim, expire, finish, recover, release, wake

log = logging.getLogger("dundian.outbox")


@dataclass(frozen=True, slots=True)
class Ready:
    """An attempt that is written and may be made."""

    route: Route
    outgoing: Outgoing


def deliver(desk: Desk) -> Tally:
    """Send all that can be sent now; what became of each claim, by name."""
    tally: Counter[str] = Counter(_tidy(desk))
    while not desk.stopping.is_set() and not _all_rest(desk) and (row := _claim(desk)):
        tally[deliver_one(desk, row)] += 1
    return {name: number for name, number in sorted(tally.items()) if number}


def _tidy(desk: Desk) -> Tally:
    now = desk.now()
    repeatable = [name for name, channel in desk.channels.items() if channel.drops_repeats]
    with desk.service.engine.begin() as connection:
        tally = dict(recover(connection, now, desk.lease, repeatable))
        tally["expired"] = expire(connection, now)
        tally["returned"] = mark_returned(connection)
        tally["woken"] = wake(connection, now)
    return tally


def _all_rest(desk: Desk) -> bool:
    """Whether every way of every channel rests, so that everything may stay where it is."""
    with reading(desk.service.engine).connect() as connection:
        resting = {breaker.name for breaker in alarms(connection, desk.now())}
    return resting >= {f"{name}:{way}" for name, channel in desk.channels.items() for way in channel.ways}


def _claim(desk: Desk) -> Row | None:
    # One at a time: where preparing it meets a bug, it alone stays claimed until its lease ends, and nothing waits behind it.
    with desk.service.engine.begin() as connection:
        rows = claim(connection, desk.worker, desk.now(), 1)
    return rows[0] if rows else None


def deliver_one(desk: Desk, row: Row) -> str:
    """Bring one claimed message as far as it gets; the word for the tally."""
    with desk.service.engine.begin() as connection:
        ready = _prepare(connection, desk, row, desk.now())
    if isinstance(ready, str):
        return ready
    try:
        receipt = ready.route.channel.send(ready.outgoing)
    except SendError as fault:
        log.warning("message %s by %s: %s", row.id, ready.route.name, fault)
        with desk.service.engine.begin() as connection:
            return outcomes.failed(connection, row, ready.route, fault, desk.now())
    with desk.service.engine.begin() as connection:
        return outcomes.succeeded(connection, row, ready.route, receipt, desk.now())


def _prepare(connection: Connection, desk: Desk, row: Row, now: datetime) -> Ready | str:
    if row.expires and row.expires <= now:
        return _ended(connection, row, "expired", "too late", now)
    kind = KINDS[row.kind]
    opening = next_opening(desk.service.calendars.of(), now) if kind.hours else now
    if opening > now:
        return _later(connection, row, opening, "outside the hours", "later")
    found = find(connection, desk, row, now)
    if isinstance(found, Rest):
        return _later(connection, row, found.until, found.reason, "resting")
    words = speak(connection, desk.service, row, now)
    if isinstance(words, Later):
        return _later(connection, row, words.until, words.reason, "later")
    if isinstance(words, str):
        return _ended(connection, row, "cleared", words, now)
    return _by_route(connection, row, words, found, now)


def _by_route(
    connection: Connection, row: Row, words: Words, found: Route | Held | Nobody, now: datetime
) -> Ready | str:
    match found:
        case Route() as route:
            return _begin(connection, row, words, route, now)
        case Held():
            return "held" if release(connection, row, None, "waits for the person to write") else "lost"
        case Nobody():
            return _ended(connection, row, "undeliverable", "no account that can be reached", now)


def _begin(connection: Connection, row: Row, words: Words, route: Route, now: datetime) -> Ready | str:
    data = {**row.data, **words.data}
    attempt = Attempt(route.channel.name, route.user, route.way, words.text, data)
    if not begin(connection, row, attempt, now):
        return "lost"
    ask_once(connection, row.person_id, words.asks, now)
    return Ready(route, Outgoing(row.id, route.user, words.text, route.way, words.title, words.brief))


def _ended(connection: Connection, row: Row, state: str, reason: str, now: datetime) -> str:
    return state if finish(connection, row, state, reason, now) else "lost"


def _later(connection: Connection, row: Row, moment: datetime, reason: str, word: str) -> str:
    return word if release(connection, row, moment, reason) else "lost"
