"""Uploads that no page takes: read to their end and thrown away, so that the browser is there to hear the page's reason.

A server that answers and closes while a browser still sends leaves it with "connection reset", and the reason unseen.
"""

from __future__ import annotations

import io
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.utilities import RequestEntityTooLarge

KEPT_BYTES = 16 * 1024 * 1024  # above what a page takes, so that the page itself can say that a file is too large


class Discarding:
    """Takes a body of known length and keeps nothing of it."""

    error = None

    def __init__(self, length: int) -> None:
        self._left = length

    @property
    def completed(self) -> bool:
        """True once all of it has come."""
        return self._left == 0

    def received(self, data: bytes) -> int:
        """How much of these bytes belonged to the body."""
        taken = min(len(data), self._left)
        self._left -= taken
        return taken

    def getfile(self) -> io.BytesIO:
        """What the application may read: nothing. By the length that was told it knows what came."""
        return io.BytesIO()

    def __len__(self) -> int:
        return 0


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Keeps bodies up to a limit, throws longer ones away; one that does not tell its length ends at the limit."""

    body_rcv: Any
    error: Any

    def received(self, data: bytes) -> int:
        """Take what has come; gives how much of it belonged to this request."""
        before = self.body_rcv
        taken: int = super().received(data)
        if before is None and not self.chunked and self.content_length > KEPT_BYTES and self.error is None:
            self.body_rcv = Discarding(self.content_length)
        elif self.chunked and self.body_bytes_received > KEPT_BYTES:
            self.error, self.completed = RequestEntityTooLarge(f"exceeds {KEPT_BYTES} bytes"), True
        return taken


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read so."""

    parser_class = Parser


def read_to_the_end(sockets: dict[int, object]) -> None:
    """Have every listening socket read what comes in this way."""
    for one in sockets.values():
        if isinstance(one, BaseWSGIServer):
            one.channel_class = Channel
