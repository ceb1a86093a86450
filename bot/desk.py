"""What a clock works with: the service, the channels it may push by, its own name, and the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex
from threading import Event

from bot.channels.base import Channel
from bot.service import Service

Tally = dict[str, int]

LEASE = timedelta(minutes=5)  # far longer than the slowest call with its time-outs


@dataclass(frozen=True, slots=True)
class Desk:
    """One clock. `channels` stand in the order in which they are tried; `lease` is how long a claim is respected.

    Once `stopping` is set, what has been begun is finished and nothing more is claimed.
    """

    service: Service
    channels: Mapping[str, Channel]
    now: Callable[[], datetime]
    worker: str = field(default_factory=lambda: token_hex(8))
    lease: timedelta = LEASE
    stopping: Event = field(default_factory=Event)
