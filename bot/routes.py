"""Which way a message takes to a person now: account, channel and way, or why it must rest, be held, or cannot go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.channels.base import Channel
from bot.desk import Desk
from models import windows
from models.accounts import Address, addresses
from models.breakers import read
from models.outbox_rows import Row

METERED = "custom"


@dataclass(frozen=True, slots=True)
class Route:
    """A way that is open now."""

    channel: Channel
    user: str
    way: str

    @property
    def name(self) -> str:
        """What its breaker is called."""
        return f"{self.channel.name}:{self.way}"


@dataclass(frozen=True, slots=True)
class Rest:
    """Every way that is open to this person rests until a moment."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """Reachable, but not now: it waits until the person writes."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """The person has no account that can be reached."""


Found = Route | Rest | Held | Nobody


def find(connection: Connection, desk: Desk, row: Row, now: datetime) -> Found:
    """The first way that is open; channels in the desk's order, ways in the channel's."""
    reachable = addresses(connection, row.person_id, tuple(desk.channels))
    if not reachable:
        return Nobody()
    rests: list[Rest] = []
    for route in _open_ways(connection, desk, row, reachable, now):
        breaker = read(connection, route.name)
        if breaker.until is None or not breaker.is_open(now):
            return route
        rests.append(Rest(breaker.until, breaker.reason))
    return min(rests, key=lambda rest: rest.until) if rests else Held()


def _open_ways(
    connection: Connection, desk: Desk, row: Row, reachable: list[Address], now: datetime
) -> Iterator[Route]:
    """At most one way a channel: where the preferred one merely rests, the next is no better for it."""
    for address in reachable:
        channel = desk.channels[address.channel]
        ways = (Route(channel, address.user, way) for way in channel.ways)
        yield from [route for route in ways if _lets_through(connection, route, row, now)][:1]


def _lets_through(connection: Connection, route: Route, row: Row, now: datetime) -> bool:
    closed = row.data.get("closed", {}).get(route.name)
    if route.way != METERED or not route.channel.allowances:
        return closed is None
    at = datetime.fromisoformat(closed) if closed else None
    return windows.left(connection, route.channel.name, route.user, route.channel.allowances, now, at) > 0
