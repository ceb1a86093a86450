"""Posts that are handed over today."""

from __future__ import annotations

from datetime import datetime

from bot.clock import local
from bot.desk import Desk, Tally
from handlers.handing_over import carry_out
from models.handover import by_clock, due


def run(desk: Desk, now: datetime) -> Tally:
    """Carry out each hand-over whose day has come; done once, it is no longer due."""
    service, today = desk.service, local(now).date()
    with service.engine.begin() as connection:
        found = due(connection, today)
        for one in found:
            carry_out(connection, service.policies, service.calendars.of, by_clock(one, now), one, now, today)
    return {"handed_over": len(found)}
