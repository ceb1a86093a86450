"""Running a job: the gate of hours around it, one clock at a time, its tally logged and kept."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.desk import Desk, Tally
from bot.hours import is_open
from bot.jobs.registry import JOBS, Job
from models import beats

log = logging.getLogger("dundian.clock")

BEAT = timedelta(minutes=1)


def run_job(desk: Desk, name: str, now: datetime) -> Tally:
    """Run a job now; outside its hours it does nothing."""
    job = JOBS[name]
    if job.hours and not is_open(desk.service.calendars.of(), now):
        return {"outside_hours": 1}
    tally = job.run(desk, now)
    with desk.service.engine.begin() as connection:
        beats.done(connection, name, now, tally)
    log.info("job %s: %s", name, tally)
    return tally


def run_if_due(desk: Desk, name: str) -> Tally | None:
    """Run a job where it is due and no other clock runs it; None where it is not."""
    job, now = JOBS[name], desk.now()
    if job.shared:
        return _run_shared(desk, name, job, now)
    calendar = desk.service.calendars.of()
    if job.hours and not is_open(calendar, now):
        return None
    with desk.service.engine.begin() as connection:
        mine = beats.take(connection, name, job.when.last(calendar, now), desk.worker, now)
    return run_job(desk, name, now) if mine else None


def _run_shared(desk: Desk, name: str, job: Job, now: datetime) -> Tally:
    """No claim is needed where the work itself is claimed; the beat is written about once a minute."""
    tally = job.run(desk, now)
    with desk.service.engine.begin() as connection:
        if beats.take(connection, name, now - BEAT, desk.worker, now):
            beats.done(connection, name, now, tally)
    if tally:
        log.info("job %s: %s", name, tally)
    return tally
