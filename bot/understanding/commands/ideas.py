"""Ideas: what the words of a question or an order stand for (words/ideas.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..edges import Letters
from ..frozen import frozen
from ..gates import rarity
from ..late import late
from .finder import Finder
from .frame import Frame

WORDS = Path(__file__).parents[1] / "words" / "ideas.toml"
SCANT = 3
ALONE = ("how_goes", "why", "whether", "unit")
WHOLE = ("noise", "for_me", "folk")
WORDLESS = "whether"  # is also seen by its shape (去没去)
CLAUSE_END = late(r"[啊呀呢吧啦嘛哦哈咯了]{0,2}(?:[,。?!;:~ ]|$)")
EITHER = late(r"([一-鿿]{1,2})(?:了|得)?[没不]\1")
CLAUSE_MARKS = ",。?!;:~ "


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Every word with the ideas it stands for as bits, those bound to a clause's begin or end, and what finds them."""

    bits: Mapping[str, int]
    words: Mapping[str, int]
    first: Mapping[str, int]
    last: Mapping[str, int]
    bound: frozenset[str]
    finder: Finder


@cache
def dictionary() -> Dictionary:
    """The ideas, read when first needed."""
    data: dict[str, list[str]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    bits = {name: 1 << at for at, name in enumerate(data)}
    words: dict[str, int] = {}
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for name, members in data.items():
        for word in members:
            group = first if word[0] == "^" else last if word[-1] == "$" else words
            plain = word.strip("^$")
            group[plain] = group.get(plain, 0) | bits[name]
    inherit(words, sum(bits[name] for name in (*WHOLE, *ALONE)))
    found = Finder([*words, *first, *last], [w for name in WHOLE for w in data[name]])
    return Dictionary(bits, words, first, last, frozenset((*first, *last)), found)


def inherit(words: dict[str, int], alone: int) -> None:
    """A longer word stands also for what its beginning does (驻校 for 驻), unless it is read as one."""
    for word in sorted(words, key=len):
        if not words[word] & alone:
            for end in range(1, len(word)):
                words[word] |= words.get(word[:end], 0)


@frozen
class Seen:
    """The ideas of one message: all together, and each with its place."""

    bits: int
    spans: Sequence[tuple[int, int, int]]

    def has(self, ideas: str) -> bool:
        """True where one of the ideas is spoken of."""
        return bool(self.bits & mask(ideas))

    def before(self, one: int, other: int) -> bool:
        """True where the one idea begins before the other."""
        start = min((at for at, _, bits in self.spans if bits & one), default=None)
        return start is not None and any(at > start for at, _, bits in self.spans if bits & other)


@cache
def heads() -> tuple[tuple[int, Letters], ...]:
    """Each idea's bit, with the first one or two letters of its words."""
    known = dictionary()
    said = [pair for group in (known.words, known.first, known.last) for pair in group.items()]
    return tuple((bit, frozenset(word[:2] for word, bits in said if bits & bit)) for bit in known.bits.values())


def signs(wanted: Iterable[int]) -> list[Letters]:
    """The grams of which a message has one each where it speaks of what is wanted, the rarest first; none for what has no words."""
    found = (
        frozenset[str]().union(*(grams for bit, grams in heads() if one & bit))
        for one in wanted
        if not one & mask(WORDLESS)
    )
    return sorted(found, key=rarity)


@cache
def mask(ideas: str) -> int:
    """The bits of ideas written as `a|b`."""
    bits = dictionary().bits
    return sum(bits[name] for name in set(ideas.split("|")))


def ideas(frame: Frame) -> Seen:
    """The ideas of a message without its courtesies, unless hardly anything is left then."""
    return see(frame.core if len(frame.core) > SCANT else frame.plain)


def see(text: str) -> Seen:
    """The ideas a text speaks of."""
    known = dictionary()
    shaped = EITHER.finditer(text) if "没" in text or "不" in text else ()
    spans = [(m.start(), m.end(), known.bits["whether"]) for m in shaped]
    total = known.bits["whether"] if spans else 0
    for start, word in known.finder.of(text):
        end = start + len(word)
        bits = known.words.get(word, 0)
        if word in known.bound:
            bits |= bound(known, text, start, end)
        if bits:
            spans.append((start, end, bits))
            total |= bits
    return Seen(total, spans)


def bound(known: Dictionary, text: str, start: int, end: int) -> int:
    """The ideas a word stands for at the begin or the end of a clause alone."""
    word, bits = text[start:end], 0
    if word in known.last and CLAUSE_END.match(text, end):
        bits |= known.last[word]
    if word in known.first and (start == 0 or text[start - 1] in CLAUSE_MARKS):
        bits |= known.first[word]
    return bits
