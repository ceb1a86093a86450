"""The last reading, for what nothing else claimed: known people, days, schools and names in words of nobody's list.

A row of the table is a name, a condition on the text and a production. Rows are tried in order, and only where a message was
neither a command nor a deed: short, in the speaker's own voice, no tale of others. `besides` reads the same way the clauses that a report left over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from .clauses import FILLER, Clause
from .entries import entries
from .frozen import frozen
from .issues import patterns, sentence_end, statement
from .late import late, several
from .lengths import lengths_alone
from .meaning import Entry
from .normal import Normal
from .people import Group, groups
from .reading import Reading
from .same_people import joined
from .scene import Scene, take_dates
from .tokens import Token

Found = tuple[str, tuple[Entry, ...], Mapping[str, Any]]
LONGEST = 60
MOST_MET = 60
NOWHERE: Found = ("unknown", (), {})
QUERY = late(
    r"[?]|(?:吗|么|嘛|不|没有?)$|多少|几[个名位天场次篇份]|谁|哪|怎|咋|啥|什么|是否|能不能|可不可以|难道|算不算"
)
TALE = late(
    r"[他她你您]|老同学|战友|亲戚|客户|供应商|(?:我|咱|俺)(?:家|们?单位|们?公司|[爸妈爹娘弟妹哥姐儿女闺侄外表堂])|[表堂][弟妹哥姐]|侄|老公|老婆|邻居|隔壁|宝宝|新闻|网上|电视|电影|小说|故事|从前|视频里|据|路过|医院|住院|听说|通知|招聘|招生|公司|生日|聚会|婚|"
    r"吃|喝|买|卖|元|块钱|价|斤|奖|比赛|考试|高考|发烧|感冒|吵架|打架|如果|要是|假如|万一|希望|建议"
)
NOT_MET = late(
    r"有(?!空)|来了|来过|选|评|表彰|表扬|批评|罚|骂|教|带(?!着)|招|收|考|吸纳|发展|推荐|培养|送|(?<!对)接|救|坐得?下|能坐|参加|到场|组织|给|发|准备|布置|缺|少|差|欠|剩|还|需|够|达|名额|规定|每|没|不(?!少)|未|别|编制|要|该|应|取消|改|删|撤|记错|错"
)
TALKING = late(
    r"碰|会了?会|见|找|约|沟通|对接|说|坐了|坐一?坐|扯|叙|照面|通了?气|商量|请教|拜访|看望|探望|了解|问|掏心|交心|交底|打听|摸底|寒暄|攀谈|接触|对了对|对[过完]|拉呱|倾|白话|摆"
)
REDUPLICATED = late(r"(?P<verb>[一-鿿])(?:了一?|一)(?P=verb)")
LINKED = late(r"^了?(?:[一-鿿]{1,2}[了过完咗得]|[一-鿿]了一下)(?:有|差不多|大概|约)?$")
BEING = late(r"在|待|呆|泡|蹲|守|住|到|去|回|返|跑|转|走|逛|进|下|上(?!午)|来|过|搁")
THERE = late(r"那[边儿里头块]|里[头面边]|这[边儿]|校里|校内")
AWAY = late(
    r"没|不|未|别|等|路过|经过|门口|旁边|附近|对面|放假|停课|要|想|得|请假|病|开会|堵|车|毕业|上学|放学|送|接|住在|考上|考取|录取|考进|改名|更名|改叫|搬|迁|合并|撤并|并入|成立|新建|扩建|翻修|现在叫|原来叫"
)
KNOWN = several(
    "date part_day num aud name school among all these done again also prep sum each total plan half_day whole_day forgot skip conj colon label at mean go noise tick first"
)
DEFECT = late(
    r"坏|塌|漏(?!报|记|了一|填|登|掉)|缺|没人(?:管|修|教|带|接|愿)|破|不够|不足|老旧|陈旧|老化|欠|拖[了着欠]|忙不过来|顾不(?:过来|上)|断[了电网]|堵|脏|不亮|不响|不通|没地方|没条件|跟不上|生锈|裂|掉[漆皮]|被占|占[完光满]|挤|没着落|不到位|没配|空着|流失|太[勤破旧少小远差挤暗冷热湿吵]|磨[没破]|一个人兼|身兼|没编制|没经费|没钱|不发|没发|凑不齐|凑合|将就|歪|倒了|冻得|烂|松动|晃|发霉|潮|臭|黑[乎咕漆]|闷热|淋雨|没[车水电灯网课](?!有)|没有?老师|没新|褪色|砸|硌|危险|吓人|旱厕|瞎了|成泥|(?<![去来走到赶抽受少忍舍])不(?:上|了|动|起|到|着|开|住|成|下|全|齐)(?![^,。]{0,4}我)|修不好|用不了|打不开|连不上|没信号"
)
SCHOOLWORK = late(
    r"学校|校[舍园门区]|课(?!间休)|队|团(?!购)|班|辅导员|老师|教师|孩子|学生|操场|宿舍|食堂|厕所|教室|津贴|补贴|服务费|篮球架|球台|球场|桌椅|床铺|黑板|窗户|楼梯|栏杆|饭菜|锅炉|暖气|经费|器材|鼓|场地|图书"
)
EVENTFUL = late(r"宣讲|团课|队课|队会|主题|活动|讲座|会议|开会|听课|问卷|结对|累计|合计|共|其中|覆盖")
SPOKEN = late(r"[了过完仨俩]|谈|聊|访|见|问|碰|会[到着]")
FINE = late(r"修好|解决了|换[了上]新|补齐|不错|挺好|没问题|没毛病|不缺|够了|不欠")


@frozen
class Seen:
    """A message that nothing claimed."""

    reading: Reading
    normal: Normal
    now: datetime

    @property
    def text(self) -> str:
        """What is read, with masked names blanked."""
        return self.reading.text


@frozen
class Row:
    """One fallback: its name, when it may be tried, and what it makes of the message."""

    name: str
    when: Callable[[Seen], bool]
    make: Callable[[Seen], Found | None]


def fall_back(reading: Reading, normal: Normal, now: datetime, told: str) -> Found:
    """What a message means that nothing claimed; `told` is unknown, or nothing where an absence was read."""
    seen = Seen(reading, normal, now)
    if len(seen.text) > LONGEST or len(seen.text) < 2:
        return NOWHERE
    for row in TABLE if told == "unknown" else ():
        if row.when(seen) and (found := row.make(seen)):
            return found
    return NOWHERE


def own_voice(seen: Seen) -> bool:
    """True for a statement in the speaker's own, perhaps elliptical, voice."""
    return not QUERY.search(seen.text) and not TALE.search(seen.text)


def troubled(seen: Seen) -> bool:
    """True where something of school life is said to be broken, missing or unpaid."""
    return bool(DEFECT.search(seen.text)) and not FINE.search(seen.text)


def problem(seen: Seen) -> Found | None:
    """The state of affairs, from the clause that states it to the end of its sentence."""
    if seen.reading.deeds and any(not deed.negated and not deed.dropped for deed in seen.reading.deeds):
        return None
    for clause in seen.reading.parted:
        words = seen.text[clause.start : clause.end]
        if SCHOOLWORK.search(words) or patterns().things.search(words):
            stretch = statement(seen.text, clause.start, sentence_end(seen.text, clause.start))
            return ("issue_report", (), {"text": seen.normal.original(*stretch)}) if stretch else None
    return None


def deeds(seen: Seen) -> Found | None:
    """People met and days spent at school, as far as the clauses say nothing of another kind."""
    scene = Scene(seen.text, seen.now)
    held: list[Group] = []
    for clause in seen.reading.parted:
        scene.enter(clause)
        take_dates(scene, clause, clause.tokens)
        scene.planning = scene.planning or clause.has("plan")
        name_school(scene, clause)
        held = met(scene, clause, held)
        if not any(deed.clause == scene.clause for deed in scene.deeds):
            stay(scene, clause)
    return told(scene, seen.normal)


def besides(reading: Reading, normal: Normal, now: datetime) -> tuple[Entry, ...]:
    """People met in a clause that none of the deeds of a report took anything from: 跑了趟学校,摆了三个娃儿."""
    if len(reading.text) > LONGEST:
        return ()
    people = [t for t in reading.tokens if "aud" in t.roles]
    if not people or len(reading.scenes) != 1:
        return ()
    told_of = [(g.start, g.end) for deed in reading.deeds for g in (*deed.groups, *deed.crowd)]
    left = [t for t in people if not any(a <= t.start < b for a, b in told_of)]
    seen = Seen(reading, normal, now)
    if not left or not own_voice(seen) or EVENTFUL.search(seen.text):
        return ()
    taken = [deed.start for deed in reading.deeds] + [start for start, _ in told_of]
    scene = Scene(seen.text, now)
    for clause in reading.parted:
        scene.enter(clause)
        take_dates(scene, clause, clause.tokens)
        free = not any(clause.start <= at < clause.end for at in taken)
        if free and SPOKEN.search(seen.text, clause.start, clause.end):
            met(scene, clause, [])
    return tuple(entry for deed, entry in entries(scene, normal) if not deed.planned)


def told(scene: Scene, normal: Normal) -> Found | None:
    """The entries of what was read, done or planned."""
    found = entries(scene, normal)
    done = tuple(entry for deed, entry in found if not deed.planned)
    if any(entry.count is not None and entry.count > MOST_MET for _, entry in found):
        return None
    if done:
        return "check_in", done, {}
    return ("plan", tuple(entry for _, entry in found), {}) if found else None


def name_school(scene: Scene, clause: Clause) -> None:
    """A school named holds on."""
    for token in clause.tokens:
        if token.roles.get("school") == "named":
            scene.place = (token.start, token.end)


def met(scene: Scene, clause: Clause, held: list[Group]) -> list[Group]:
    """People with a number, or talked with, become a talk; numbers that wait for their people are handed on."""
    words = scene.text[clause.start : clause.end]
    found = [g for g in linked(scene.text, groups(scene.text, clause.tokens)) if g.audience or g.number]
    if held and found and clause.has("all"):
        found = [replace(g, number=h.number) for g, h in zip(found, held, strict=False)]
    whom = [g for g in found if g.audience and (g.number or g.named)]
    if not whom and found and (clause.has("prep") or REDUPLICATED.search(words)) and TALKING.search(words):
        whom = [replace(g, prep=True) for g in found if g.audience]
    if not whom:
        return [g for g in found if g.number] if not strange(scene.text, clause) else []
    if not NOT_MET.search(words) and not clause.has("meeting") and met_plainly(scene.text, clause, whom):
        scene.open("interview", whom[0].start, whom[-1].end, "pair").groups = whom
    return []


def linked(text: str, found: list[Group]) -> list[Group]:
    """老师整了仨: a number behind a short verb counts the people before it."""

    def join(last: Group, group: Group) -> Group | None:
        counts = last.audience and last.many and group.audience is None
        return replace(last, number=group.number) if counts and LINKED.match(text[last.end : group.start]) else None

    return joined(found, join)


def met_plainly(text: str, clause: Clause, whom: list[Group]) -> bool:
    """True where a short verb at most stands before the people, and nothing but an end behind them."""
    before = unread(text, [t for t in clause.tokens if t.end <= whom[0].start], clause.start, whom[0].start)
    behind = unread(text, [t for t in clause.tokens if t.start >= whom[-1].end], whom[-1].end, clause.end)
    return len(before) <= 3 and (len(behind) <= 1 or TALKING.search(behind) is not None) and len(behind) <= 6


def strange(text: str, clause: Clause) -> int:
    """How much of a clause no word explains."""
    return len(unread(text, list(clause.tokens), clause.start, clause.end))


def unread(text: str, tokens: list[Token], start: int, end: int) -> str:
    """The letters of a stretch that are neither known words nor fillers."""
    rest, at = "", start
    for token in tokens:
        rest += text[at : token.start]
        if not KNOWN & token.roles.keys():
            rest += token.word
        at = max(at, token.end)
    return "".join(c for c in rest + text[at:end] if c not in FILLER and c not in ",。;!:()[] 、")


def stay(scene: Scene, clause: Clause) -> None:
    """A day or a school, and being there or coming from there, with nothing else said."""
    words = scene.text[clause.start : clause.end]
    if clause.has("aud") or AWAY.search(words) or not BEING.search(words):
        return
    place = clause.has("school") or (bool(THERE.search(words)) and clause.has("date"))
    if not place or any(t.roles.get("num") not in (None, "day") for t in clause.tokens):
        return
    if (
        len(BEING.sub("", unread(scene.text, list(clause.tokens), clause.start, clause.end)).strip("边儿头面块从刚才"))
        <= 1
    ):
        deed = scene.open("on_site", clause.start, clause.end)
        deed.half = clause.has("half_day")
        deed.part = clause.has("part_day") and not deed.half


def place_and_length(seen: Seen) -> Found | None:
    """三小,半天; 11月5日 育红小学 全天; 周一半天 周三全天: days and schools, each with a length, and nothing else."""
    scene = lengths_alone(seen.reading.tokens, seen.text, seen.now)
    return told(scene, seen.normal) if scene else None


TABLE: tuple[Row, ...] = (
    Row("something wrong at school", lambda seen: own_voice(seen) and troubled(seen), problem),
    Row("people met, days at school", own_voice, deeds),
    Row("a school and how long", own_voice, place_and_length),
)
