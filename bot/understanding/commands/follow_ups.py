"""What is said of a record just stored: that it shall go, or how many there were."""

from __future__ import annotations

import re
from typing import Any

from ..clauses import FILLER
from ..late import late, several
from ..lexer import lex
from . import changes
from .change_words import NUMERAL
from .frame import Frame, span_slots
from .rule import SURE, Rule, Slots, rule
from .stretches import values

SAYS_WHICH = several(
    "date aud act school num half_day whole_day part_day conj all these also noise skip at prep class grade"
)
NAMES = several("date aud act school")
RECORD = "(?:的)?(?:[那这](?:几|些|一|两|二|三|\\d)?(?:条|个|次|天|场|些|笔|回|趟)?|一条|全部|所有)?(?:的)?(?:记录|计划|内容)?"
ALL = "(?:给我|帮我|都|全|全部|统统|也|先|就|一起|一并|可以|请|麻烦)*"
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


def whole_day(frame: Frame, match: re.Match[str]) -> Slots | None:
    """都是昨天的: the day of all that was just told."""
    which = lex(match["new"])
    return dict(span_slots(frame.days())) if len(which) == 1 and "date" in which[0].roles else None


def of_a_day(frame: Frame, match: re.Match[str]) -> Slots | None:
    """昨天是7个: how many there were on the day named."""
    found, which = values(frame, match["new"]), lex(match["day"])
    only_a_day = len(which) == 1 and "date" in which[0].roles
    return {"count": found["count"]} if "count" in found and only_a_day else None


def so_many(frame: Frame, match: re.Match[str]) -> Slots | None:
    """How many there were of a deed just told."""
    found = values(frame, match["new"])
    if "count" not in found or not JUST_TOLD.match(frame.text):
        return None
    people = match["new"][-1:] in "名人位" and values(frame, match["deed"]).get("activity") in changes.EVENTS
    return {"attendance": int(found["count"])} if people else {"count": found["count"]}


LEAD = "(?:我|刚才|刚刚|刚|上面|前面|早上|上午|下午|那|这|一|说|报|记|发|填|写|的|个|次|场|节|条|天|份)*"
JUST_TOLD = late("[^,。;]{0,4}(?:刚才|刚刚|上面|前面|那|这)")
WHOSE = late("谁|哪|吗$|[?]|怎么|如何|为什么|是不是|能不能|可不可以|提醒|请假|通知|消息|蹲点学校")
RULES: tuple[Rule, ...] = (
    rule(
        "undo",
        f"^(?:那|就|先|再|我|还是|麻烦|请|帮我|给我)*(?:把|将)?(?P<what>[^,。;!?]{{1,16}}?){RECORD}{ALL}{GO}{DONE}$",
        named,
        unless=WHOSE.pattern,
        longest=30,
        beside="删撤去抹划清作要算数",
    ),
    rule(
        "undo",
        f"^(?:那|就|先|再|我|还是|麻烦|请|帮我|给我)*(?:把|将)?(?P<what>[^,。;!?]{{1,16}}?){RECORD[:-1]}{ALL}(?:取消|推掉){DONE}$",
        named,
        unless=WHOSE.pattern,
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
        f"^(?P<day>[^,。;!?是]{{2,6}}?)(?:的|那天)?(?:应该|其实|实际上?)?是(?P<new>{NUMERAL}[名个位天场次节份篇人])(?:才对|哈|啊|吧|的|[。! ])*$",
        of_a_day,
        longest=16,
        beside="是",
    ),
    rule(
        "amend",
        "^(?:这些?|那些?|刚才的?|刚刚的?|以上|上面的?)?(?:都|全)(?:应该)?是(?P<new>[^,。;!?]{2,8}?)(?:的(?:事|记录)?|干的|做的)?(?:[。! ])*$",
        whole_day,
        longest=14,
        beside="都全",
    ),
)
