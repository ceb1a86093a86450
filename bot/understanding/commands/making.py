"""What the slots of questions and orders hold: schools, papers, grades, days, what a question is about."""

from __future__ import annotations

import re
from datetime import timedelta

from ..late import late
from .frame import Frame, span_slots
from .persons import whom
from .rule import Slots
from .slots import form


def as_written(frame: Frame, words: str) -> str:
    """Words of the text as they were typed."""
    at = frame.text.find(words)
    return frame.normal.original(at, at + len(words)) if at >= 0 else words


def required(frame: Frame) -> Slots:
    """What a requirement is asked for; 蹲点 alone names the whole work."""
    slots = frame.asked
    whole = slots.get("activity") == "on_site" and not re.search("天|几|多少|周|日|算|去", frame.core)
    return {} if whole else slots


VISIT_LEAD = late(
    r"(?:查一?下|查查|看看|看一?下|查|看|问一?下|了解一?下|那|把|给我|帮我|想知道|知道|谁(?:负责|去过?|在|管|跑)|有没有人去?|是谁在?|最近|咱们?的人|去)+"
)


def visits(frame: Frame) -> Slots | None:
    """The school asked about, and the days."""
    if not frame.schools:
        return None
    school = frame.schools[0]
    lead = VISIT_LEAD.match(frame.text, school.start, school.end)
    start = lead.end() if lead else school.start
    name = frame.once(whom)
    if name and name in frame.text[school.start : school.end]:
        return None
    if start >= school.end - 1 or re.search(
        "^[天次趟回]|哪|谁|什么|人|最近|跑|几|多少|了", frame.text[start : school.end]
    ):
        return None
    return {"school": frame.normal.original(start, school.end), **span_slots(frame.days())}


def past(frame: Frame) -> Slots:
    """The days a paper covers; a day to come is when it is wanted."""
    days = frame.days()
    ahead = days is not None and days.first is not None and days.first > frame.now.date()
    return {} if ahead else span_slots(days)


NEAR = timedelta(days=62)


def ahead(frame: Frame) -> Slots:
    """The days a plan covers: those soon to come, else those past."""
    coming = frame.days(forward=True)
    soon = coming is not None and coming.first is not None and coming.first <= frame.now.date() + NEAR
    return span_slots(coming if soon else frame.days())


TITLE = late("《(?P<t>[^《》]{1,80})》?")
BEHIND_COLON = late("(?:题目|标题|名字|名称)?(?:是|为|叫|:)+ ?(?P<t>[^,。!?]{2,60})")


def paper(frame: Frame, match: re.Match[str]) -> Slots:
    """What is handed in, and its title."""
    kind = "case" if "案例" in match["paper"] else "report"
    title = TITLE.search(frame.text)
    if title:
        return {"kind": kind, "title": frame.normal.original(*title.span("t")).strip()}
    rest = BEHIND_COLON.search(frame.core, match.end("paper"))
    words = frame.original(*rest.span("t")) if rest else ""
    return {"kind": kind, "title": words} if len(words) > 3 else {"kind": kind}


ON_SITE = late("驻校|蹲点|蹲班|到校|下校|入校|学校")


def counted(frame: Frame) -> Slots:
    """The audience or activity whose count is asked about."""
    return {key: value for key, value in frame.asked.items() if value != "on_site" or ON_SITE.search(frame.core)}


REFUSED = late(
    r"退(?!休)|驳|打回|不(?:批|通过|同意|行|准|合格|予|过|符合|够|可以|能过|认可)|没通过|未通过|重(?:做|写|报|新|填|拟|来)|返(?:回|工)|否|让.{1,6}改|再改|改改|改一?下|修改|补充|完善|太(?:少|虚|空|粗|简|笼统|多|高|低)|有问题|不能批|别批|拒|缓批|暂不|回炉|没写|没填|漏了|空着|不全"
)
PASSED = late(r"(?<!不)(?<!未)(?<!没)(?<!没有)(?<!别)(?:通过|批准|批了|同意|准了|放行)")
BACK = late(r"退回|退了|驳回|打回|不批|不?没?通过(?<=[不没]通过)|不同意|返回|重[写报做新填]")


def verdict_of(text: str) -> bool | None:
    """Whether a list passes: what the last word of judgement says, none where there is none."""
    passed, back = [m.start() for m in PASSED.finditer(text)], [m.start() for m in BACK.finditer(text)]
    return None if not passed and not back else max(passed, default=-1) > max(back, default=-1)


RELENTED = late(
    r"(?:算了|不(?:退|驳)了|撤回来?|收回|改主意|现在|重新看|又看|补好|改好|改过|补上)[^,。]{0,4}[,。! ]*[^,。]{0,6}(?:通过|批准|批了|同意|准了|放行|过了?)(?:吧|了|啊|给[他她])*$"
)
GRADES = {"优秀": "优", "优": "优", "良好": "良", "良": "良", "合格": "合格", "一般": "一般", "称职": "合格"}
GRADE = late(r"(优秀|良好|合格|一般|优(?![先惠质点化势盟])|良(?![心种机师])|称职)")
GRADED = late(
    r"(?P<name>[一-鿿]{2,4}?)(?:同志)?(?:今年|年度)?(?:评|定|核定|评定|考核)(?:为|成)(?P<grade>优秀|良好|合格|优|良)"
)
UNNAMED = frozenset(
    ("总体", "整体", "我们", "他们", "全县", "全市", "本次", "今年", "活动", "学校", "效果", "单位", "考核", "年度")
)


def grade(frame: Frame) -> Slots | None:
    """Whose grade, and which: the grade said behind the name, or before it where none is."""
    name = frame.once(whom)
    if name is None:
        told = GRADED.match(frame.core)
        named = told and frame.core[:2] not in UNNAMED
        return {"name": told["name"], "rating": GRADES[told["grade"]]} if told and named else None
    said = GRADE.search(frame.core, frame.core.find(name) + len(name)) or GRADE.search(frame.core)
    return {"name": name, "rating": GRADES[said[1]]} if said else None


def written_form(frame: Frame, usual: str | None = None) -> Slots | None:
    """The form named, or the usual one, and the days it covers."""
    which = form(frame.core) or form(frame.text) or usual
    return {"form": which, **past(frame)} if which else None
