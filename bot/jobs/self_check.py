"""The clock watches itself: a job that has not run for two periods, a way of sending that rests, is an alarm."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.desk import Desk, Tally
from bot.jobs.timing import JobTimes
from models.beats import runs
from models.breakers import alarms as open_breakers
from models.calendar import Calendar
from models.database import reading

log = logging.getLogger("dundian.clock")


def check(desk: Desk, now: datetime, times: Mapping[str, JobTimes]) -> Tally:
    """Log every alarm."""
    with reading(desk.service.engine).connect() as connection:
        found = list(alarms(connection, times, desk.service.calendars.of(), now))
    for alarm in found:
        log.error("alarm: %s", alarm)
    return {"alarms": len(found)}


def alarms(connection: Connection, times: Mapping[str, JobTimes], calendar: Calendar, now: datetime) -> Iterator[str]:
    """What the operator should know, in words."""
    for ran in runs(connection):
        last = ran.ran_at or ran.seen_at
        if ran.job in times and last and last < times[ran.job].two_periods_ago(calendar, now):
            yield f"job {ran.job} has not run since {last:%Y-%m-%d %H:%M} UTC; is python -m bot clock running?"
    for breaker in open_breakers(connection, now):
        yield f"{breaker.name} rests until {breaker.until:%Y-%m-%d %H:%M} UTC: {breaker.reason}"
