"""Ideas: what the words of a question or an order stand for (words/ideas.toml), and rows that read an intent from them.

A row says what a message must speak of: `"self|unit left -how"` needs one of the first two ideas and the third, and none of the
fourth; a `*` that it may speak of what is no business of the service. `neg>record` needs one before the other. A fact in front of `@` is looked up in the message: `@name`, `@school`.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from ..edges import Letters
from ..frozen import frozen
from ..gates import Gate, rarity
from ..late import late
from .finder import Finder
from .frame import Frame
from .identity import PHONE
from .persons import where, whom
from .rule import LAST, STANDS, SURE, YIELDS, Command, Slots
from .shapes import DELIVERED, FILED, ITEM, LACKING, LOOKUP, PERMITTED, RECKONED, SETTLING, TALLY, TOLD, UNDONE, VERSUS

WORDS = Path(__file__).parents[1] / "words" / "ideas.toml"
ANYTHING = "*"
SCANT = 3
ALONE = ("how_goes", "why", "whether", "unit")
WHOLE = ("noise", "for_me", "folk")
WORDLESS = "whether"  # is also seen by its shape (去没去)
CLAUSE_END = late(r"[啊呀呢吧啦嘛哦哈咯了]{0,2}(?:[,。?!;:~ ]|$)")
EITHER = late(r"([一-鿿]{1,2})(?:了|得)?[没不]\1")
CLAUSE_MARKS = ",。?!;:~ "
Maker = Callable[[Frame, "Seen"], "Slots | None"]


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


Fact = Callable[[Frame], bool]
FACTS: Mapping[str, Fact] = {
    "name": lambda frame: frame.once(whom) is not None,
    "region": lambda frame: frame.once(where) is not None,
    "school": lambda frame: bool(frame.schools),
    "days": lambda frame: bool(frame.dates),
    "phone": lambda frame: PHONE.search(frame.text) is not None,
    "title": lambda frame: "《" in frame.text,
    "topic": lambda frame: bool(frame.topic),
    "lookup": lambda frame: LOOKUP.match(frame.core) is not None,
    "undone": lambda frame: UNDONE.search(frame.core) is not None,
    "lacking": lambda frame: LACKING.search(frame.core) is not None,
    "reckoned": lambda frame: RECKONED.search(frame.core) is not None,
    "versus": lambda frame: VERSUS.search(frame.core) is not None,
    "told": lambda frame: TOLD.search(frame.core) is not None,
    "item": lambda frame: ITEM.search(frame.core) is not None,
    "tally": lambda frame: TALLY.search(frame.core) is not None,
    "permitted": lambda frame: PERMITTED.search(frame.text) is not None,
    "settling": lambda frame: SETTLING.search(frame.core) is not None,
    "delivered": lambda frame: DELIVERED.search(frame.core) is not None,
    "named_first": lambda frame: (
        (name := frame.once(whom)) is not None and frame.core.startswith(name) and "我" not in name
    ),
    "filed": lambda frame: FILED.search(frame.core) is not None,
    "number": lambda frame: any(c in "0123456789一二两三四五六七八九十" for c in frame.core),
}


LENGTHS = {"tiny": 5, "short": 12, "brief": 20}  # letters a message may have
COSTLY = "topic days school region name"  # facts that are looked up last


@dataclass(frozen=True, slots=True)
class Needs:
    """What a row's notation asks for."""

    all: tuple[int, ...]
    bars: int
    orders: tuple[tuple[int, int], ...]
    facts: tuple[tuple[Fact, bool], ...]
    longest: int


@cache
def needs(said: str) -> Needs:
    """A row's notation, read once."""
    parts = said.split()
    plain = [part for part in parts if "@" not in part and part != ANYTHING]
    orders = tuple((mask(a), mask(b)) for a, b in (part.split(">") for part in plain if ">" in part))
    wanted = [mask(part) for part in plain if part[0] != "-" and ">" not in part]
    bars = mask("|".join(part[1:] for part in plain if part[0] == "-")) if "-" in said.replace("-@", "") else 0
    told = sorted(
        ((part.strip("-@"), part[0] != "-") for part in parts if "@" in part), key=lambda one: COSTLY.find(one[0])
    )
    facts = tuple((FACTS[name], wanted) for name, wanted in told if name not in LENGTHS)
    longest = min((LENGTHS[name] for name, _ in told if name in LENGTHS), default=sys.maxsize)
    return Needs((*wanted, *(m for pair in orders for m in pair)), bars, orders, facts, longest)


def no_slots(_frame: Frame, _seen: Seen) -> Slots:
    """No slots."""
    return {}


@dataclass(frozen=True)
class Row:
    """One way to mean an intent: what it must speak of, and the slots it makes."""

    intent: str
    said: str
    make: Maker = no_slots
    level: int = YIELDS

    @cached_property
    def need(self) -> Needs:
        """What it must speak of; what is no business of the service bars it, unless that is left to venting."""
        need = needs(self.said)
        strange = mask("elsewhere") if self.level > LAST and self.said[0] != ANYTHING else 0
        return replace(need, bars=need.bars | strange)

    @property
    def needs(self) -> list[Letters]:
        """The grams of the words it needs."""
        return signs(self.need.all)

    def read(self, frame: Frame) -> Command | None:
        """The command, if the row fits."""
        if len(frame.core) > self.need.longest:
            return None
        bits = frame.once(ideas).bits
        if bits & self.need.bars or not all(bits & one for one in self.need.all) or not self.holds(frame):
            return None
        return self.made(frame)

    def holds(self, frame: Frame) -> bool:
        """True where besides what is spoken of its order, the length and the facts are as the row wants them."""
        if len(frame.core) > self.need.longest:
            return False
        for fact, wanted in self.need.facts:
            if frame.once(fact) is not wanted:
                return False
        return not self.need.orders or all(frame.once(ideas).before(*pair) for pair in self.need.orders)

    def made(self, frame: Frame) -> Command | None:
        """The command, if its slots can be made."""
        slots = self.make(frame, frame.once(ideas))
        return None if slots is None else Command(self.intent, slots, self.level, f"{self.intent}: {self.said}")


class Rows:
    """Rows in the order they are tried, with the gate of the ideas they need and of those that bar them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._met: dict[int, int] = {}  # what the ideas of a word meet, found when the word is first met
        self._sure = {
            least: sum(1 << at for at, row in enumerate(self.rows) if row.level >= least)
            for least in (LAST, YIELDS, STANDS, SURE)
        }

    @cached_property
    def _gate(self) -> Gate[int]:
        """The gate, made when the words are known."""
        needed = [[frozenset(parts(one)) for one in row.need.all] for row in self.rows]
        return Gate(needed, [frozenset(parts(row.need.bars)) for row in self.rows])

    def first(self, frame: Frame, least: int = LAST) -> Command | None:
        """The reading of the first row that fits, unless none that does is as sure as `least`."""
        met = 0
        for _, _, bits in frame.once(ideas).spans:
            if bits not in self._met:
                self._met[bits] = self._gate.met_by(parts(bits))
            met |= self._met[bits]
        if least > LAST and not any(self.rows[at].holds(frame) for at in self._gate.left(met, self._sure[least])):
            return None
        spoken = (self.rows[at] for at in self._gate.left(met))
        return next((found for row in spoken if row.holds(frame) and (found := row.made(frame))), None)


def parts(bits: int) -> Iterator[int]:
    """Each bit by itself."""
    while bits:
        lowest = bits & -bits
        yield lowest
        bits ^= lowest
