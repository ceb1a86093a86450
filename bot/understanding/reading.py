"""A whole message read: its lines, sentences and clauses in order, the problems among them, and the deeds they add up to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter

from . import numerals
from .clauses import TURNS, Clause, all_roles, clause_of, clauses
from .deeds import Deed
from .issues import complaint, faulty, lacking, lead_of, only_wishes, patterns, statement, unled
from .late import late, several
from .lexer import lex
from .named import with_names
from .names import Name
from .reader import read_clause
from .relay import Line, lines
from .repair import repaired
from .scene import Scene
from .standing import stands
from .tokens import Token

ITEM = late(r"\(?[2-9][)、.]|[②③④⑤⑥]|[二三四五六][是、]")
TALKED = late("[跟和与同找].{1,9}[聊谈说见访唠讲碰沟商][^,。]?[了过]")
MARKS = frozenset(("comma", "space", "open", "close", "conj"))


@dataclass(slots=True)
class Reading:
    """What a message was read as; `asks` where it is asked whether something counts."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    roles: frozenset[str] = frozenset()
    today: date = date.min
    scenes: list[Scene] = field(default_factory=list)
    complaint: tuple[int, int] | None = None
    parted: list[Clause] = field(default_factory=list)
    asks: bool = False

    @property
    def whole(self) -> Clause:
        """All tokens as one clause."""
        return clause_of(self.tokens, 0, len(self.text), "start")

    def inside(self, start: int, end: int) -> Sequence[Token]:
        """The tokens of a stretch."""
        if start == 0 and end == len(self.text):
            return self.tokens
        first, last = (bisect_left(self.tokens, at, key=attrgetter("start")) for at in (start, end))
        return [token for token in self.tokens[first:last] if token.end <= end]

    @property
    def deeds(self) -> Sequence[Deed]:
        """All deeds, in the order said."""
        if len(self.scenes) == 1:
            return self.scenes[0].deeds
        return [deed for scene in self.scenes for deed in scene.deeds]


def read(text: str, now: datetime, names: Sequence[Name] | None = None) -> Reading:
    """A normalised text read at `now`; the people named in it are looked for unless they are given."""
    tokens = repaired(text, with_names(text, lex(text), names))
    reading = Reading(text, tokens, all_roles(tokens), now.date())
    head: Scene | None = None
    named = "school" in reading.roles and any(t.roles.get("school") for t in reading.tokens)
    found = lines(text)
    for line in found:
        if line.skip:
            continue
        scene = Scene(text, now, line.colleague)
        scene.listed = line.listed
        scene.forward = AHEAD.match(text, line.start) is not None
        scene.named_school = named
        if head is not None:
            scene.days, scene.ranged, scene.date_at = head.days, head.ranged, head.date_at
            scene.place = head.place
        reading.parted = list(clauses(reading.inside(line.start, line.end), line.end, line.start))
        read_line(scene, reading.parted)
        reading.scenes.append(scene)
        reading.asks = reading.asks or scene.asks
        if line.head:
            scene.deeds = [d for d in scene.deeds if not d.bare and len(scene.deeds) > 1]
        if not line.listed and (head is None or scene.days or scene.place):
            head = scene
    if len(found) > 1 or found[0] != Line(0, len(text)):
        reading.parted = list(clauses(reading.tokens, len(text)))
    if all(d.negated or d.dropped or not stands(d) for d in reading.deeds):
        reading.complaint = complaint(text, reading.parted)
    return reading


def read_line(scene: Scene, found: Sequence[Clause]) -> None:
    """The clauses of one person's line; a problem takes the clauses that state it."""
    at = 0
    while at < len(found):
        clause = found[at]
        lead = lead_of(scene.text, clause)
        if lead is None and scene.deeds and told_of(scene) and unled(scene.text, clause):
            at = read_problem(scene, found, at)
            continue
        if lead is None:
            if not grievance(scene, found, at) and not only_wishes(scene.text, clause):
                read_clause(scene, clause)
            at += 1
            continue
        at = read_issue(scene, found, at, lead)


def told_of(scene: Scene) -> bool:
    """True where something done was told before."""
    return any(not (d.negated or d.dropped) for d in scene.recent)


def read_problem(scene: Scene, found: Sequence[Clause], at: int) -> int:
    """A problem without a lead word, with the clauses that go on with it; the next clause's index."""
    last = at
    while last + 1 < len(found) and "num" not in found[last + 1].roles and goes_on(scene, found[last + 1]):
        last += 1
    if last + 1 < len(found) and not found[last + 1].hard and wished(scene.text, found[last + 1]):
        last += 1
    stretch = statement(scene.text, found[at].start, found[last].end)
    scene.enter(found[at])
    if stretch:
        add_issue(scene, stretch)
    return last + 1


def wished(text: str, clause: Clause) -> bool:
    """鼓坏了没人修,希望配新的: the wish belongs to the fault before it."""
    lead = lead_of(text, clause)
    return lead is not None and lead.word in WISHED


def grievance(scene: Scene, found: Sequence[Clause], at: int) -> bool:
    """初三的团课老是跟补课冲突,建议…: a lack told before the suggestion that follows it is no deed."""
    if (
        at + 1 >= len(found)
        or found[at + 1].hard
        or "num" in found[at].roles
        or "act" not in found[at].roles
        or not lacking(scene.text, found[at])
    ):
        return False
    words = scene.text[found[at + 1].start : found[at + 1].end]
    worse = patterns().plea.search(words) or patterns().lack.search(words)
    return bool(worse) or lead_of(scene.text, found[at + 1]) is not None


def read_issue(scene: Scene, found: Sequence[Clause], at: int, lead: Token) -> int:
    """The words before the lead as a clause of their own, and the stretch behind it as a problem; the next clause's index."""
    clause = found[at]
    before = [t for t in clause.tokens if t.end <= lead.start]
    if not has_head(before) and not HELD_TALK.search(scene.text, clause.start, lead.start):
        before = [t for t in before if {"date", "school", "go", "at", "neg"} & t.roles.keys()]
    last = at
    counted = counted_issues(scene.text, clause)
    while last + 1 < len(found) and goes_on(scene, found[last + 1]):
        if counted > 1 and ITEM.match(scene.text, found[last + 1].start):
            break
        last += 1
    told = fault_before(scene.text, found, at) if lead.word in WISHED else None
    stretch = statement(scene.text, lead.end if told is None else told, found[last].end)
    if stretch is None and last + 1 < len(found) and found[last + 1].opener != "line":
        last += 1
        stretch = statement(scene.text, found[last].start, found[last].end)
    read_clause(scene, clause_of(before, clause.start, lead.start, clause.opener))
    if stretch is None:
        read_clause(scene, clause_of([t for t in clause.tokens if t.start >= lead.end], lead.end, clause.end, "comma"))
        return at + 1
    add_issue(scene, stretch)
    while (
        counted > 1
        and last + 1 < len(found)
        and found[last + 1].opener == "stop"
        and not starts_deed(scene.text, found[last + 1])
    ):
        last, counted = last + 1, counted - 1
        more = statement(scene.text, found[last].start, found[last].end)
        if more:
            add_issue(scene, more)
    while last + 1 < len(found) and ITEM.match(scene.text, found[last + 1].start) and found[last + 1].opener != "line":
        last += 1
        more = statement(scene.text, found[last].start, found[last].end)
        if more:
            add_issue(scene, more)
    return last + 1


WISHED = several(
    "希望 都希望 盼 盼着 盼望 想要 想请 想 想让 建议 要求 请求 恳请 呼吁 要是能 如果能 最希望 最想要 巴望 提议 说 说了"
)
REACH = 3


def fault_before(text: str, found: Sequence[Clause], at: int) -> int | None:
    """场地不够,娃趴着睡,校长希望…: where the fault begins that a wish behind it is to mend."""
    start = None
    for i in range(at, max(-1, at - REACH), -1):
        before = found[i - 1] if i else None
        if before is None or found[i].hard or before.has("act") or (before.has("num") and before.has("prep")):
            break
        if faulty(text, before) and not lead_of(text, before):
            start = before.start
    return start


AHEAD = late(
    "(?:我)?(?:今天|明天|[本这下]周|[本这下]个?月|近期|下一?步|后续)?的?(?:工作|蹲点|驻校)?的?(?:安排|计划|打算)(?:如下|是)?[:,]"
)
HELD_TALK = late(
    "(?:[拉拽缠拦围追]着)(?:我|俺|咱)们?[^,。]{0,2}[说讲聊谈]|被[^,。]{1,8}[拉拽缠拦围追]着[^,。]{0,2}[说讲聊谈]"
)
HOW_MANY = late("(?:问题|意见|建议|困难|诉求)([2-9二三四五两])[条个项件]")


def counted_issues(text: str, clause: Clause) -> int:
    """问题2个:队室漏雨;鼓号旧了: how many are to follow."""
    match = HOW_MANY.search(text, clause.start, clause.end + 1)
    return int(numerals.value(match[1]).value or 1) if match else 1


def add_issue(scene: Scene, stretch: tuple[int, int]) -> None:
    """A problem as a deed of its own."""
    deed = scene.open("issue", *stretch)
    deed.planned = deed.dropped = False
    if any(day.first and day.first > scene.today for day in deed.days):
        deed.days, deed.dated = (), False  # it was heard by now, whatever is planned beside it
    deed.text = scene.text[slice(*stretch)]


def has_head(tokens: Sequence[Token]) -> bool:
    """True where a deed is named among the words."""
    return any("act" in t.roles for t in tokens)


def goes_on(scene: Scene, clause: Clause) -> bool:
    """True where a clause still states the problem: it follows a small mark and begins nothing new."""
    if clause.hard or (clause.opener == "space" and ITEM.match(scene.text, clause.start)):
        return False
    if patterns().after.match(scene.text, clause.start) or lead_of(scene.text, clause):
        return False
    return not starts_deed(scene.text, clause)


def starts_deed(text: str, clause: Clause) -> bool:
    """True where a clause tells of a deed with its number, or opens another day."""
    if "prep" in clause.roles and "aud" in clause.roles and TALKED.search(text, clause.start, clause.end):
        return True
    if clause.tokens and clause.tokens[0].word in TURNS and has_head(clause.tokens):
        return True
    if "date" in clause.roles or "num" not in clause.roles or "act" not in clause.roles:
        return "date" in clause.roles
    return any("act" in t.roles and t.roles["tone"] != "weak" for t in clause.tokens)
