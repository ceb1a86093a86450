"""When an unasked message may go out: on workdays, in the morning and in the afternoon."""

from __future__ import annotations

from datetime import datetime, time

from bot.clock import CHINA, local
from models.calendar import Calendar

OPEN = ((time(9, 0), time(11, 30)), (time(14, 30), time(17, 30)))


def is_open(calendar: Calendar, now: datetime) -> bool:
    """Whether the moment lies within the hours of a workday."""
    moment = local(now)
    within = any(first <= moment.time() < last for first, last in OPEN)
    return within and calendar.is_workday(moment.date())


def next_opening(calendar: Calendar, now: datetime) -> datetime:
    """The moment itself where it is open, else the next at which it is."""
    if is_open(calendar, now):
        return now
    moment = local(now)
    later = [first for first, _ in OPEN if first > moment.time()]
    if later and calendar.is_workday(moment.date()):
        return datetime.combine(moment.date(), later[0], CHINA)
    return datetime.combine(calendar.next_workday(moment.date()), OPEN[0][0], CHINA)
