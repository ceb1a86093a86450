"""A conversation in the terminal, as one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from secrets import token_hex

from bot.channels.base import Incoming
from bot.service import Service

CHANNEL = "console"

Answer = Callable[[Service, Incoming, datetime], str | None]


def chat(
    service: Service,
    answer: Answer,
    user: str,
    lines: Iterable[str],
    show: Callable[[str], None],
    now: Callable[[], datetime],
) -> None:
    """Say each line as `user`, show each answer."""
    session = token_hex(8)
    for number, line in enumerate(lines):
        if line.strip():
            moment = now()
            said = Incoming(CHANNEL, user, f"{session}:{number}", "text", line.strip(), moment)
            show(answer(service, said, moment) or "")
