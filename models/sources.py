"""Where a figure comes from: the entries that count in it, and those of its time that do not, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from models.calendar import Calendar
from models.credits import credits as credited_metrics
from models.credits import explain
from models.facts import Fact
from models.periods import period_of
from models.progress import Standing


def sources(facts: Sequence[Fact], one: Standing, calendar: Calendar) -> tuple[list[Fact], list[tuple[Fact, str]]]:
    """The entries counted, and those left out with why, each in the order of its days."""
    inside = sorted((f for f in facts if _in_period(f, one, calendar)), key=lambda f: (f.start is None, f.start, f.id))
    counted = [f for f in inside if one.rule.metric in credited_metrics(f, [one.rule])]
    known = {f.id for f in counted}
    left_out = [(f, c.text) for f in inside for c in explain(f, [one.rule], calendar) if f.id not in known and c.text]
    return counted, left_out


def _in_period(fact: Fact, one: Standing, calendar: Calendar) -> bool:
    if fact.end is None:
        return False
    return period_of(one.rule.period, fact.end, calendar, one.rule.month).key == one.period
