"""Gauges: how many of a class were reached, as it was stated and as talks since then add to it. Integers only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.facts import Fact
from models.links import class_key


class Pool(NamedTuple):
    """Reached of a size, all classes together."""

    reached: int
    size: int


@dataclass(slots=True)
class ClassRow:
    """One class by its label: people reached, and its size where that was said."""

    name: str
    reached: int = 0
    size: int = 0


def class_rows(facts: Iterable[Fact]) -> list[ClassRow]:
    """Each class in the order met, the first row (no label) holding people met without a class.

    A statement (45人,已覆盖38人) sets its class's figure and takes earlier talks for included; talks after it add to it.
    """
    rows = {"": ClassRow("")}
    for fact in sorted(facts, key=_order):
        name = fact.class_name or ""
        row = rows.setdefault(class_key(name) if name else "", ClassRow(name))
        if fact.activity == "coverage":
            row.reached, row.size = int(fact.count or 0), fact.of or row.size
            if name:
                rows[""].reached = 0
        else:
            row.reached += _new(fact)
    for row in rows.values():
        row.reached = min(row.reached, row.size) if row.size else row.reached
    return list(rows.values())


def _new(fact: Fact) -> int:
    count, before = fact.count, fact.met_before
    if count is None:
        return 0
    return max(int(count) - before, 0) if before else int(count)


def pooled(facts: Iterable[Fact]) -> Pool:
    """All classes of known size together; people of other classes count only as long as no size is known."""
    known = list(facts)
    if not any(fact.activity == "coverage" or fact.class_name for fact in known):
        return Pool(sum(_new(fact) for fact in known), 0)
    loose, *rows = class_rows(known)
    size = loose.size + sum(row.size for row in rows)
    reached = loose.reached + sum(row.reached for row in rows if row.size or not size)
    return Pool(min(reached, size) if size else reached, size)


def enough(pool: Pool, percent: int) -> bool:
    """Whether the share is reached, by integers: 79 of 99 is not 80 %."""
    return pool.size > 0 and pool.reached * 100 >= percent * pool.size


def _order(fact: Fact) -> tuple[date, int]:
    return fact.end or date.min, fact.id
