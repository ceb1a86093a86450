"""When a job is due: at times of the day, or every so often; asked of the database, never kept in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Protocol

from bot.clock import CHINA, local
from models.calendar import Calendar

DAY = timedelta(days=1)


class JobTimes(Protocol):
    """The moments at which a job is due."""

    def last(self, calendar: Calendar, now: datetime) -> datetime:
        """The newest one that has come."""

    def two_periods_ago(self, calendar: Calendar, now: datetime) -> datetime:
        """Who has not run since has missed two."""


@dataclass(frozen=True, slots=True)
class Every:
    """Every so often."""

    period: timedelta

    def last(self, calendar: Calendar, now: datetime) -> datetime:  # noqa: ARG002
        """One period ago: what ran before that is due."""
        return now - self.period

    def two_periods_ago(self, calendar: Calendar, now: datetime) -> datetime:  # noqa: ARG002
        """Two periods, and the minute that a clock may take to come round."""
        return now - 2 * self.period - timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Daily:
    """At some times of the day, in Asia/Shanghai; `workdays` only, or all days."""

    times: tuple[time, ...]
    workdays: bool = True

    def last(self, calendar: Calendar, now: datetime) -> datetime:
        """The newest moment that has come."""
        return next(self._back(calendar, now))

    def two_periods_ago(self, calendar: Calendar, now: datetime) -> datetime:
        """The moment before the one before the newest, so that the newest may still be on its way."""
        return next(islice(self._back(calendar, now), 1, None))

    def _back(self, calendar: Calendar, now: datetime) -> Iterator[datetime]:
        moment = local(now)
        day = moment.date()
        while True:
            if not self.workdays or calendar.is_workday(day):
                slots = (datetime.combine(day, at, CHINA) for at in sorted(self.times, reverse=True))
                yield from (slot for slot in slots if slot <= moment)
            day -= DAY
