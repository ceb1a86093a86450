"""One message seen as a possible command: its words, and what its slots may hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ..dates import Days, Said, scan
from ..edges import begins, ends
from ..frozen import frozen
from ..late import late
from ..normal import Normal
from ..schools import GENERIC, School, find_schools
from ..vocabulary import trie_pattern, vocabulary

T = TypeVar("T")
WORDS = Path(__file__).parents[1] / "words" / "commands.toml"
POLITE = (
    r"(?:你好|您好|大家好|各位好|早上好|晚上好|下午好|hi|hello|哈喽|喂|哎呀?|诶|欸|嗯+|呃|额(?![尔敦日吉])|啊|哦|噢|唉|那个|这个(?=给|帮|查|把)|就是|请问一?下?|问一?下|请教一?下?|请(?!假|了|个|[一二三两四五\d半几].{0,3}假)您?|麻烦(?:你|您|帮忙)?|劳驾|辛苦(?:你|您)?|拜托|"
    r"帮忙|帮(?:我|俺|咱|个忙)|替我|小助手|蹲点助手|助手|机器人|小蹲|同志|管理员|老师好?(?!这|那|方面|的|要|谈|访|聊|几|还|够|差|改)|能不能|能否|可不可以|可否|是否可以|我想要?(?!办法)|我要(?=[^投])|想要?(?=[看查知了问导])|再(?=[看查帮])|快|赶紧|@\S+|对了|还有|另外|顺便|[,.。!?;:、~ ])"
)
ENDING = r"(?:吧|呀|啊|呢|哈|哦|噢|嘛|啦|了哈|呗|哟|哇|咯|喽|嘞|噻|撒|谢谢(?:你|您|啦|了)?|谢了|谢啦|多谢|感谢|拜托了?|麻烦了|辛苦了?|好吗|行吗|可以吗|(?<![得的])行不行|(?<![得的])好不好|可以不|得不得|哈哈+|[,.。!?;:、~ 👍✓\"()])"
OPENING = late(f"{POLITE}{{1,8}}")
CLOSING = late(f"{ENDING}{{1,8}}$")


@cache
def words() -> dict[str, str]:
    """Each group of command words as a pattern."""
    data: dict[str, list[str]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {name: f"(?:{'|'.join(sorted(group, key=len, reverse=True))})" for name, group in data.items()}


def pattern(source: str) -> re.Pattern[str]:
    """A pattern in which <group> stands for the words of a group."""
    return late(lambda: re.sub("(?<![?]P)<([a-z]+)>", lambda m: words()[m[1]], source))


@cache
def topic_pattern() -> re.Pattern[str]:
    """Finds the names of people and deeds that a question may be about."""
    roles = vocabulary().roles
    plain = (w for w, r in roles.items() if "aud" in r or ("act" in r and r.get("tone") != "weak"))
    return re.compile(trie_pattern(w for w in plain if w not in NO_TOPIC))


NO_TOPIC = frozenset(
    (
        "领导",
        "下沉",
        "到点",
        "跟班",
        "困难",
        "建档",
        "先生",
        "一把手",
        "孩子王",
        "书记",
        "主任",
        "分管领导",
        "队伍",
        "谈的",
        "交流",
        "宣教",
        "大课",
        "走校",
        "辅",
        "队",
        "返校",
        "回校",
        "访",
        "少先队",
        "在校",
    )
)
GOING = late(
    "(?:蹲|驻|待|守)[够满足]|几趟|学堂|(?:去|到|下|进|入|来)(?:了|过|几|多少)*(?:次|趟|回|天)?(?:学校|校)|学校.{0,4}(?:去|到)|天数|几天|多少天|几多?日|几多天|多少日|好多天|够[\\d一二两三四五六七八九十]+天|跑学校|去过[^,]{0,2}$|没去过|一[天次趟回]都没有?[去到下]"
)
SPLIT = (
    ("interview", late(r"没有?(?:访谈|谈|聊|访|座谈)|[谈访聊](?:完|够|满|到|几|多少|[一二三四五六七八九十\d])")),
    ("class_visit", late("听.{1,5}课|课都?没听")),
    ("lecture", late("(?:[上宣].|讲).{0,4}(?:课|讲座)|讲几|宣几")),
    ("on_site", late("驻.{1,4}[天校]|蹲.{1,4}[天点]")),
    ("report", late("(?:写|交).{1,5}报告")),
)
SPARE = {"interview"}


@frozen
class Frame:
    """A message as the rules of commands see it; `core` is the text without courtesies, from `offset` on."""

    normal: Normal
    now: datetime
    text: str
    core: str
    offset: int
    found: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, find: Callable[[Frame], T]) -> T:
        """What a function finds in this message, looked for once."""
        if find not in self.found:
            self.found[find] = find(self)
        found: T = self.found[find]
        return found

    @property
    def plain(self) -> str:
        """The text without the marks around it."""
        return self.text.strip(" ,.。!?;:、~✓👍")

    @property
    def dates(self) -> list[Said]:
        """The dates said."""
        return self.once(dates_said)

    @property
    def schools(self) -> list[School]:
        """The schools named."""
        return self.once(schools_named)

    @property
    def topic(self) -> dict[str, Any]:
        """The audience and the activity asked about."""
        return self.once(topic_asked)

    def days(self, forward: bool = False) -> Days | None:
        """The one span of days said, if exactly one."""
        found = [days for said in self.dates for days in said.resolve(self.now, forward)]
        if not found:
            return None
        firsts, lasts = [d.first for d in found if d.first], [d.last for d in found if d.last]
        return Days(
            min(firsts, default=None), max(lasts, default=None), found[0].period, found[0].invalid, found[0].ambiguous
        )

    def original(self, start: int, end: int) -> str:
        """A stretch of the core as it was typed."""
        return self.normal.original(self.offset + start, self.offset + end).strip(' ,，。:：!！?？、"“”\n')

    @property
    def asked(self) -> dict[str, Any]:
        """The audience or the activity asked about; who was met says enough of an interview."""
        found = dict(self.topic)
        if named := reckoned_as(self.core):
            return named
        if "audience" in found and found.get("activity") in (None, *SPARE):
            found.pop("activity", None)
        elif "activity" in found:
            found.pop("audience", None)
        return found


RECKONED_AS = late(
    r"(?:算(?:不算|是|作|成|进|到|在|个|一[次个场天]|不得|得上|得)*(?:我)?(?:一[次个场])?|属于|归(?:到|在|为)?|当(?:作|成)|计入|记(?:到|成|为))(?P<kind>[^,。?算]{2,6}?)(?:还是[^,。?]{1,6}|[里中上头]?(?:面|头)?的?(?:吗|么|不|没|啵|嘛|呀|啊|呢|吧|了|的|数)*)[?]*$"
)


def reckoned_as(text: str) -> dict[str, Any]:
    """像这种座谈会,有家长12个,算不算访谈: the deed that something may count as."""
    match = RECKONED_AS.search(text)
    word = topic_pattern().match(match["kind"]) if match else None
    roles = vocabulary().roles[word.group()] if word else {}
    return {"activity": roles["act"]} if "act" in roles else {}


def dates_said(frame: Frame) -> list[Said]:
    """The dates of a message."""
    return scan(frame.text)


def schools_named(frame: Frame) -> list[School]:
    """The schools of a message, each without the date that may stand before it."""
    text = frame.text
    found = [school for school in find_schools(text) if school.named]
    after = [said.end for said in frame.dates] if found else []
    found = [s._replace(start=max([s.start, *(end for end in after if end < s.end - 1)])) for s in found]
    return [s for s in found if text[s.start : s.end].lstrip("几多少次个趟回过了的所去到来在") not in GENERIC]


def topic_asked(frame: Frame) -> dict[str, Any]:
    """The first audience and the first activity named; going and listening are also told by their shape."""
    found: dict[str, Any] = {}
    for match in topic_pattern().finditer(frame.core):
        roles = vocabulary().roles[match.group()]
        for name, key in (("aud", "audience"), ("act", "activity")):
            if name in roles and key not in found and roles[name] != "mixed":
                found[key] = roles[name]
    if "activity" not in found:
        found.update(next(({"activity": act} for act, words in SPLIT if words.search(frame.core)), {}))
    if "activity" not in found and "audience" not in found and GOING.search(frame.core):
        found["activity"] = "on_site"
    return found


@cache
def openers() -> frozenset[str]:
    """The letters with which a courtesy before a command begins."""
    return begins(OPENING)


@cache
def closers() -> frozenset[str]:
    """The letters with which a courtesy behind it ends."""
    return ends(CLOSING)


def frame(normal: Normal, now: datetime) -> Frame:
    """The frame of a message."""
    text = normal.text
    opening = OPENING.match(text) if text[:1] in openers() else None
    start = opening.end() if opening else 0
    closing = CLOSING.search(text, max(start, len(text) - 24)) if text[-1:] in closers() else None
    end = closing.start() if closing else len(text)
    if end <= start:
        start, end = 0, len(text)
    return Frame(normal, now, text, text[start:end], start)


def span_slots(days: Days | None) -> dict[str, date]:
    """Start and end as slots, where they are known."""
    if days is None:
        return {}
    return {key: day for key, day in (("start", days.first), ("end", days.last)) if day}
