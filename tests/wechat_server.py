"""A stand-in for the platform's interface: a real HTTP server that answers as told and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

JSON = "application/json"


@dataclass(frozen=True)
class Reply:
    """What the platform says: a body, a status, how long it takes; `cut` closes the connection instead."""

    body: object = None
    status: int = 200
    seconds: float = 0.0
    cut: bool = False


@dataclass(frozen=True)
class Asked:
    """One call: its path below the base address, its query, its JSON; the bytes of one that is no JSON."""

    path: str
    query: dict[str, str]
    body: dict[str, Any]
    raw: bytes = b""


@dataclass
class Platform:
    """The base address, what was asked, and the function that answers."""

    url: str
    answer: Callable[[Asked], Reply]
    asked: list[Asked] = field(default_factory=list)

    def calls(self, path: str) -> list[Asked]:
        """The calls of one path."""
        return [call for call in self.asked if call.path == path]


class _Server(ThreadingHTTPServer):
    """A server on a free port, which knows the platform it stands for."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.platform = Platform(f"http://127.0.0.1:{self.server_port}/cgi-bin/", answer)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
        form = self.headers.get("Content-Type", "").startswith("multipart/")
        self._answer("/cgi-bin/", {} if form else json.loads(raw or b"{}"), raw)

    def do_GET(self) -> None:
        self._answer("/", {}, b"")

    def _answer(self, base: str, body: dict[str, Any], raw: bytes) -> None:
        split = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(split.query).items()}
        call = Asked(split.path.removeprefix(base), query, body, raw)
        self.server.platform.asked.append(call)
        self._say(self.server.platform.answer(call))

    def _say(self, reply: Reply) -> None:
        time.sleep(reply.seconds)
        if reply.cut:
            self.close_connection = True
            return
        body = reply.body.encode() if isinstance(reply.body, str) else json.dumps(reply.body).encode()
        with suppress(BrokenPipeError):  # a caller that waited long enough has hung up
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def platform(answer: Callable[[Asked], Reply]) -> Iterator[Platform]:
    """A platform that runs as long as the block."""
    server = _Server(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.platform
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
