"""A breaker for each way of sending: when it must rest, until when, and why. Shared by all processes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from models.outbox import Token
from models.outbox_rows import INSERTS

PREFIX = "breaker:"
TOO_MANY = 5  # failures in a row
FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=24)


class Breaker(NamedTuple):
    """`failures` in a row; `rests` how often it has opened since the last success."""

    name: str
    until: datetime | None = None
    failures: int = 0
    rests: int = 0
    reason: str = ""

    def is_open(self, now: datetime) -> bool:
        """Whether nothing may go this way now."""
        return self.until is not None and self.until > now


def read(connection: Connection, name: str, *, for_update: bool = False) -> Breaker:
    """A breaker as it stands; a closed one where there is none yet."""
    statement = select(Token.expires, Token.data).where(Token.name == PREFIX + name)
    row = connection.execute(statement.with_for_update() if for_update else statement).first()
    return _breaker(name, row.expires, row.data) if row else Breaker(name)


def succeed(connection: Connection, name: str) -> None:
    """A message went out: all is well again."""
    connection.execute(update(Token).where(Token.name == PREFIX + name).values(expires=None, data={}))


def fail(connection: Connection, name: str, reason: str, now: datetime) -> Breaker | None:
    """Count a failure; gives the breaker where this one opens it."""
    old = read(connection, name, for_update=True)
    if old.is_open(now):
        return None
    if old.failures + 1 < TOO_MANY:
        _keep(connection, old._replace(failures=old.failures + 1, reason=reason))
        return None
    return rest(connection, name, reason, now, FIRST_REST)


def rest(connection: Connection, name: str, reason: str, now: datetime, least: timedelta) -> Breaker:
    """Open the breaker; each time without a success between, it rests twice as long."""
    old = read(connection, name, for_update=True)
    if old.is_open(now):
        return old
    length = min(least * 2 ** min(old.rests, 12), max(least, LONGEST_REST))
    opened = Breaker(name, now + length, max(old.failures + 1, TOO_MANY), old.rests + 1, reason[:200])
    _keep(connection, opened)
    return opened


def alarms(connection: Connection, now: datetime) -> list[Breaker]:
    """The breakers that are open."""
    statement = select(Token.name, Token.expires, Token.data).where(Token.name.startswith(PREFIX), Token.expires > now)
    return [_breaker(row.name.removeprefix(PREFIX), row.expires, row.data) for row in connection.execute(statement)]


def _breaker(name: str, until: datetime | None, data: Mapping[str, Any]) -> Breaker:
    return Breaker(name, until, data.get("failures", 0), data.get("rests", 0), data.get("reason", ""))


def _keep(connection: Connection, new: Breaker) -> None:
    data = {"failures": new.failures, "rests": new.rests, "reason": new.reason}
    values = {"expires": new.until, "data": data}
    statement = INSERTS[connection.dialect.name](Token).values(name=PREFIX + new.name, value="", **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
