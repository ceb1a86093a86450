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
from typing import Any

WIDEST = 300
MOST_WAYS = 40
TURNS = 3  # sets kept of each way
PAIR = 0.05  # how often a pair of letters is met, for one letter
Grams = frozenset[str]
Edge = tuple[Grams | None, bool]
NONE: Grams = frozenset()
DIGITS = frozenset("0123456789")
ZERO_WIDTH = (ops.ASSERT, ops.ASSERT_NOT, ops.AT)
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT)


def grams(text: str) -> Grams:
    """The letters of a text and its pairs of neighbours."""
    return frozenset(text).union(map(add, text, text[1:]))


def rarity(some: Grams) -> float:
    """How often a text is likely to hold one of these."""
    return sum(1 if len(one) == 1 else PAIR for one in some)


def ways(pattern: re.Pattern[str]) -> list[list[Grams]]:
    """For each way to match, the sets of grams of which it needs one each, the rarest first; an empty way needs nothing known."""
    return [sorted(dict.fromkeys(needs(way)), key=rarity) for way in split(parsed(pattern.pattern))]


def begins(*patterns: re.Pattern[str]) -> Grams:
    """The letters with which what one of the patterns matches may begin."""
    return known(edge(parsed(pattern.pattern)) for pattern in patterns)


def ends(*patterns: re.Pattern[str]) -> Grams:
    """The letters with which it may end."""
    return known(edge(parsed(pattern.pattern), ahead=False) for pattern in patterns)


def known(edges: Iterable[Edge]) -> Grams:
    """The letters, which must be known."""
    letters, empty = either(edges)
    if letters is None or empty:
        raise ValueError("a pattern that may begin or end with anything has no gate")
    return letters


def looking(source: str) -> str:
    """The source of a pattern with a look at the first letter before it, where its engine would take none by itself."""
    items = parsed(source)
    letters, empty = edge(items)
    if letters is None or empty or looks(items):
        return source
    listed = re.escape("".join(sorted(letters))).replace("0123456789", r"\d")
    return f"(?=[{listed}])(?:{source})"


def looks(items: list[Any]) -> bool:
    """True where the engine skips by itself what cannot begin a match, or tries one place alone."""
    op, value = items[0]
    if op is ops.SUBPATTERN:
        return bool(value[3]) and looks(list(value[3]))
    if op is ops.BRANCH:
        return all(len(branch) and branch[0][0] is ops.LITERAL for branch in value[1])
    return op in (ops.LITERAL, ops.IN, ops.AT)


def parsed(source: str) -> list[Any]:
    """A pattern as its parts, one behind the other."""
    return list(parser.parse(source))


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


def needs(items: list[Any]) -> list[Grams]:
    """What parts one behind the other need: each its own, and the pairs where two of them meet."""
    own = [some for op, value in items for some in needs_of(op, value)]
    return own + [met for at, part in enumerate(items) if (met := meeting(part, items[at + 1 :]))]


def needs_of(op: Any, value: Any) -> list[Grams]:
    """What one part of a pattern needs."""
    if op is ops.LITERAL or op is ops.IN:
        letters = edge_of(op, value)[0]
        return [letters] if letters else []
    if op is ops.BRANCH:
        rarest = [min(needs(list(branch)), key=rarity, default=NONE) for branch in value[1]]
        together = NONE.union(*rarest)
        return [together] if all(rarest) and len(together) <= WIDEST else []
    if op is ops.SUBPATTERN:
        return needs(list(value[3]))
    if op is ops.ASSERT:
        return needs(list(value[1]))
    return needs(list(value[2])) if op in REPEATS and value[0] else []


def meeting(part: Any, behind: list[Any]) -> Grams:
    """The pairs of which one stands where a part and what must follow it meet."""
    last, absent = edge([part], ahead=False)
    after, none_behind = edge(behind)
    if last is None or after is None or absent or none_behind or len(last) * len(after) > WIDEST:
        return NONE
    return frozenset(a + b for a in last for b in after)


def edge(items: list[Any], ahead: bool = True) -> Edge:
    """The letters with which a sequence may begin (or, not `ahead`, end), none if unknown; and whether it may be empty."""
    found = NONE
    for op, value in items if ahead else reversed(items):
        if op in ZERO_WIDTH:
            continue
        letters, empty = edge_of(op, value, ahead)
        if letters is None:
            return None, False
        found |= letters
        if not empty:
            return found, False
    return found, True


def edge_of(op: Any, value: Any, ahead: bool = True) -> Edge:
    """The same for one part of a pattern."""
    if op is ops.LITERAL:
        return frozenset(chr(value)), False
    if op is ops.IN:
        return of_class(value) or None, False
    if op is ops.BRANCH:
        return either(edge(list(branch), ahead) for branch in value[1])
    if op is ops.SUBPATTERN:
        return edge(list(value[3]), ahead)
    if op in REPEATS:
        letters, empty = edge(list(value[2]), ahead)
        return letters, empty or not value[0]
    return None, False


def either(edges: Iterable[Edge]) -> Edge:
    """The letters of all, if all are known."""
    found, some_empty = NONE, False
    for letters, empty in edges:
        if letters is None:
            return None, False
        found, some_empty = found | letters, some_empty or empty
    return found, some_empty


def of_class(members: Any) -> Grams:
    """The letters of a class that lists them."""
    found: set[str] = set()
    for op, value in members:
        if op is ops.LITERAL:
            found.add(chr(value))
        elif op is ops.RANGE and value[1] - value[0] < WIDEST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif op is ops.CATEGORY and value is ops.CATEGORY_DIGIT:
            found |= DIGITS
        else:
            return NONE
    return frozenset(found)


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
