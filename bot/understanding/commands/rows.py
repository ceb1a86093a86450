"""Rows: a combination of ideas that means an intent, with the facts looked up in the message and the slots it makes.

A row says what a message must speak of: `"self|unit left -how"` needs one of the first two ideas and the third, and none of the
fourth; a `*` that it may speak of what is no business of the service. `neg>record` needs one before the other. A fact in front of `@` is looked up in the message: `@name`, `@school`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from ..edges import Letters
from ..gates import Gate
from ..late import late
from .frame import Frame
from .ideas import Seen, ideas, mask, signs
from .identity import PHONE
from .persons import where, whom
from .rule import LAST, STANDS, SURE, YIELDS, Command, Slots
from .shapes import DELIVERED, FILED, ITEM, LACKING, LOOKUP, PERMITTED, RECKONED, SETTLING, TALLY, TOLD, UNDONE, VERSUS

Maker = Callable[[Frame, Seen], "Slots | None"]
ANYTHING = "*"


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


SHAPES = {
    "lacking": LACKING,
    "reckoned": RECKONED,
    "versus": VERSUS,
    "tally": TALLY,
    "phone": PHONE,
}  # tell without ideas
SHAPED = late("|".join(f"(?:{words.pattern})" for name, words in SHAPES.items() if name != "phone"))
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
    shaped: bool


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
    shaped = any(name in SHAPES and wanted for name, wanted in told)
    return Needs((*wanted, *(m for pair in orders for m in pair)), bars, orders, facts, longest, shaped)


def shaped(frame: Frame) -> bool:
    """True where one of the shapes is in a message, so that the rows asking for one need be tried."""
    return SHAPED.search(frame.core) is not None or PHONE.search(frame.text) is not None


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
    def longest(self) -> int:
        """How many letters a message may have without its courtesies."""
        return self.need.longest

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
    def _worded(self) -> int:
        """The rows that ask for no shape."""
        return sum(1 << at for at, row in enumerate(self.rows) if not row.need.shaped)

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
        among = -1 if frame.once(shaped) else self._worded
        if least > LAST and not any(
            self.rows[at].holds(frame) for at in self._gate.left(met, among & self._sure[least])
        ):
            return None
        spoken = (self.rows[at] for at in self._gate.left(met, among))
        return next((found for row in spoken if row.holds(frame) and (found := row.made(frame))), None)


def parts(bits: int) -> Iterator[int]:
    """Each bit by itself."""
    while bits:
        lowest = bits & -bits
        yield lowest
        bits ^= lowest
