"""Every night the kept totals are proved against the records, and put right where they differ."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.clock import local
from bot.desk import Desk, Tally
from bot.jobs.retention import begins
from models.recount import recount
from models.retention import records_from

log = logging.getLogger("dundian.clock")


def run(desk: Desk, now: datetime) -> Tally:
    """Reckon all anew; a difference is repaired, and said to the operator. What retention has shortened is none."""
    service, kept_from = desk.service, records_from(local(now).date())
    with service.engine.begin() as connection:
        found = recount(connection, service.policies, service.calendars.of, repair=True)
        persons = [one.person_id for one in found if begins(one.period) >= kept_from]
    if persons:
        log.error("alarm: %s totals of %s people differed and were put right", len(persons), len(set(persons)))
    return {"differences": len(persons), "persons": len(set(persons))}
