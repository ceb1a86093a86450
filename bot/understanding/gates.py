"""What a pattern cannot do without, so that most patterns are passed over without a search.

What a text is made of are its grams: its letters, and its pairs of neighbouring letters. The ways of a pattern are its branches;
each needs a gram of every one of some sets, of which the rarest few are kept. All ways of a table of rules are bits of one
integer, each gram knows the ways whose sets it is in, and what the grams of a text leave open costs a few operations however
many rules there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

WIDEST = 300
MOST_WAYS = 40
TURNS = 3  # sets kept of each way
PAIR = 0.05  # how often a pair of letters is met, for one letter
Grams = frozenset[str]
NONE: Grams = frozenset()
ZERO_WIDTH = (ops.ASSERT, ops.ASSERT_NOT, ops.AT)
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT)


class Part(NamedTuple):
    """One part of a pattern: sets of grams of which it needs one each, and the letters it may begin and end with (None: any)."""

    needs: list[Grams]
    first: Grams | None = None
    last: Grams | None = None
    optional: bool = False


UNKNOWN = Part([])


def grams(text: str) -> Grams:
    """The letters of a text and its pairs of neighbours."""
    return frozenset(text).union(map(add, text, text[1:]))


def rarity(some: Grams) -> float:
    """How often a text is likely to hold one of these."""
    return sum(1 if len(one) == 1 else PAIR for one in some)


def ways(pattern: re.Pattern[str]) -> list[list[Grams]]:
    """For each way to match, the sets of grams of which it needs one each, the rarest first; an empty way needs nothing known."""
    return [sorted(dict.fromkeys(of_sequence(way).needs), key=rarity) for way in split(parsed(pattern))]


def begins(*patterns: re.Pattern[str]) -> Grams:
    """The letters with which what one of the patterns matches may begin."""
    return known(either(of_sequence(parsed(pattern)).first for pattern in patterns))


def ends(*patterns: re.Pattern[str]) -> Grams:
    """The letters with which it may end."""
    return known(either(of_sequence(parsed(pattern)).last for pattern in patterns))


def known(letters: Grams | None) -> Grams:
    """The letters, which must be known."""
    if letters is None:
        raise ValueError("a pattern that may begin or end with anything has no gate")
    return letters


def parsed(pattern: re.Pattern[str]) -> list[Any]:
    """A pattern as its parts, one behind the other."""
    return list(parser.parse(pattern.pattern))


def split(items: list[Any]) -> list[list[Any]]:
    """A sequence with its widest choice made in every way."""
    choices = [(len(value[1]), at) for at, (op, value) in enumerate(items) if op is ops.BRANCH]
    if len(items) == 1 and items[0][0] is ops.SUBPATTERN:
        return split(list(items[0][1][3]))
    if not choices:
        return [items]
    at = max(choices, key=lambda choice: choice[0])[1]
    found = [[*items[:at], *way, *items[at + 1 :]] for branch in items[at][1][1] for way in split(list(branch))]
    return found if len(found) <= MOST_WAYS else [items]


def of_sequence(items: Iterable[tuple[Any, Any]]) -> Part:
    """What parts one behind the other need: each its own, and the pairs where two of them meet."""
    assertions, parts = [], []
    for op, value in items:
        if op in ZERO_WIDTH:
            assertions += of_sequence(value[1]).needs if op is ops.ASSERT else []
        else:
            parts.append(of_part(op, value))
    needs = assertions + [some for part in parts for some in part.needs]
    needs += [met for at, part in enumerate(parts) if (met := meeting(part, parts[at + 1 :]))]
    return Part(needs, first(parts), last(parts), all(part.optional for part in parts))


def first(parts: Sequence[Part]) -> Grams | None:
    """The letters a sequence may begin with, past what may be left out."""
    return edge([(part.first, part.optional) for part in parts])


def last(parts: Sequence[Part]) -> Grams | None:
    """The letters it may end with."""
    return edge([(part.last, part.optional) for part in reversed(parts)])


def edge(ends: Iterable[tuple[Grams | None, bool]]) -> Grams | None:
    """The letters of the parts up to the first that must be there."""
    found = NONE
    for letters, optional in ends:
        if letters is None:
            return None
        found |= letters
        if not optional:
            break
    return found


def meeting(part: Part, behind: Sequence[Part]) -> Grams:
    """The pairs of which one stands where a part and what must follow it meet."""
    after = None if part.optional or all(one.optional for one in behind) else first(behind)
    if part.last is None or after is None or len(part.last) * len(after) > WIDEST:
        return NONE
    return frozenset(a + b for a in part.last for b in after)


def of_part(op: Any, value: Any) -> Part:
    """What one part of a pattern needs."""
    if op is ops.LITERAL:
        return of_letters(frozenset(chr(value)))
    if op is ops.IN:
        return of_letters(of_class(value))
    if op is ops.BRANCH:
        return of_branches([of_sequence(branch) for branch in value[1]])
    if op is ops.SUBPATTERN:
        return of_sequence(value[3])
    if op in REPEATS:
        inner = of_sequence(value[2])
        return inner if value[0] else Part([], inner.first, inner.last, optional=True)
    return UNKNOWN


def of_letters(letters: Grams) -> Part:
    """One of these letters."""
    return Part([letters], letters, letters) if letters else UNKNOWN


def of_class(members: Any) -> Grams:
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
            return NONE
    return frozenset(found)


def of_branches(branches: Sequence[Part]) -> Part:
    """What all of several branches need, and how one of them begins and ends."""
    rarest = [min(part.needs, key=rarity, default=NONE) for part in branches]
    together = NONE.union(*rarest) if all(rarest) else NONE
    return Part(
        [together] if together and len(together) <= WIDEST else [],
        either(part.first for part in branches),
        either(part.last for part in branches),
        any(part.optional for part in branches),
    )


def either(ends: Iterable[Grams | None]) -> Grams | None:
    """The letters of all, if all are known."""
    found = NONE
    for letters in ends:
        if letters is None:
            return None
        found |= letters
    return found


class Gate:
    """The ways of many patterns, numbered in order, and for each gram the ways whose first, second … set it is in."""

    def __init__(self, patterns: Sequence[Sequence[Sequence[Grams]]]) -> None:
        found = [(at, list(filter(None, way))) for at, made in enumerate(patterns) for way in made]
        self._owners = [at for at, _ in found]
        self._ends = {at: end for end, at in enumerate(self._owners, 1)}
        self._open = 0
        self._meets: dict[str, int] = {}
        for at, (_, sets) in enumerate(found):
            for turn in range(TURNS):
                bit = 1 << turn * len(found) + at
                if turn >= len(sets):
                    self._open |= bit
                for gram in sets[turn] if turn < len(sets) else ():
                    self._meets[gram] = self._meets.get(gram, 0) | bit
        self._known = frozenset(self._meets)

    def possible(self, text: Grams) -> Iterator[int]:
        """The patterns, in order, that a text of these grams may match."""
        bits, many, meets = self._open, len(self._owners), self._meets
        for gram in self._known & text:
            bits |= meets[gram]
        alive = (1 << many) - 1
        for turn in range(TURNS):
            alive &= bits >> turn * many
        while alive:
            at = self._owners[(alive & -alive).bit_length() - 1]
            yield at
            alive = alive >> self._ends[at] << self._ends[at]
