"""The weekly digest for unit administrators and supervisors who asked for it."""

from __future__ import annotations

from datetime import datetime

from bot.clock import local
from bot.desk import Desk, Tally
from bot.digests import KIND
from bot.jobs.own_time import LATE, due_now
from bot.reminding import Almanac
from models.outbox_rows import Draft, put


def run(desk: Desk, now: datetime) -> Tally:
    """A message for each whose day and time it is; its words are made when it is sent."""
    day = local(now).date()
    with desk.service.engine.begin() as connection:
        due = due_now(connection, Almanac(connection, desk.service), now, digest=True)
        drafts = [Draft(who, f"{KIND}:{who}:{day}", KIND, at, at + 2 * LATE, "", {}) for who, at in due.items()]
        return {"due": len(due), "new": put(connection, drafts, now)}
