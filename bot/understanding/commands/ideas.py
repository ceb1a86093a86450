"""Ideas: what the words of a question or an order stand for (words/ideas.toml), and rows that read an intent from them.

A row says what a message must speak of: `"self|unit left -how"` needs one of the first two ideas and the third, and none of the
fourth. `neg>record` needs one before the other. A fact in front of `@` is looked up in the message: `@name`, `@school`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..late import late
from ..vocabulary import fast_pattern
from .frame import Frame
from .identity import PHONE
from .persons import whom
from .rule import LAST, YIELDS, Command, Slots
from .slots import region

WORDS = Path(__file__).parents[1] / "words" / "ideas.toml"
NOISE = "noise"
CLAUSE_END = late(r"[啊呀呢吧啦嘛哦哈咯了]{0,2}(?:[,。?!;:~ ]|$)")
CLAUSE_MARKS = ",。?!;:~ "
Maker = Callable[[Frame, "Seen"], "Slots | None"]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Every word with the ideas it stands for as bits, those bound to a clause's begin or end, and the pattern finding them."""

    bits: Mapping[str, int]
    words: Mapping[str, int]
    first: Mapping[str, int]
    last: Mapping[str, int]
    found: Callable[[str], Iterable[tuple[int, str]]]


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
    return Dictionary(bits, words, first, last, finder([*words, *first, *last], data[NOISE]))


def finder(words: Iterable[str], noise: Iterable[str]) -> Callable[[str], Iterable[tuple[int, str]]]:
    """Finds the longest word at every place of a text, except inside noise."""
    pattern = late(f"(?P<noise>{fast_pattern(noise)})|(?=(?P<word>{fast_pattern(set(words))}))")

    def found(text: str) -> Iterable[tuple[int, str]]:
        return ((m.start(), m["word"]) for m in pattern.finditer(text) if m["word"])

    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """The ideas of one message: all together, and each with its place."""

    bits: int
    spans: tuple[tuple[int, int, int], ...]

    def has(self, ideas: str) -> bool:
        """True where one of the ideas is spoken of."""
        return bool(self.bits & mask(ideas))

    def before(self, one: int, other: int) -> bool:
        """True where the one idea begins before the other."""
        start = min((at for at, _, bits in self.spans if bits & one), default=None)
        return start is not None and any(at > start for at, _, bits in self.spans if bits & other)


@cache
def mask(ideas: str) -> int:
    """The bits of ideas written as `a|b`."""
    bits = dictionary().bits
    return sum(bits[name] for name in set(ideas.split("|")))


def see(text: str) -> Seen:
    """The ideas a text speaks of."""
    known = dictionary()
    spans = []
    for start, word in known.found(text):
        bits = known.words.get(word, 0)
        end = start + len(word)
        if word in known.last and CLAUSE_END.match(text, end):
            bits |= known.last[word]
        if word in known.first and (start == 0 or text[start - 1] in CLAUSE_MARKS):
            bits |= known.first[word]
        if bits:
            spans.append((start, end, bits))
    total = 0
    for _, _, bits in spans:
        total |= bits
    return Seen(total, tuple(spans))


FACTS: Mapping[str, Callable[[Frame], bool]] = {
    "name": lambda frame: whom(frame) is not None,
    "region": lambda frame: region(frame.core) is not None,
    "school": lambda frame: bool(frame.schools),
    "days": lambda frame: bool(frame.dates),
    "phone": lambda frame: PHONE.search(frame.text) is not None,
    "title": lambda frame: "《" in frame.text,
    "topic": lambda frame: bool(frame.topic),
    "short": lambda frame: len(frame.core) <= 12,
    "brief": lambda frame: len(frame.core) <= 20,
    "number": lambda frame: any(c in "0123456789一二两三四五六七八九十" for c in frame.core),
}


@dataclass(frozen=True, slots=True)
class Needs:
    """What a row's notation asks for."""

    all: tuple[int, ...]
    bars: int
    orders: tuple[tuple[int, int], ...]
    facts: tuple[tuple[str, bool], ...]


@cache
def needs(said: str) -> Needs:
    """A row's notation, read once."""
    parts = said.split()
    plain = [part for part in parts if "@" not in part]
    orders = tuple((mask(a), mask(b)) for a, b in (part.split(">") for part in plain if ">" in part))
    wanted = [mask(part) for part in plain if part[0] != "-" and ">" not in part]
    bars = mask("|".join(part[1:] for part in plain if part[0] == "-")) if "-" in said.replace("-@", "") else 0
    facts = tuple((part.strip("-@"), part[0] != "-") for part in parts if "@" in part)
    return Needs((*wanted, *(m for pair in orders for m in pair)), bars, orders, facts)


def no_slots(_frame: Frame, _seen: Seen) -> Slots:
    """No slots."""
    return {}


@dataclass(frozen=True, slots=True)
class Row:
    """One way to mean an intent: what it must speak of, and the slots it makes."""

    intent: str
    said: str
    make: Maker = no_slots
    level: int = YIELDS

    def fits(self, seen: Seen, frame: Frame) -> bool:
        """True where the message speaks of what the row needs."""
        need = needs(self.said)
        if seen.bits & need.bars or not all(seen.bits & one for one in need.all):
            return False
        return all(seen.before(*pair) for pair in need.orders) and all(
            FACTS[name](frame) is wanted for name, wanted in need.facts
        )


def first(rows: Iterable[Row], seen: Seen, frame: Frame) -> Command | None:
    """The reading of the first row that fits; what is no business of the service is left to venting."""
    strange = seen.has("elsewhere")
    for one in rows:
        if (one.level == LAST or not strange) and one.fits(seen, frame):
            slots = one.make(frame, seen)
            if slots is not None:
                return Command(one.intent, slots, one.level, f"{one.intent}: {one.said}")
    return None
