"""What a unit's people did in each month of a span: days, people met, sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from models.calendar import Calendar
from models.facts import Fact
from models.stays import FULL, day_map

Month = tuple[int, int]
Sums = dict[str, dict[Month, Decimal]]
ZERO = Decimal(0)
KINDS: Mapping[str, tuple[str, str]] = {
    "days": ("驻校", "天"),
    "interview": ("访谈", "人"),
    "lecture": ("宣讲、团课", "场"),
}


def months_between(first: date, last: date) -> list[Month]:
    """The months of a span, in order."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(number // 12, number % 12 + 1) for number in numbers]


def add_months(sums: Sums, facts: Iterable[Fact], calendar: Calendar, first: date, last: date) -> None:
    """Add one person's work to the sums; what began before the span falls into its first month, as its total does."""
    inside = [f for f in facts if f.state == "active" and f.end and first <= f.end <= last]
    for day, halves in day_map((f for f in inside if f.activity == "on_site"), calendar).items():
        _add(sums, "days", max(day, first), Decimal(halves) / FULL)
    for fact in inside:
        if fact.activity in ("interview", "lecture") and fact.end:
            _add(sums, fact.activity, fact.end, max((fact.count or ZERO) - (fact.met_before or 0), ZERO))


def _add(sums: Sums, kind: str, day: date, amount: Decimal) -> None:
    found = sums.setdefault(kind, defaultdict(Decimal))
    found[day.year, day.month] += amount


def row(sums: Sums, kind: str, months: Collection[Month]) -> tuple[Decimal, ...]:
    """One kind's value for each month."""
    return tuple(sums.get(kind, {}).get(month, ZERO) for month in months)
