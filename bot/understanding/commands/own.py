"""What a cadre asks for himself: progress, records, lists, papers, a picture, practice."""

from __future__ import annotations

import re

from ..late import late
from .frame import Frame, span_slots
from .persons import find_name
from .rule import SURE, Rule, Slots, rule
from .slots import region


def drawn(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """A picture, unless the letter is one of a name (给图雅定个优)."""
    name = find_name(frame)
    return None if name and "图" in name else {}


def records(frame: Frame, _match: re.Match[str]) -> Slots:
    """The days asked about."""
    return span_slots(frame.days())


def paper(frame: Frame, match: re.Match[str]) -> Slots:
    """What is handed in, and its title."""
    kind = "case" if "案例" in match["paper"] else "report"
    title = TITLE.search(frame.text)
    if title:
        return {"kind": kind, "title": frame.normal.original(*title.span("t")).strip()}
    rest = BEHIND_COLON.search(frame.core, match.end("paper"))
    words = frame.original(*rest.span("t")) if rest else ""
    return {"kind": kind, "title": words} if len(words) > 3 else {"kind": kind}


TITLE = late("《(?P<t>[^《》]{1,80})》?")


BEHIND_COLON = late("(?:题目|标题|名字|名称)?(?:是|为|叫|:)+ ?(?P<t>[^,。!?]{2,60})")


def which(frame: Frame, _match: object = None) -> Slots:
    """The audience or activity whose count is asked about."""
    return {key: value for key, value in frame.asked.items() if value != "on_site" or ON_SITE.search(frame.core)}


ON_SITE = late("驻校|蹲点|蹲班|到校|下校|入校|学校")


def mine(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """What is left, where nobody else is named."""
    return None if region(frame.core) or find_name(frame) else frame.asked


def submit_late(frame: Frame, match: re.Match[str]) -> Slots:
    """A paper named before the verb."""
    kind = "case" if "案例" in match.group() else "report"
    title = TITLE.search(frame.text)
    return {"kind": kind, "title": frame.normal.original(*title.span("t"))} if title else {"kind": kind}


RULES: tuple[Rule, ...] = (
    rule(
        "which",
        r"[一二三四五六七八九十百两\d]+(?:名|个|位|人)[^,没未]{0,8}(?:是|有|都是|包括)(?:谁|哪些人|哪几位)",
        which,
        level=SURE,
    ),
    rule(
        "submit",
        r"^(?:现|我|我来|我要|这里|今天|来|本人|想|给你|给您|请查收|请收|把|补|我想)?(?:上)?(?:交|提交|递交|上传|报送|上报|投|呈报|呈送|交上|送交|补交|报|传|送)(?:一?下|我的|一[篇个份]|1[篇个份]|[个篇份])?(?:本学期|今年|年度|这学期)?(?:的)?(?P<paper>(?:优秀|典型|工作|育人|特色)*案例|(?:蹲点|驻校|专题|课题)?(?:调研|调查)?报告)(?!.{0,8}(?:[了完]|怎么|截止|什么时候|已))",
        paper,
        unless=r"到校|访谈\d|谈心|宣讲\d|听课\d|;|怎么|如何|什么时候|哪里|截止|谁|明天|下周|下个?月|要求|已|一共|完成情况",
        longest=140,
    ),
    rule(
        "submit",
        r"(?P<paper>案例|调研报告|报告)(?:写好了|写完了|好了|弄好了|改好了)?[, ]?(?:现在|现|我)?(?:交|提交|递交|上传|报)(?:给你|一下|上来|给您|上去)$|(?:给你|给您|发你|请收|请查收)[一篇个份:, ]{0,3}(?P<p2>案例|调研报告)",
        submit_late,
        unless="怎么|谁|了没|已经?交",
    ),
)
