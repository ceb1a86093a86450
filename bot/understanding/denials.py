"""Whether the words before a head deny it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .late import late

if TYPE_CHECKING:
    from .heads import Part

# The end is \Z: under $ a line that ends in 无 would deny what the next one says.
NO_TIME = late(
    "(?:(?:[没冇莫木无唔][有得]?|不得|[腾抽挤匀分脱走离][不唔](?:出|开|了|脱)|没[腾抽挤匀]出|[顾赶]不)"
    "(?:那个?|啥|什么)?(?:空闲?|闲(?:工夫|功夫|空)?|工夫|功夫|时间|暇|身|手|[上得及到开])?来?)(?:再|亲自|专门)?(?:过?去|到)?\\Z"
)


LACKING = frozenset("没冇莫木无唔不腾抽挤匀分脱走离顾赶")  # with one of these it begins
OWN_NEED = late(
    "(?:得?及|上|空|时间)?(?:吃|喝|睡|休息|歇|喘|洗|换|备课|回家|化妆|梳|带(?:伞|饭|手机)|打伞|坐下|拍照|写(?:稿|教案)|做(?:饭|课件))"
)


def denied(text: str, part: Part) -> bool:
    """True where the words before a head say that it was not done."""
    near = text[max(0, part.head.start - 8) : part.head.start]
    if not LACKING.isdisjoint(near) and NO_TIME.search(text, max(0, part.head.start - 8), part.head.start):
        return True
    if "neg" in part.head.roles or any("neg" in t.roles and not OWN_NEED.match(text, t.end) for t in part.before[-4:]):
        return True
    refused = part.tone != "weak" and text[part.head.start - 1 : part.head.start] == "不"
    if refused and not (part.before and part.before[-1].end == part.head.start):
        return True
    return bool(part.before) and "zero" in part.before[-1].roles and part.before[-1].end == part.head.start


def carries_on(before: Part, part: Part) -> bool:
    """没有听课、宣讲: what is not done goes on through a list."""
    between = [*before.behind, *part.before]
    return before.negated and bool(between) and all("conj" in t.roles for t in between)
