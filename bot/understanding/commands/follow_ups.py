"""Short words on what is kept already: that a record shall go, how many there were and when, how far one is, who urges."""

from __future__ import annotations

import re
from typing import Any

from ..clauses import FILLER
from ..late import late, several
from ..lexer import lex
from . import changes
from .change_words import NUMERAL
from .frame import Frame, span_slots
from .persons import whom
from .rule import SURE, Rule, Slots, fixed, rule
from .slots import region
from .stretches import values

SAYS_WHICH = several(
    "date aud act school num half_day whole_day part_day conj all these also noise skip at prep class grade"
)
NAMES = several("date aud act school")
RECORD = "(?:的)?(?:[那这](?:几|些|一|两|二|三|\\d)?(?:条|个|次|天|场|些|笔|回|趟)?|一条|全部|所有)?(?:的)?(?:记录|计划|内容)?"
ALL = "(?:给我|帮我|都|全|全部|统统|也|先|就|一起|一并|可以|请|麻烦)*"
TAKEN = "^(?:那|就|先|再|我|还是|麻烦|请|帮我|给我)*(?:把|将)?(?P<what>[^,。;!?]{1,16}?)"
GO = "(?:删(?:除|掉|了)?|撤(?:销|回|掉|了)?|去掉|抹掉|划掉|清掉|清空|清除|作废|不要|别要|不算数?|别算|不作数|不用算)"
DONE = "(?:了|掉|吧|啦|哈|一下|算了|就行|[。! ])*"
DEED = "(?:访谈|听课|宣讲|团课|队课|座谈会?|驻校|蹲点|问卷|结对|走访|主题队日|队日|主题团日|团日|活动|队会|班会)"


def named(frame: Frame, match: re.Match[str]) -> Slots | None:
    """The days that did not count; nothing for a record that shall go, if the words before it only say which is meant."""
    words = match["what"]
    tokens = lex(words)
    if not any(NAMES & t.roles.keys() for t in tokens):
        return None
    at, left = 0, ""
    for token in tokens:
        left += words[at : token.start] + ("" if SAYS_WHICH & token.roles.keys() else words[token.start : token.end])
        at = max(at, token.end)
    if any(letter not in FILLER for letter in left + words[at:]):
        return None
    return span_slots(frame.days()) if frame.dates and "算" in match.group() else {}


def that_day(frame: Frame, match: re.Match[str]) -> Slots | None:
    """On which day it was."""
    found = values(frame, match["new"])
    days: dict[str, Any] = {key: found[key] for key in ("start", "end") if key in found}
    return days if days and JUST_TOLD.match(frame.text) else None


def only_a_day(words: str) -> bool:
    """True where some words are a date and nothing else."""
    found = lex(words)
    return len(found) == 1 and "date" in found[0].roles


def its_day(frame: Frame, match: re.Match[str]) -> Slots | None:
    """宣讲是前天的, 都是昨天的: the day of a deed told before, or of all that was just told."""
    return dict(span_slots(frame.days())) if only_a_day(match["new"]) else None


def how_far(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """本月合计队员几个: what was done by now of one thing, one's own."""
    return None if frame.schools or region(frame.core) or frame.once(whom) else frame.asked or None


def of_a_day(frame: Frame, match: re.Match[str]) -> Slots | None:
    """昨天是7个: how many there were on the day named."""
    found = values(frame, match["new"])
    return {"count": found["count"]} if "count" in found and only_a_day(match["day"]) else None


def so_many(frame: Frame, match: re.Match[str]) -> Slots | None:
    """How many there were of a deed just told."""
    found = values(frame, match["new"])
    if "count" not in found or not JUST_TOLD.match(frame.text):
        return None
    people = match["new"][-1:] in "名人位" and values(frame, match["deed"]).get("activity") in changes.EVENTS
    return {"attendance": int(found["count"])} if people else {"count": found["count"]}


SO_FAR = "(?:本月|这个?月|本周|这周|这个?星期|本学期|这学期|今年|目前|到现在|迄今|一共|合计|总共|累计)"
LEAD = "(?:我|刚才|刚刚|刚|上面|前面|早上|上午|下午|那|这|一|说|报|记|发|填|写|的|个|次|场|节|条|天|份)*"
JUST_TOLD = late("[^,。;]{0,4}(?:刚才|刚刚|上面|前面|那|这)")
OTHER_MATTERS = "谁|哪|吗$|[?]|怎么|如何|为什么|是不是|能不能|可不可以|提醒|请假|通知|消息|蹲点学校"
RULES: tuple[Rule, ...] = (
    rule(
        "undo",
        f"{TAKEN}{RECORD}{ALL}{GO}{DONE}$",
        named,
        unless=OTHER_MATTERS,
        longest=30,
        beside="删撤去抹划清作要算数",
    ),
    rule(
        "undo",
        f"{TAKEN}{RECORD[:-1]}{ALL}(?:取消|推掉){DONE}$",
        named,
        unless=OTHER_MATTERS,
        longest=30,
        beside="取推",
    ),
    rule(
        "amend",
        f"^{LEAD}(?P<deed>{DEED})(?:人数|的人)?(?:应该|其实|实际上?|一共|总共|才|只|就)*(?:是|为)(?P<new>{NUMERAL}[名个位天场次节份篇人]?半?)(?:才对|哈|啊|吧|的|[。! ])*$",
        so_many,
        longest=30,
        beside="刚上前那这",
    ),
    rule(
        "amend",
        f"^{LEAD}(?P<deed>{DEED})(?:应该|其实|实际上?|都)*是(?P<new>[^,。;!?]{{2,9}}?)(?:[讲上去做谈开办听搞聊访弄])?的(?:[。! ])*$",
        that_day,
        level=SURE,
        longest=30,
        beside="刚上前那这",
    ),
    rule(
        "amend",
        f"^(?P<day>[^,。;!?是]{{2,6}}?)(?:的|那天|那[几一两些]?[个场节次]?(?:队员|辅导员|学生|家长|老师|班主任|{DEED})?)?(?:应该|其实|实际上?)?是(?P<new>{NUMERAL}[名个位天场次节份篇人])(?:才对|哈|啊|吧|的|[。! ])*$",
        of_a_day,
        longest=16,
        beside="是",
    ),
    rule(
        "amend",
        "^(?:这些?|那些?|刚才的?|刚刚的?|以上|上面的?)?(?:都|全)?(?:应该)?是(?P<new>[^,。;!?]{2,8}?)(?:的(?:事|记录)?|干的|做的)?(?:[。! ])*$",
        its_day,
        longest=14,
        beside="是",
    ),
    rule(
        "amend",
        f"^(?P<deed>{DEED})(?:都)?(?:应该)?是(?P<new>[^,。;!?]{{2,8}}?)的(?:[。! ])*$",
        its_day,
        level=SURE,
        longest=16,
        beside="是",
    ),
    rule(
        "my_progress",
        f"^(?:我|俺|咱|自己)*(?=[^,。]*{SO_FAR})[^,。;!?0-9谁哪]{{1,12}}(?:几|多少)[个名位次天场节份篇条件所人]?(?:队员|辅导员|学生|家长|老师|团员|课|宣讲|访谈|团课|队课|座谈|问卷|结对|活动)?(?:[了呢啊呀]|[。! ])*$",
        how_far,
        unless="比|月份|[一二三四五六七八九十\\d]月|上个?[周月学]|还差|还有|还要|还欠|至少|最少|要求|规定|应该|够|算|满|各|每|全[县市区省校]|今天",
        longest=20,
        beside="几多",
    ),
    rule(
        "set_school",
        "^我(?:的)?(?:蹲点|驻校|联系|挂点|对口|负责)?(?:的)?(?:学校)?(?:是|在)(?:哪|什么)[个所一]*(?:学校)?(?:来着|啊|呢|呀)*$",
        level=SURE,
        longest=16,
        beside="校",
    ),
    rule("nudge", "^(?:再|都|就|帮我|给我|去)*催(?:一催|一下|催|下)(?:他们|她们|他|她|大家|吧|呗|啊)*$", longest=10),
    rule(
        "why_reminded",
        "^(?:是)?谁(?:在|老|又|让你|叫你)*(?:催|提醒|通知|艾特)(?:的)?我(?:的)?(?:[呀啊呢])*$",
        longest=12,
    ),
    rule(
        "issue_list",
        "^我(?:之前|上次|以前|前面)?(?:反映|提|报|说)(?:上去|过)?的(?:那些|那个|那条)?(?:问题|事|诉求|建议|困难)(?:呢|怎么样了|咋样了|有回音[吗没]|有结果[吗没]|解决了?[吗没]|办了?[吗没]|有人管[吗没])*$",
        level=SURE,
        longest=24,
    ),
    rule("leave", "^(?:我|又|今天|这周|明天)*没(?:有)?(?:请|休)假(?:[呀啊的])*$", fixed(off=True), longest=12),
    rule(
        "reminders",
        "^(?:寒假|暑假|假期|放假)[^,。;]{0,6}(?:不用|不要|不必|别|甭|莫)(?:再)?(?:提醒|发|催|推送)(?:我|消息|了)*$",
        fixed(off=True),
        level=SURE,
        longest=20,
    ),
)
