"""Which letters a pattern cannot do without, so that most rules are passed over without a search.

The ways of a pattern are its branches; each needs a letter of every one of some sets, of which the smallest few are kept.
All ways of a table of rules are bits of one integer, each letter knows the ways whose sets it is in, and what the letters of
a text leave open costs a few operations however many rules there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

WIDEST = 300
MOST_WAYS = 40
TURNS = 4  # sets kept of each way
ANYTHING: frozenset[str] = frozenset()
Letters = frozenset[str]


def ways(pattern: re.Pattern[str]) -> list[list[Letters]]:
    """For each way to match, the sets of letters of which it needs one each; an empty way needs nothing known."""
    source = pattern.pattern
    return split(list(parser.parse(source if isinstance(source, str) else source())))


def split(items: list[Any]) -> list[list[Letters]]:
    """The branches of a sequence that is made of one choice and what stands beside it."""
    beside = [letters for op, value in items if op is not ops.BRANCH if (letters := of_part(op, value))]
    choices = [value[1] for op, value in items if op is ops.BRANCH]
    if len(items) == 1 and items[0][0] is ops.SUBPATTERN:
        return split(list(items[0][1][3]))
    if not choices:
        return [beside]
    first, *others = sorted(choices, key=len, reverse=True)
    beside += [letters for choice in others if (letters := of_branches(choice))]
    found = [beside + way for branch in first for way in split(list(branch))]
    return found if len(found) <= MOST_WAYS else [[*beside, of_branches(first) or ANYTHING]]


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
    if op is ops.ASSERT:
        return of_sequence(value[1])
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


class Gate:
    """The ways of many patterns, numbered in order, and for each letter the ways whose first, second … set it is in."""

    def __init__(self, patterns: Sequence[Sequence[Sequence[Letters]]]) -> None:
        found = [(at, sorted(filter(None, way), key=len)) for at, made in enumerate(patterns) for way in made]
        self._owners = [at for at, _ in found]
        self._ends = {at: end for end, at in enumerate(self._owners, 1)}
        self._open = 0
        self._meets: dict[str, int] = {}
        for at, (_, sets) in enumerate(found):
            for turn in range(TURNS):
                bit = 1 << turn * len(found) + at
                if turn >= len(sets):
                    self._open |= bit
                for letter in sets[turn] if turn < len(sets) else ():
                    self._meets[letter] = self._meets.get(letter, 0) | bit

    def possible(self, text: Letters) -> Iterator[int]:
        """The patterns, in order, that a text of these letters may match."""
        bits, many, meets = self._open, len(self._owners), self._meets
        for letter in text:
            if letter in meets:
                bits |= meets[letter]
        alive = (1 << many) - 1
        for turn in range(TURNS):
            alive &= bits >> turn * many
        while alive:
            at = self._owners[(alive & -alive).bit_length() - 1]
            yield at
            alive = alive >> self._ends[at] << self._ends[at]
