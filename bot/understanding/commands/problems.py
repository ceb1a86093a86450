"""The ledger's own words: what became of the problems one raised, and an answer written down under a problem's number."""

from __future__ import annotations

import re

from .frame import Frame
from .rule import SURE, Rule, Slots, rule

RAISED = r"(?:之前|上次|以前|前面|原来)?(?:反映|提|报|上报|反馈)"
BECAME = r"(?:有|没有?|都|现在|到底|得|已经?)*(?:回音|回复|答复|结果|下文|解决|办好|办|处理|落实|怎么?样|咋样|进展|进度|到哪)(?:一?步|了|吗|没有?|呢|得|好|掉|完|怎么?样|咋样|如何|不)*"
LOOK = r"(?:看看?|查看?|查一下|看一下|想问问?|问一下)?"
ANSWER = r"(?:已经?)?(?:给了?|有了?|的)?(?:答复|回复|回音)"


def answered(_frame: Frame, match: re.Match[str]) -> Slots:
    """Under which number; an answer settles it until it is opened anew."""
    return {"number": int(match["number"] or match["number2"]), "status": "resolved"}


RULES: tuple[Rule, ...] = (
    rule(
        "issue_list",
        r"第?(?:问题\d{1,6}号?|\d{1,6}号问题)[^,。:;\d]{0,8}?(?:还没有?|没有?|未)(?:得到|收到|给)?(?:答复|回复|回音)[^,。:;]{0,4}",
        level=SURE,
        whole=True,
        beside="没未",
    ),
    rule(
        "issue_list",
        rf"{LOOK}(?:我们?{RAISED}(?:过|上去)?的?(?:那[个些几]个?)?问题(?:{BECAME})?"
        rf"|我们?{RAISED}(?:过|了)?(?:哪些|哪几个|几个|什么|多少个?)问题|我们?的(?:那个)?问题(?:台账|清单|{BECAME})?)",
        level=SURE,
        whole=True,
        beside="题",
    ),
    rule(
        "issue_update",
        rf"第?(?:问题(?P<number>\d{{1,6}})号?|(?P<number2>\d{{1,6}})号问题)[,:]?[^,。:;\d]{{0,12}}?{ANSWER}(?:了|是|说|:|,|。|$).*",
        answered,
        unless=r"吗|没有?(?:答复|回复|回音)|还没|[?]|什么时候|怎么",
        level=SURE,
        whole=True,
        longest=200,
        beside="答复音",
    ),
)
