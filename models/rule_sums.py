"""Figures of units added up: each rule over all units, and who below has people that miss it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from models.many import Figure
from models.policy import Rule
from models.team import UnitRow
from models.units import Unit


@dataclass(frozen=True, slots=True)
class RuleSum:
    """One rule over many units: how many are bound, have done it, and the sum of all."""

    rule: Rule
    bound: int
    met: int
    done: Decimal


def by_rule(figures: Iterable[Figure]) -> list[RuleSum]:
    """Every rule's sum, what is pressed before what is only shown, each in the order of the files."""
    sums: dict[Rule, RuleSum] = {}
    for one in figures:
        old = sums.get(one.rule, RuleSum(one.rule, 0, 0, Decimal(0)))
        sums[one.rule] = RuleSum(one.rule, old.bound + one.bound, old.met + one.met, old.done + one.done)
    return sorted(sums.values(), key=lambda one: not one.rule.hard)


Missing = dict[int, dict[Rule, int]]


def missing_below(
    figures: Iterable[Figure], below: Sequence[UnitRow], paths: Mapping[int, str], wanted: Callable[[Rule], bool]
) -> Missing:
    """By unit just below and by rule: how many of its people, and of all below it, have not done it; none where all have."""
    found: Missing = {}
    for one in figures:
        unit = next((unit.id for unit in below if paths.get(one.unit_id, "").startswith(unit.path)), None)
        if unit is not None and wanted(one.rule) and one.met < one.bound:
            rules = found.setdefault(unit, {})
            rules[one.rule] = rules.get(one.rule, 0) + one.bound - one.met
    return found


def paths_below(connection: Connection, path: str) -> dict[int, str]:
    """The paths of a unit and of all below it, by number."""
    rows = connection.execute(select(Unit.id, Unit.path).where(Unit.path.startswith(path, autoescape=True)))
    return {row[0]: row[1] for row in rows}
