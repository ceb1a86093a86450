"""Clauses that tell of no deed of the speaker's: what somebody else did, and what a paper or a lecture is about."""

from __future__ import annotations

from .clauses import Clause
from .late import late

OTHERS = frozenset("他她同搭小老")
THEIRS = late(
    "(?:他|她|同事|搭档|小(?![学队朋孩组学中高])[一-鿿]|老(?![师家乡人])[一-鿿])(?:今[天儿]|昨[天儿]|[上下]午|那天|那边|也|都|就|又|先|只|是|呢)*"
    "(?:(?:宣讲|访谈|蹲点|[谈聊访讲听去到见上跑做写发弄搞蹲])(?:的是|[了过的]|$)|[找跟和给](?![我咱俺]))"
)
MINE = late(
    "(?:^|[,。;!?\n])(?:而|但)?我(?:今[天儿]|昨[天儿]|[上下]午|自己|这边|也|就|又|只|是|呢)*(?:宣讲|访谈|蹲点|[谈聊访讲听去到见上跑做写发弄搞蹲找跟和给])"
)


def theirs(text: str, clause: Clause) -> bool:
    """小陈也去了,他谈了三个,我谈了四个: what somebody else did, told beside what the speaker did."""
    return THEIRS.match(text, clause.start, clause.end) is not None and MINE.search(text) is not None


CONTENTED = frozenset(("report", "case", "lecture", "theme_day"))
CONTENTS = late("(?:主要|内容|主题|题目)*(?:是|为)?(?:讲|写|说|关于|围绕|总结|反映)(?:的是)?[^,。;]{2,20}的$")


def contents(text: str, clause: Clause) -> bool:
    """写了个案例,讲留守儿童结对的: what a paper or a lecture just told of is about."""
    return "num" not in clause.roles and CONTENTS.match(text, clause.start, clause.end) is not None
