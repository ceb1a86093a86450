"""What people asked of reminders: leave, silence, a time of their own, a weekly digest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from models.calendar import Calendar
from models.people import Absence, Wish
from models.workdays import DAY
from models.zone import CHINA

FRIDAY = 5


class Asks(NamedTuple):
    """What a person asked of reminders. `time` is HH:MM; `weekdays` holds 1 for Monday to 7, empty means every day."""

    off: bool = False
    off_until: date | None = None
    time: str = ""
    weekdays: str = ""
    digest: bool = False


def is_off(asks: Asks, today: date) -> bool:
    """Whether the person wants no reminders today."""
    return asks.off and (asks.off_until is None or asks.off_until >= today)


def slot(asks: Asks, calendar: Calendar, day: date) -> datetime | None:
    """The moment of a day that the person chose; none on days off, but for weekend days that they named."""
    if not asks.time or (asks.weekdays and str(day.isoweekday()) not in asks.weekdays):
        return None
    if not calendar.is_workday(day) and not (asks.weekdays and _plain_weekend(calendar, day)):
        return None
    return datetime.combine(day, time.fromisoformat(asks.time), CHINA)


def _plain_weekend(calendar: Calendar, day: date) -> bool:
    """A Saturday or Sunday between worked days: not one that belongs to a holiday."""
    if day.isoweekday() <= FRIDAY:
        return False
    friday = day - (day.isoweekday() - FRIDAY) * DAY
    return calendar.is_workday(friday) and calendar.is_workday(friday + 3 * DAY)


def chosen(connection: Connection, first: str, last: str) -> dict[int, Asks]:
    """Everybody whose own time of the day lies after `first`, up to `last`."""
    columns = [getattr(Wish, name) for name in Asks._fields]
    mine = (Wish.time > first, Wish.time <= last)
    rows = connection.execute(select(Wish.person_id, *columns).where(*mine).order_by(Wish.person_id))
    return {row[0]: Asks(*row[1:]) for row in rows}


def asks_of(connection: Connection, person_id: int) -> Asks:
    """What one person asked."""
    columns = [getattr(Wish, name) for name in Asks._fields]
    row = connection.execute(select(*columns).where(Wish.person_id == person_id)).first()
    return Asks(*row) if row else Asks()


def absences(connection: Connection, person_id: int) -> tuple[tuple[date, date], ...]:
    """When a person is or was on leave."""
    rows = connection.execute(select(Absence.start, Absence.end).where(Absence.person_id == person_id))
    return tuple((row.start, row.end) for row in rows)


def add_absence(connection: Connection, person_id: int, start: date, end: date, now: datetime) -> None:
    """Keep a leave; said twice it is kept once."""
    same = select(Absence.id).where(Absence.person_id == person_id, Absence.start == start, Absence.end == end)
    if connection.execute(same).first() is None:
        connection.execute(insert(Absence).values(person_id=person_id, start=start, end=end, made_at=now))


def end_absences(connection: Connection, person_id: int, today: date) -> int:
    """Cut the leaves that reach beyond yesterday: today is a day of work again; gives how many there were."""
    mine = (Absence.person_id == person_id, Absence.end >= today)
    coming = delete(Absence).where(*mine, Absence.start >= today)
    going = update(Absence).where(*mine, Absence.start < today).values(end=today - DAY)
    gone: int = connection.execute(coming).rowcount + connection.execute(going).rowcount
    return gone


def wish(connection: Connection, person_id: int, values: Mapping[str, Any]) -> None:
    """Keep what a person asked of reminders."""
    found = connection.execute(update(Wish).where(Wish.person_id == person_id).values(**values))
    if not found.rowcount:
        plain = {"off": False, "time": "", "weekdays": "", "digest": False}
        connection.execute(insert(Wish).values(person_id=person_id, **plain | dict(values)))
