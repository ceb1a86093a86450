"""What patterns cannot do without, so that most of them are passed over without a search.

What a text is made of are its grams: its letters, and its pairs of neighbouring letters. A pattern needs a gram of every one of some
sets, of which the rarest are kept. All rules of a table are bits of one integer for each set, each gram knows the rules whose
sets it is in, and what the grams of a text leave open costs a few operations however many rules there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import add
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from .edges import NONE, REPEATS, WIDEST, Letters, edge, edge_of, parsed

TURNS = 2  # sets kept of each pattern
PAIR = 0.05  # how often a pair of letters is met, for one letter
Grams = Letters
Sign = TypeVar("Sign")


def grams(text: str) -> Grams:
    """The letters of a text and its pairs of neighbours."""
    return frozenset(text).union(map(add, text, text[1:]))


def rarity(some: Grams) -> float:
    """How often a text is likely to hold one of these."""
    return sum(1 if len(one) == 1 else PAIR for one in some)


def needed(source: str) -> list[Grams]:
    """The sets of grams of which a pattern needs one each, the rarest first."""
    return sorted(dict.fromkeys(needs(parsed(source))), key=rarity)


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


class Gate(Generic[Sign]):
    """Many rules, each with the sets of signs it needs, the rarest first; and for each sign the rules whose sets it is in."""

    def __init__(self, rules: Sequence[Sequence[frozenset[Sign]]]) -> None:
        self._many = len(rules)
        self._open = 0
        self._meets: dict[Sign, int] = {}
        for at, sets in enumerate(rules):
            for turn in range(TURNS):
                bit = 1 << turn * self._many + at
                for sign in sets[turn] if turn < len(sets) else ():
                    self._meets[sign] = self._meets.get(sign, 0) | bit
                self._open |= 0 if turn < len(sets) else bit
        self._known = frozenset(self._meets)

    def possible(self, signs: frozenset[Sign]) -> Iterator[int]:
        """The rules, in order, that may hold where there are these signs."""
        bits, many, meets = self._open, self._many, self._meets
        for sign in self._known & signs:
            bits |= meets[sign]
        alive = (1 << many) - 1
        for turn in range(TURNS):
            alive &= bits >> turn * many
        while alive:
            lowest = alive & -alive
            yield lowest.bit_length() - 1
            alive ^= lowest
