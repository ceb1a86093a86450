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

Maker = Callable[[Frame, Seen], "Slots | None"]
LACKING = late(
    r"(?:没有?|未|还没|一[个次天]都没)[上去下到来做干搞办开动报交填写讲访谈聊听发联驻蹲满够达完成启进参跟结收录登记宣整弄起露冒][^,。我]{0,6}的(?:同志|干部|人|名单|名字|那几|那些|单位|都|有|给|报|列|发|拉|点|$|[,。])|(?:原地踏步|落后|掉队|拖拉|挂零|躺平|垫底|拖后腿)的(?:$|都|有|是|给)|(?:没|未|不)[^,。我]{0,8}的?(?:名单|人员)"
)
LOOKUP = late(r"(?:查一?下|查查|查看|查|看一?下|看看|看)[一-鿿·]{2,7}$")
UNDONE = late(r"(?<!有)(?:没|未)(?!有|没)[上去下到来做干搞办开动报交填写讲访谈聊听联驻蹲满够达完启进跟结收录登宣整弄]")
VERSUS = late(
    r"[和跟与同][^,。]{1,8}(?:相?比|哪|谁)|比[^,。]{1,7}(?:多|少|快|慢|高|低|强|好|涨|降|落后|领先)|(?:哪个?|谁)[^,。]{0,5}(?:(?:更|最|得)(?:好|快|多|强|高|慢|差|勤|积极)|好|快|多|强|高|慢|勤)(?:些|一些|一点|点)?$"
)
ITEM = late(
    r"(?:问题|困难|诉求|建议|意见|事项|编号|#)(?:第|是|:| )*[一二三四五六七八九十\d]{1,4}(?![一二三四五六七八九十\d]*[件项个名位次天场])|(?<![到至月一二三四五六七八九十\d])第?[一二三四五六七八九十\d]{1,4}(?:号|条)(?!楼|到|至)|第[一二三四五六七八九十\d]{1,4}个"
)
TALLY = late(
    r"(?:[一二三四五六七八九十百两\d]+(?:名|个|位|人|天|场|次|节|篇|份|件|项|条)|这个?数字?)[^。没未]{0,8}(?:哪|是谁|都是谁|算了?谁|有谁|什么时候的|啥时候的|(?:怎么|咋)(?:来|算|数|得|统计)|从哪)|(?:怎么|咋)(?:才|会|能)?(?:算出|是|有)?\d+|^(?:都是|是|具体是|分别是)?哪(?:几|些|\d+)(?:天|次|场|篇|个(?!人))?(?:的|算数?|算上)?$|^哪些(?:算了|算数)|^(?:明细|详情)(?:给我)?(?:看看|列出来|呢)?$"
)
RECKONED = late(r"(?<![打不总])算(?!完|了|账|数学|题)[^,。]{1,8}(?:吗|么|不|没|啵|嘛|还是[^,。]{1,6})$")
TOLD = late(r"了(?=[,。! ]|$)|\d[名个]|今天|昨天|刚才|上午|下午")
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
    "number": lambda frame: any(c in "0123456789一二两三四五六七八九十" for c in frame.core),
}


SHAPES = {
    "lacking": LACKING,
    "reckoned": RECKONED,
    "versus": VERSUS,
    "tally": TALLY,
}  # of which rows live that need no words
SHAPED = late("|".join(f"(?:{words.pattern})" for words in (PHONE, *SHAPES.values())))
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
