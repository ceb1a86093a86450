"""The weekly digest of a unit, for a leader who asked for it: the lines of the units, and what waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.clock import local
from bot.reminding import OWN_FOOT, Books, Words
from models.digest import recorded, waits
from models.officers import Officer, officer
from models.outbox_rows import Row
from models.team import Books as Reckoning
from models.team import TeamLine, team
from models.wishes import asks_of, is_off

KIND = "digest"
TITLE = "每周进度"
WEEK = timedelta(days=7)
LEADERS = frozenset({"unit_admin", "approver", "supervisor"})
WAITING = ("待审定清单{}份", "待认定报告案例{}篇", "未解决问题{}条", "要帮忙的{}人", "还没绑定的{}人")


def words(connection: Connection, books: Books, row: Row, now: datetime) -> Words | str:
    """The digest of this moment; a person without a leader's role any more gets none."""
    who, asks = officer(connection, row.person_id), asks_of(connection, row.person_id)
    if who is None or who.gone or not who.roles & LEADERS:
        return "no leader any more"
    if is_off(asks, local(now).date()) or not asks.digest:
        return "off"
    lines = _lines(connection, books, who, now)
    if not lines:
        return "nobody is bound"
    text = "\n".join([*lines, *_waits(connection, who), OWN_FOOT])
    return Words(text, TITLE, f"{who.unit.name}本周进度", row.data)


def _lines(connection: Connection, books: Books, who: Officer, now: datetime) -> list[str]:
    """One line a unit in the official order, never a ranking."""
    moment = local(now)
    found = team(connection, Reckoning(books.policies, books.calendars.of, moment.date()), who.unit)
    shown = [line for line in found.lines if line.bound]
    if not shown:
        return []
    made, people = recorded(connection, who.unit.path, now - WEEK)
    head = f"{who.unit.name}，截至{moment.month}月{moment.day}日{moment:%H:%M}（已开展/应参加）："
    return [head, *map(_line, shown), f"近7天{people}人记了{made}条。"]


def _line(line: TeamLine) -> str:
    return f"{line.unit.name} {line.started}/{line.bound}人，驻校{float(line.days):g}天"


def _waits(connection: Connection, who: Officer) -> list[str]:
    found = waits(connection, who.unit.path)
    said = [text.format(number) for text, number in zip(WAITING, found, strict=True) if number]
    return [f"等着办的：{'、'.join(said)}。"] if said else []
