"""The days off that the law itself fixes (全国年节及纪念日放假办法, as amended from 2025), known before a year's notice is out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
# 春节, 清明, 端午, 中秋 by the lunisolar calendar: reckoned with three independent programs that agree.
MOVING = """
2027 02-06 04-05 06-09 09-15
2028 01-26 04-04 05-28 10-03
2029 02-13 04-04 06-16 09-22
2030 02-03 04-05 06-05 09-12
2031 01-23 04-05 06-24 10-01
2032 02-11 04-04 06-12 09-19
2033 01-31 04-04 06-01 09-08
2034 02-19 04-05 06-20 09-27
2035 02-08 04-05 06-10 09-16
2036 01-28 04-04 05-30 10-04
2037 02-15 04-04 06-18 09-24
2038 02-04 04-05 06-07 09-13
2039 01-24 04-05 05-27 10-02
2040 02-12 04-04 06-14 09-20
2041 02-01 04-04 06-03 09-10
"""
SPRING = (-1, 0, 1, 2)  # New Year's Eve and the first three days


def statutory(year: int) -> frozenset[date]:
    """The days of a year that are nobody's workday; beyond the table only those of a fixed date."""
    return frozenset((*(date(year, month, day) for month, day in FIXED), *_moving(year)))


def _moving(year: int) -> Iterator[date]:
    rows = (line.split() for line in MOVING.split("\n") if line)
    for spring, *others in (days for first, *days in rows if first == str(year)):
        begins = date.fromisoformat(f"{year}-{spring}")
        yield from (begins + timedelta(days=step) for step in SPRING)
        yield from (date.fromisoformat(f"{year}-{day}") for day in others)
