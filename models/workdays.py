"""Which days are worked in a year: the State Council's list where it is known, Monday to Friday less the law's days off where not."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from models.festivals import statutory

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearDays:
    """The working days of one year; `known` is false where only the weekdays and the law were to go by."""

    working: frozenset[date]
    known: bool


@dataclass(frozen=True, slots=True)
class Override:
    """What a unit adds for one year: more days off, more workdays; `complete` says that nothing else is missing."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    complete: bool = False


def load_overrides(path: Path) -> Mapping[int, Override]:
    """Read `holidays.toml`; a missing file overrides nothing, a wrong one raises ValueError with the cure."""
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {int(year): _override(table) for year, table in tables.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{path.name}: {error}; 每年写一节，如 [2027] off = [2027-01-01] work = []") from error


def _override(table: Mapping[str, Any]) -> Override:
    return Override(_dates(table, "off"), _dates(table, "work"), bool(table.get("complete", False)))


def _dates(table: Mapping[str, Any], name: str) -> frozenset[date]:
    days = table.get(name, [])
    wrong = [day for day in days if not isinstance(day, date)]
    if wrong:
        raise ValueError(f"{name}: {wrong[0]!r} 不是日期")
    return frozenset(days)


def working_year(year: int, override: Override | None) -> YearDays:
    """The working days of a year with a unit's own changes on top."""
    base = _published(year)
    if override is None:
        return base
    return YearDays((base.working - override.off) | override.work, base.known or override.complete)


@cache
def _published(year: int) -> YearDays:
    # Imported here: the list is not needed before the first question, and start-up counts.
    from chinese_calendar import is_workday

    try:
        return YearDays(_those(year, is_workday), known=True)
    except NotImplementedError:
        return YearDays(_those(year, _weekday) - statutory(year), known=False)


def _weekday(day: date) -> bool:
    return day.weekday() < 5


def _those(year: int, works: Callable[[date], bool]) -> frozenset[date]:
    first = date(year, 1, 1)
    days = (first + DAY * n for n in range((date(year, 12, 31) - first).days + 1))
    return frozenset(day for day in days if works(day))
