"""An event's name that only tells what was talked of, said before the verb of the talk."""

from __future__ import annotations

from .clauses import Clause
from .late import late
from .tokens import Token

ABOUT = late("(?:就|围绕|针对|关于)[^,。;]{0,6}$")
MAINLY = late("[说谈聊问提][的到](?:就|都|也|主要|大多)?是[^,。;]{0,6}$")
DURING = late("(?:上|里|间|中途?)(?=[跟和与找同逮拉遇碰见,又还抽我])")
TAKEN_UP = late("[把将][^,。;]{0,10}$")
GONE_OVER = late("[^,。;讲上开]{0,6}(?:捋|梳理|理了理|盘了|复盘|过了?一遍|琢磨|分析|商量|研究|讨论|合计)")
DISCUSSED = late("[^,。;]{0,14}(?:交换意见|交流|座谈|谈|探讨|研究|沟通|商量|讨论|聊)")


def matter_of(text: str, clause: Clause, token: Token) -> bool:
    """就少先队活动课落实情况交换意见, 活动课上跟队员聊: what a talk is about, or where it was, said before its verb."""
    if MAINLY.search(text, clause.start, token.start) or (token.word[-1] == "课" and DURING.match(text, token.end)):
        return True
    if TAKEN_UP.search(text, clause.start, token.start) and GONE_OVER.match(text, token.end):
        return True
    return ABOUT.search(text[clause.start : token.start]) is not None and DISCUSSED.match(text, token.end) is not None
