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

WORDS = Path(__file__).parents[1] / "words" / "ideas.toml"
ANYTHING = "*"
SCANT = 3
ALONE = ("how_goes", "why", "whether", "unit")
WHOLE = ("noise", "for_me", "folk")
WORDLESS = "whether"  # is also seen by its shape (去没去)
CLAUSE_END = late(r"[啊呀呢吧啦嘛哦哈咯了]{0,2}(?:[,。?!;:~ ]|$)")
LACKING = late(
    r"(?:没有?|未|还没|一[个次天]都没)[上去下到来做干搞办开动报交填写讲访谈聊听发联驻蹲满够达完成启进参跟结收录登记宣整弄起露冒][^,。我]{0,6}的(?:同志|干部|人|名单|名字|那几|那些|单位|都|有|给|报|列|发|拉|点|没?$|吗|[,。])|(?:原地踏步|落后|掉队|拖拉|挂零|躺平|垫底|拖后腿)的(?:$|都|有|是|给)|(?:没|未|不)[^,。我]{0,8}的?(?:名单|人员)|(?:不到|不足|少于|没到|低于|不满)[\d一二两三四五六七八九十]{1,3}[天个名次场篇]的(?:$|都|有|是|给|列|人|干部|同志)"
)
LOOKUP = late(r"(?:查一?下|查查|查看|查|看一?下|看看|看)[一-鿿·]{2,7}$")
UNDONE = late(r"(?<!有)(?:没|未)(?!有|没)[上去下到来做干搞办开动报交填写讲访谈聊听联驻蹲满够达完启进跟结收录登宣整弄]")
VERSUS = late(
    r"[和跟与同][^,。]{1,8}(?:相?比|哪|谁)|比[^,。]{1,7}(?:多|少|快|慢|高|低|强|好|涨|降|落后|领先)|(?:哪个?|谁)[^,。]{0,5}(?:(?:更|最|得)(?:好|快|多|强|高|慢|差|勤|积极)|好|快|多|强|高|慢|勤)(?:些|一些|一点|点)?$"
)
EITHER = late(r"([一-鿿]{1,2})(?:了|得)?[没不]\1")
ITEM = late(
    r"(?:问题|困难|诉求|建议|意见|事项|编号|#)(?:第|是|:| )*[一二三四五六七八九十\d]{1,4}(?![一二三四五六七八九十\d]*[件项个名位次天场])|(?<![到至一二三四五六七八九十\d])第?[一二三四五六七八九十\d]{1,4}(?:号|条)(?!楼|到|至)|第[一二三四五六七八九十\d]{1,4}个"
)
TALLY = late(
    r"(?:[一二三四五六七八九十百两\d]+(?:名|个|位|人|天|场|次|节|篇|份|件|项|条|所|家|户|堂|校|趟|回|单位)|这个?数字?)[^。没未]{0,8}(?:哪|是谁|都是谁|算了?谁|有谁|什么时候的|啥时候的|(?:怎么|咋)(?:来|算|数|得|统计|凑|弄|冒|蹦|出)|从哪)|(?:怎么|咋)(?:才|会|能)?(?:算出|是|有)?\d+|(?P<u>所|家|户|校|名|个|位|人|天|场|次|节)[^,。]{0,6}(?:是|叫|都有|包括)?[, ]?哪[几些\d一二三四五六七八九十两]*(?P=u)|^(?:都是|是|具体是|分别是)?哪(?:几|些|\d+)(?:天|次|场|篇|个(?!人))?(?:的|算数?|算上)?$|^哪些(?:算了|算数)|^(?:明细|详情)(?:给我)?(?:看看|列出来|呢)?$"
)
SETTLING = late(
    r"(?:问题|困难|诉求|建议|意见|反映的?|提的?|报的?)[^,。]{0,8}(?:解决|办|处理|落实|答复|回复|回音|下文|着落|结果|眉目|整改|采纳|反馈)[^,。没未]{0,4}(?:几|多少|没有?$|没[啊呢呀]?$|吗|哪|怎么样|咋样|到哪|如何|了没|不$|情况)|(?:问题|困难|诉求|建议|意见|那事儿?|那个事)[^,。]{0,6}(?:咋个?|怎么|怎样|如何)(?:处理|解决|办|落实|答复|整改|弄|回)的?了?$"
)
PERMITTED = late(
    r"(?:能不能|可不可以|能否|可否|是否可以|是不是可以|可以|允许|许不许|准不准|行不行)[^,。]{0,12}(?:分(?!到|管)[^,。]{0,6}[次回天批段]|拆|合(?!格)|加一起|加在一起|一起算|一次性|凑|抵|顶|代替|替代|替(?!我)|折|攒|攒着|跨|连着|连续|隔|集中|提前|推后|延后|重复|线上|远程|视频|电话|微信|周末|假期|寒假|暑假|晚上|放学后|少于|不满|不到|只[谈讲去听])"
    r"|(?:分(?!到|管|钟|数|别|享|工|析|成|级|类)[^,。]{0,5}[次回天批段]|拆开|合(?:在)?一起|加(?:在)?一起|一次性|一口气|集中|连着|跨(?:校|县|市|区|学期|年)|线上|远程|视频|周末|假期|寒假|暑假)[^,。]{0,14}(?:行不行|行吗|行不|行得通|可以吗|可以不|可不可以|中不|成不|成吗|允许|违规|合规|作数|认不|认吗|好使)"
    r"|(?:必须|非得|一定|是不是|是否|硬性|得)(?:都)?(?:要|得)?(?:每|一[次天个学]|连续|连着|现场|当面|本人|亲自|够|满|达|\d)[^,。]{0,14}(?:吗|么|不|才|嘛|\?)"
)
DELIVERED = late(
    r"(?:表|台账|明细|流水|小结|总结|汇总|简报|通报|材料|excel|日程|安排|名册)(?:请|麻烦|能|可以|现在|直接|也|再|都)*(?:(?:导|做|转|存|弄|打|整|排)成|[发传给拷推导弄做整出拉打](?:给)?(?:我|俺|咱)(?![看瞧瞅念数讲说过])|(?:来|要|发|传|拷|出|做|弄|整|拉|导|打印?)(?:我|过来|上来|出来)?一?[份张个])"
)
FILED = late(r"[记算挂归录存登](?:在|到|成|进|给|的)?(?:了|是)?哪[一几]?(?:天|次|个?月|里|儿|场|条|个学校|校|所)")
RECKONED = late(r"(?<![打不总])(?:算(?!完|了|账|数学|题)|按(?=[一二两三\d半]))[^,。]{1,8}(?:吗|么|不|没|啵|嘛|还是[^,。]{1,6})$")
TOLD = late(r"了(?=[,。! ]|$)|\d[名个]|今天|昨天|刚才|上午|下午")
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
    "named_first": lambda frame: (name := frame.once(whom)) is not None and frame.core.startswith(name) and "我" not in name,
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
