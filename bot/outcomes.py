"""What follows from each way a call can end: one function an action (see ACTIONS), and nothing else decides it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from bot.channels.base import Receipt, SendError
from bot.clock import CHINA, local
from bot.routes import Route
from models import breakers
from models.accounts import Address, mark_unreachable
from models.outbox_rows import Row, finish, release

log = logging.getLogger("dundian.outbox")

RETRIES = (2, 4, 8, 600, 1800, 3600, 3600)  # seconds; quick ones first, then it waits in the queue
STOPPED = timedelta(hours=1)  # then one message probes whether the cause is cured
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ending:
    """A call that failed: the message as it was claimed (its attempt not yet counted), the way it took, what was said."""

    row: Row
    route: Route
    fault: SendError
    now: datetime

    @property
    def reason(self) -> str:
        """What is kept with the message."""
        return f"{self.fault.action}: {self.fault}"


def succeeded(connection: Connection, row: Row, route: Route, receipt: Receipt, now: datetime) -> str:
    """It went out."""
    if breakers.read(connection, route.name).failures:
        breakers.succeed(connection, route.name)
    return "sent" if finish(connection, row, "sent", receipt.way, now, receipt.number) else "lost"


def failed(connection: Connection, row: Row, route: Route, fault: SendError, now: datetime) -> str:
    """It did not, or nobody knows."""
    return FOLLOWS[fault.action](connection, Ending(row, route, fault, now))


def _pause(connection: Connection, ending: Ending) -> str:
    until = _pause_end(ending.now, timedelta(seconds=ending.fault.wait))
    return _rest(connection, ending, until - ending.now)


def _pause_end(now: datetime, wait: timedelta) -> datetime:
    """A day's quota is new at midnight."""
    if wait < DAY:
        return now + wait
    return datetime.combine(local(now).date() + DAY, time(0, 5), CHINA)


def _stop(connection: Connection, ending: Ending) -> str:
    return _rest(connection, ending, STOPPED)


def _rest(connection: Connection, ending: Ending, length: timedelta) -> str:
    opened = breakers.rest(connection, ending.route.name, ending.reason, ending.now, length)
    _alarm(opened)
    release(connection, ending.row, opened.until, ending.reason)
    return "resting"


def _retry(connection: Connection, ending: Ending) -> str:
    _count(connection, ending)
    if ending.row.attempts >= len(RETRIES):
        return _end(connection, ending, "failed")
    seconds = max(RETRIES[ending.row.attempts], ending.fault.wait)
    jitter = seconds * (ending.row.id * 7919 % 1000) / 4000
    release(connection, ending.row, ending.now + timedelta(seconds=seconds + jitter), ending.reason)
    return "retried"


def _another_way(connection: Connection, ending: Ending) -> str:
    closed = ending.row.data.get("closed", {}) | {ending.route.name: ending.now.isoformat()}
    release(connection, ending.row, ending.now, ending.reason, {**ending.row.data, "closed": closed})
    return "turned"


def _drop(connection: Connection, ending: Ending) -> str:
    mark_unreachable(connection, Address(ending.route.channel.name, ending.route.user), ending.now)
    release(connection, ending.row, ending.now, ending.reason)
    return "turned"


def _give_up(connection: Connection, ending: Ending) -> str:
    log.error("alarm: message %s: %s", ending.row.id, ending.fault)
    _count(connection, ending)
    return _end(connection, ending, "failed")


def _doubt(connection: Connection, ending: Ending) -> str:
    _count(connection, ending)
    if ending.route.channel.drops_repeats:
        return _retry(connection, ending)
    return _end(connection, ending, "doubtful")


def _count(connection: Connection, ending: Ending) -> None:
    opened = breakers.fail(connection, ending.route.name, ending.reason, ending.now)
    if opened:
        _alarm(opened)


def _alarm(opened: breakers.Breaker) -> None:
    log.error("alarm: %s rests until %s: %s", opened.name, opened.until, opened.reason)


def _end(connection: Connection, ending: Ending, state: str) -> str:
    return state if finish(connection, ending.row, state, ending.reason, ending.now) else "lost"


FOLLOWS: Mapping[str, Callable[[Connection, Ending], str]] = {
    "pause": _pause,
    "stop": _stop,
    "retry": _retry,
    "fallback": _another_way,
    "hold": _another_way,
    "drop": _drop,
    "alarm": _give_up,
    "doubtful": _doubt,
}
