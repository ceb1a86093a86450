"""Plans that have passed: carried out, gone with their term, or waiting to be asked about."""

from __future__ import annotations

from datetime import datetime

from bot.clock import local
from bot.desk import Desk, Tally
from models.passed import carried_out, lapse, waiting


def run(desk: Desk, now: datetime) -> Tally:
    """Close what is settled. The rest heads the next conversation, or goes into the one reminder of the week."""
    today = local(now).date()
    term = desk.service.calendars.of().term(today)
    with desk.service.engine.begin() as connection:
        done = carried_out(connection, today)
        return {"done": done, "lapsed": lapse(connection, term.start), "passed": waiting(connection, today)}
