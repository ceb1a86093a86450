"""The service in a process of its own, as an operator runs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
BARE = {name: value for name, value in os.environ.items() if not name.startswith(("DUNDIAN_", "WECHAT_", "DATABASE_"))}


def bot(*arguments: str, said: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with these settings only."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=BARE | settings,
        input=said,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def serving(*command: str, **settings: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A service that is ready, and its port; killed at the end where it still runs."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *command],
        cwd=ROOT,
        env=BARE | settings | {"DUNDIAN_PORT": str(port)},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stderr is not None
        assert any("/healthz" in line for line in process.stderr), "the service did not come up"
        yield process, port
    finally:
        process.kill()
        process.communicate()
