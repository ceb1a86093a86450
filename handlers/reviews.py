"""The span of days that a summary is about, and its name."""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.asked import Asked
from handlers.wording import span
from models.periods import period_of

LATE = 20  # so long into a new half-year or year the one before is still meant: its summary is being written


def year_meant(asked: Asked) -> int:
    """The year said, else this one."""
    said = re.search(r"(20\d\d)年", asked.meaning.masked)
    if said or "去年" in asked.meaning.masked:
        return int(said[1]) if said else asked.today.year - 1
    start = asked.meaning.slots.get("start")
    return start.year if isinstance(start, date) else asked.today.year


def span_meant(asked: Asked) -> tuple[date, date, str]:
    """The first and last day and the name: as said, else the half-year or year that is being summed up, else the term."""
    slots, words = asked.meaning.slots, asked.meaning.masked
    start, end = slots.get("start"), slots.get("end")
    if isinstance(start, date) and isinstance(end, date):
        return start, end, name_of(start, end, words, asked.today)
    if (year := year_meant(asked)) != asked.today.year:
        return date(year, 1, 1), date(year, 12, 31), f"{year}年度"
    kind = (
        "half"
        if re.search("半年|阶段", words)
        else "year"
        if re.search("年度|全年|年终|述职|年报|今年", words)
        else "term"
    )
    period = period_of(kind, _back(asked.today, kind), asked.calendar)
    last = min(period.end, asked.today)
    end = last if kind == "term" else period.end
    return period.start, last, name_of(period.start, end, words, asked.today)


def _back(today: date, kind: str) -> date:
    """In the first weeks of a half-year or a year the one before is summed up."""
    first = period_first(today, kind)
    return first - timedelta(days=1) if kind != "term" and (today - first).days < LATE else today


def period_first(today: date, kind: str) -> date:
    """The first day of the year or half-year."""
    return today.replace(month=7 if kind == "half" and today.month > 6 else 1, day=1)


def name_of(start: date, end: date, words: str, today: date) -> str:
    """2026年上半年, 2026年度, or the days."""
    if (start.month, start.day) == (1, 1) and (end.month == 12 or re.search("年度|全年|年终|述职|今年", words)):
        return f"{start.year}年度"
    if start.day == 1 and start.month in (1, 7) and (end.month == start.month + 5 or re.search("半年|阶段", words)):
        return f"{start.year}年{'上' if start.month == 1 else '下'}半年"
    return span(start, end, today)
