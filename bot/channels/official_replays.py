"""Which stamped deliveries were seen lately, so that an overheard signature carries nothing new."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from hashlib import sha256
from threading import Lock

KEPT = 20_000


class Replays:
    """Remembers, for as long as a stamp stays fresh, the body it came with.

    The platform repeats a delivery with the same body, so the same body is always welcome: it gets the same reply.
    """

    def __init__(self, fresh_seconds: int, kept: int = KEPT) -> None:
        self._seconds = 2 * fresh_seconds  # a stamp may be as much ahead of the clock as behind it
        self._kept = kept
        self._seen: OrderedDict[bytes, tuple[float, bytes]] = OrderedDict()
        self._lock = Lock()

    def first_or_same(self, stamp: str, body: bytes, now: datetime) -> bool:
        """Whether this stamp is new or came with this very body."""
        moment, mark = now.timestamp(), _mark(body)
        with self._lock:
            self._forget(moment)
            return self._seen.setdefault(_mark(stamp.encode()), (moment, mark))[1] == mark

    def _forget(self, moment: float) -> None:
        while self._seen and (len(self._seen) >= self._kept or self._oldest() < moment - self._seconds):
            self._seen.popitem(last=False)

    def _oldest(self) -> float:
        return next(iter(self._seen.values()))[0]


def _mark(data: bytes) -> bytes:
    return sha256(data).digest()[:16]
