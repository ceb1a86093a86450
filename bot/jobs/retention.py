"""Nothing is kept longer than its purpose: words, records, looks, pushes, and what a person who left no longer needs.

Words of messages: the current term and the one before. Records: the current school year and the one before, then their
totals only. Looks at people: three years. Pushes: as records; decisions about reminding: ninety days. Links to files and
pages: until they end. Rosters that wait to be confirmed: a day. Changes of the roster: as looks.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from bot.clock import CHINA, local
from bot.desk import Desk, Tally
from bot.forms.workshop import room_of, tidy
from models.calendar import Calendar
from models.retention import (
    drop_files,
    drop_records,
    drop_traces,
    drop_words,
    forget_left,
    periods_before,
    records_from,
    whose_records,
)
from models.roster_forms import forget_notes
from models.uploads import drop_old

DECISIONS = timedelta(days=90)
LOOKS_YEARS = 3


def run(desk: Desk, now: datetime) -> Tally:
    """Drop what is over, a few people at a time."""
    today, calendar = local(now).date(), desk.service.calendars.of()
    words, records = words_from(calendar, today), records_from(today)
    looks = today.replace(year=today.year - LOOKS_YEARS, day=min(today.day, 28))
    with desk.service.engine.begin() as connection:
        tally = {"left": forget_left(connection, today)}
        tally |= drop_words(connection, _moment(words))
        tally |= drop_traces(connection, _moment(looks), _moment(records), today - DECISIONS)
        tally["links"] = drop_files(connection, now)
        tally["uploads"] = drop_old(connection, now)
        tally["roster"] = forget_notes(connection, _moment(looks))
    tally["files"] = tidy(room_of(desk.service.settings))
    return tally | {"entries": _records(desk, records)}


def words_from(calendar: Calendar, today: date) -> date:
    """The first day whose words are kept: that of the term before this one."""
    return calendar.previous_term(calendar.term(today)).start


def _records(desk: Desk, before: date) -> int:
    dropped = 0
    while not desk.stopping.is_set():
        with desk.service.engine.begin() as connection:
            people = whose_records(connection, before)
            if not people:
                break
            over = [key for key in periods_before(connection, people) if begins(key) < before]
            dropped += drop_records(connection, people, before, over)
    return dropped


def begins(key: str) -> date:
    """The first day of a period by its key: `2024-2025-2`, `2024-2025`, `2024`, `2024-11`, `2024H2`, `2024-09w`."""
    year, half, rest = int(key[:4]) if key[:4].isdigit() else 9999, key[4:6], key[5:].rstrip("w")
    if re.fullmatch(r"\d{4}-\d{4}(-[12])?", key):
        return date(year + 1, 2, 1) if key.endswith("-2") else date(year, 9, 1)
    if half == "H2":
        return date(year, 7, 1)
    return date(year, int(rest), 1) if re.fullmatch(r"\d{2}", rest) else date(year, 1, 1)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
