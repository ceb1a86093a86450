"""Sends what is due."""

from __future__ import annotations

from datetime import datetime

from bot import outbox
from bot.desk import Desk, Tally


def run(desk: Desk, now: datetime) -> Tally:  # noqa: ARG001 sending takes time, so it reads the desk's clock
    """Send all that can be sent now."""
    return outbox.deliver(desk)
