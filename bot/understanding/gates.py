"""What patterns cannot do without, so that most of them are passed over without a search.

What a text is made of are its grams: its letters, and its pairs of neighbouring letters. A pattern needs a gram of every one of some
sets, of which the rarest are kept. All rules of a table are bits of one integer for each set, each gram knows the rules whose
sets it is in, and what the grams of a text leave open costs a few operations however many rules there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from .edges import NONE, REPEATS, WIDEST, Letters, edge, edge_of, parsed
from .normal import PAIRS

TURNS = 2  # sets kept of each pattern
LETTER, PAIR = 1, 0.05  # how often one of them is met
USUAL = 4  # how much oftener one of which reports are full
COMMON = PAIRS.union(*PAIRS)
Grams = Letters
Sign = TypeVar("Sign")


def rarity(some: Grams) -> float:
    """How often a text is likely to hold one of these."""
    return sum((LETTER if len(one) == 1 else PAIR) * (USUAL if one in COMMON else 1) for one in some)


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
    """Many rules, each with the sets of signs it needs one each of, and the signs that bar it."""

    def __init__(self, rules: Sequence[Sequence[frozenset[Sign]]], bars: Sequence[frozenset[Sign]] = ()) -> None:
        self._many = len(rules)
        self._turns = max(map(len, rules), default=0)
        self._open = 0
        self._meets: dict[Sign, int] = {}
        for at, sets in enumerate(rules):
            for turn in range(self._turns):
                bit = 1 << turn * self._many + at
                self._learn(bit, sets[turn] if turn < len(sets) else frozenset())
                self._open |= 0 if turn < len(sets) else bit
        for at, signs in enumerate(bars):
            self._learn(1 << self._turns * self._many + at, signs)

    def _learn(self, bit: int, signs: frozenset[Sign]) -> None:
        """Notes what a sign tells."""
        for sign in signs:
            self._meets[sign] = self._meets.get(sign, 0) | bit

    def met_by(self, signs: Iterable[Sign]) -> int:
        """The sets that these signs meet, and the rules they bar."""
        met = 0
        for sign in signs:
            met |= self._meets.get(sign, 0)
        return met

    def left(self, met: int, among: int = -1) -> Iterator[int]:
        """The rules, in order, of which every set is met and that nothing bars; only those whose bit is in `among`."""
        met |= self._open
        alive = among & (1 << self._many) - 1 & ~(met >> self._turns * self._many)
        for turn in range(self._turns):
            alive &= met >> turn * self._many
        while alive:
            lowest = alive & -alive
            yield lowest.bit_length() - 1
            alive ^= lowest


class TextGate(Gate[str]):
    """A gate for the grams of texts, looked up letter by letter: each letter knows those that make a pair with it."""

    def __init__(self, rules: Sequence[Sequence[Grams]]) -> None:
        super().__init__([sorted(sets, key=rarity)[:TURNS] for sets in rules])
        self._begin: dict[str, dict[str, int]] = {}
        for gram, rows in self._meets.items():
            self._begin.setdefault(gram[0], {})[gram[1:]] = rows
        self._meets = {}  # said once is enough

    def of(self, text: str) -> Iterator[int]:
        """The rules, in order, that may hold in a text."""
        met, begun = 0, self._begin.get
        behind: dict[str, int] | None = None
        for letter in text:
            if behind and letter in behind:
                met |= behind[letter]
            behind = begun(letter)
            if behind and "" in behind:
                met |= behind[""]
        return self.left(met)
