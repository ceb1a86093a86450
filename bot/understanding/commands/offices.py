"""What an office sets and looks up: a person's goal, switches, class sizes, duties of a unit, skeletons of papers."""

from __future__ import annotations

import re

from ..late import late
from ..meaning import Entry
from .frame import Frame, span_slots
from .items import NUM
from .persons import find_name
from .rule import Command, Rule, Slots, rule
from .slots import form, number, region

TASK_GOES_ON = late(
    r"(?:我|我们)?(?:的)?.{0,6}重点工作.{0,8}?(?:有(?:了)?(?:新)?(?:的)?进展|新?进展|跟进情况|推进情况)[:,,。]?.{0,80}"
)
TASK_ELSE = late("访谈|驻校|宣讲|座谈|听课|怎么|如何|没有?进展|多少|几项|吗|[?]|还差")
SURE = 3  # wins over whatever else the message seems to tell
GOAL = late(rf"(?:改|定|调整?|降|减|换|设)(?:成|为|到|至|回)?[: ]?(?P<n>{NUM})")
GOAL_OF = late(r"^(?P<lead>(?:请|把|将)*)(?P<name>[一-鿿·]{2,4}?)(?:同志|老师|干事)?的(?!目标)")
CLASS = r"(?:(?:小|初|高)?[一二三四五六七八九十\d]{1,3}(?:年级)?[( ]*[一二三四五六七八九十\d]{1,2}[) ]*班|[一-鿿\d]{2,12}(?<!个)班)"
SIZE = late(rf"(?P<class>{CLASS})(?:一?共有?|有|共计?|:| )*(?P<n>\d{{1,3}})(?:名|个)?(?:人|学生|同学)")
UNIT_END = late(r"(?:团委|少工委|团工委)$")
OFFICERS = late(r"团学干部(?:一?共有?|总共|总数|有|:| )*(?P<n>\d{1,4})(?:名|个)?人?(?=$|[,。;])")


def goal(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """Whose goal, of what, and the new number."""
    found = GOAL.search(frame.core)
    many = number(found["n"]) if found else None
    said = GOAL_OF.match(frame.core)
    name = frame.original(*said.span("name")) if said else find_name(frame)
    if many is None or not name or not frame.asked:
        return None
    return {"name": name, "goal": many, **frame.asked}


def sizes(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """Classes with their sizes, or the number of the school's student officers."""
    rows = [{"class": frame.original(*m.span("class")), "of": int(m["n"])} for m in SIZE.finditer(frame.core)]
    rows += [{"class": "", "of": int(m["n"])} for m in OFFICERS.finditer(frame.core)]
    return {"sizes": rows} if rows else None


def names(frame: Frame, match: re.Match[str]) -> Slots | None:
    """The unit whose names are wanted; none where they are those of the unit just asked about."""
    words = match["where"]
    if not words:
        return {}
    where = region(words) if not UNIT_END.search(words) else words
    if where and not words.endswith(where):
        return None
    return {"region": frame.original(*match.span("where"))} if where else None


def duty(frame: Frame, match: re.Match[str]) -> Slots:
    """Which form, and the days it covers, where said."""
    sent = {"sent": True} if match.groupdict().get("sent") else {}
    named = form(frame.text)
    return ({"form": named} if named else {}) | span_slots(frame.days()) | sent


def key_task(frame: Frame) -> Command | None:
    """How a key task goes on (重点工作有进展:…): a thing done, though no verb says so."""
    if not ("重点" in frame.text and TASK_GOES_ON.fullmatch(frame.core)) or TASK_ELSE.search(frame.core):
        return None
    days = frame.days()
    last = days.last if days and days.last and days.last <= frame.now.date() else frame.now.date()
    return Command("check_in", {}, SURE, "key task", (Entry("key_task", None, 1.0, last, last),))


def switch(_frame: Frame, match: re.Match[str]) -> Slots:
    """What a unit turns on or off."""
    what = "rating" if match["what"].startswith("评") else "spot_check"
    return {"what": what, "off": True} if match["do"][0] in "关停" else {"what": what}


RULES: tuple[Rule, ...] = (
    rule(
        "goal",
        r"目标.{0,6}(?:改|定|调|降|减|换|设)",
        goal,
        level=SURE,
        unless="[?吗]|怎么|如何",
        longest=60,
        beside="标",
    ),
    rule(
        "switch",
        r"(?P<do>开启|打开|启用|开通|关闭|关掉|停用|关)(?:本单位的?)?(?P<what>评(?:价|定)(?:等次)?|抽查)(?:功能)?",
        switch,
        whole=True,
        beside="评抽",
    ),
    rule(
        "behind",
        r"(?:看一看|看一?下|看看?|查看|查一?下?|要|给我|发我|列一?下?|调|那)*(?P<where>[一-鿿]{2,12}?)?(?:他们|她们)?的?(?:人员|干部|姓名|具体)?名单(?:呢|看看|看一?下|给我|发我|一下)*",
        names,
        unless="学生|队员|孩子|少年|访谈|今天|获奖|报名|参加|我的",
        level=SURE,
        whole=True,
        beside="名",
    ),
    rule(
        "spot_check",
        r"(?:看一?下|看看?|查看?|我的?|被|本单位|全[市县])*(?:的)?抽查(?:的)?(?:结果|记录|答复|核实结果|台账|清单|进展)(?:呢|怎么样|看看|出来了?吗?)*",
        whole=True,
        beside="抽",
    ),
    rule(
        "school_mix",
        r"(?:看看?|查一?下?|本单位的?|全市|全县|我们)*(?:的)?(?:蹲点|联系|驻校)?(?:的)?学校(?:的)?(?:类型)?(?:的)?(?:构成|分布|结构|类型|类型表)(?:表|情况)?",
        whole=True,
        beside="构布型",
    ),
    rule(
        "paper_help",
        r"(?:给我|来|要|发我|生成|出|看看?|一?[份个])*(?:一?[份个])?(?P<p>调研报告|报告|工作案例|案例)(?:的)?(?:骨架|框架|模板|提纲|结构)",
        lambda _f, m: {"kind": "case" if "案例" in m["p"] else "report"},
        whole=True,
        beside="架板纲构",
    ),
    rule("rules", r"(?:给我|看看?|要|发我)*调研(?:提纲|大纲|主题)", whole=True, beside="纲"),
    rule(
        "my_progress",
        r"(?:我的?|看看?|查)*(?P<past>上学期|上个学期|上一个?学期|第[一二]学期|本学年第[一二]学期)(?:我)?(?:的)?(?:进度|完成情况|(?:都|全部?)?完成了?(?:多少|哪些|没有?|吗)?|达标(?:了?没有?|了?吗)?|还?[差欠](?:多少|几[个名天次场节]|哪些|什么|啥)?|够了?(?:没有?|吗)?|呢)(?:呢|怎么样|如何)?",
        lambda _f, m: {"past": m["past"]},
        whole=True,
        beside="学",
    ),
    rule(
        "my_rating",
        r"(?:看看?|查)?我的(?:年度)?(?:评价|等次|评级)(?:等次)?|对(?:我的)?评价(?:的)?(?:有)?(?:答复|意见|说明|回复|异议).*|我对评价(?:有)?(?:答复|意见|说明|回复|异议).*",
        level=SURE,
        whole=True,
        longest=200,
        beside="评",
    ),
    rule(
        "hand_in",
        r"已(?:经)?(?P<sent>报送|上报|报出|报出去|交出|提交|报)了?.{0,16}(?:完成情况|总结|汇总|安排表|清单|报告)(?:了)?",
        duty,
        whole=True,
        unless="今天|访谈|篇",
        beside="确核已",
    ),
    rule(
        "hand_in",
        r"(?:确认|核对无误)[,:]?(?:报送)?(?:本[县区旗市盟单位]{1,2}的?)?.{0,8}(?:任务清单)?(?:完成情况|阶段性总结|年度.{0,4}汇总|工作情况汇总|调研报告)",
        duty,
        whole=True,
        beside="确核已",
    ),
    rule(
        "rules",
        r"(?:我们|本单位|单位)?(?:近期|最近|现在|接下来|还)?(?:要|有|该)?(?:哪些|什么)(?:时候)?(?:材料|东西)?(?:要|该)?(?:报送|上报)(?:的)?(?:事项|什么|哪些|材料)?|(?:我们|本单位|单位)?(?:近期|最近|现在|接下来|还)?(?:要|该)(?:报送|上报)(?:什么|哪些)(?:材料)?",
        whole=True,
        beside="报",
    ),
    rule(
        "duties",
        r"(?:报送|上报)(?:的)?(?:情况|日程|安排|更正|进度)|.{0,8}(?:报送|上报)(?:出去)?(?:了)?的(?:数字?|数据|更正)(?:和现在.{0,6}|对比|核对)?",
        duty,
        whole=True,
        unless="今天访谈|问题|反映",
        beside="报",
    ),
    rule(
        "focus_class",
        rf"(?:我的)?(?:重点|联系|重点联系)?(?:班级|的班)?[: ]?{SIZE.pattern.replace('?P<class>', '?:').replace('?P<n>', '?:')}.*|.*{OFFICERS.pattern.replace('?P<n>', '?:')}",
        sizes,
        whole=True,
        unless=r"覆盖|访谈|座谈|谈|聊|问卷|今天|昨天|听课|宣讲|见|了\d|达|参加|[?吗]|团课|讲|走访|调研|回收|发",
        beside="班干",
    ),
)
