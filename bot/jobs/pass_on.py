"""Reminders that did not get through for three workdays: the unit's administrator gets a sentence to pass on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from bot.clock import CHINA, local
from bot.desk import Desk, Tally
from bot.kinds import KINDS
from bot.passing_on import KIND, sentences
from models.calendar import Calendar
from models.outbox_rows import Draft, put
from models.undelivered import Undelivered, administrators, give_up, overdue

WORKDAYS = 3
LOOK_BACK = timedelta(days=30)
KEPT = timedelta(days=7)


def run(desk: Desk, now: datetime) -> Tally:
    """Give up what is overdue, and tell those who can pass it on."""
    until = three_workdays_ago(desk.service.calendars.of(), now)
    kinds = [kind for kind in KINDS if kind != KIND]
    with desk.service.engine.begin() as connection:
        found = overdue(connection, kinds, until - LOOK_BACK, until)
        told = put(connection, _drafts(_by_administrator(connection, found), now), now)
        give_up(connection, found, now)
    return {"undelivered": len(found), "administrators": told}


def three_workdays_ago(calendar: Calendar, now: datetime) -> datetime:
    """What was due before this moment has had three whole workdays."""
    day = local(now).date()
    for _ in range(WORKDAYS):
        day = calendar.previous_workday(day)
    return datetime.combine(day, time(), CHINA)


def _by_administrator(connection: Connection, found: list[Undelivered]) -> Mapping[int, list[Undelivered]]:
    known: dict[str, list[int]] = {}
    telling: defaultdict[int, list[Undelivered]] = defaultdict(list)
    for one in found:
        if one.path not in known:
            known[one.path] = administrators(connection, one.path)
        for person_id in known[one.path]:
            if person_id != one.person_id:
                telling[person_id].append(one)
    return telling


def _drafts(telling: Mapping[int, list[Undelivered]], now: datetime) -> list[Draft]:
    day = local(now).date()
    return [
        Draft(who, f"{KIND}:{who}:{day}", KIND, now, now + KEPT, sentences(some), {"rows": [one.id for one in some]})
        for who, some in telling.items()
    ]
