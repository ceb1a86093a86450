"""Which letters a pattern cannot do without, so that most rules are passed over without a search."""

from __future__ import annotations

import re
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

WIDEST = 300
ANYTHING: frozenset[str] = frozenset()
Letters = frozenset[str]


def needed(pattern: re.Pattern[str]) -> Letters:
    """Letters of which every match holds at least one; none where no such set is known."""
    source = pattern.pattern
    return of_sequence(parser.parse(source if isinstance(source, str) else source())) or ANYTHING


def of_sequence(items: Any) -> Letters | None:
    """The smallest set that one of the parts needs."""
    found = [letters for op, value in items if (letters := of_part(op, value))]
    return min(found, key=len, default=None)


def of_part(op: Any, value: Any) -> Letters | None:
    """What one part of a pattern needs."""
    if op is ops.LITERAL:
        return frozenset(chr(value))
    if op is ops.IN:
        return of_class(value)
    if op is ops.BRANCH:
        return of_branches(value[1])
    if op is ops.SUBPATTERN:
        return of_sequence(value[3])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0]:
        return of_sequence(value[2])
    return None


def of_class(members: Any) -> Letters | None:
    """The letters of a class that lists them."""
    found: set[str] = set()
    for op, value in members:
        if op is ops.LITERAL:
            found.add(chr(value))
        elif op is ops.RANGE and value[1] - value[0] < WIDEST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif op is ops.CATEGORY and value is ops.CATEGORY_DIGIT:
            found.update("0123456789")
        else:
            return None
    return frozenset(found)


def of_branches(branches: Any) -> Letters | None:
    """All that the branches need, if each needs something."""
    found: Letters = frozenset()
    for branch in branches:
        letters = of_sequence(branch)
        if not letters:
            return None
        found |= letters
    return found if len(found) <= WIDEST else None
