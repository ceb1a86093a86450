"""What an office sets and looks up: a person's goal, switches, class sizes, duties of a unit, skeletons of papers."""

from __future__ import annotations

import re

from ..late import late
from ..meaning import Entry
from .frame import Frame, span_slots
from .items import NUM
from .persons import find_name
from .rule import LAST, Command, Rule, Slots, fixed, rule
from .slots import form, is_name, number, region

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


TAKE = r"(?:请|帮我|给我|把|将|我要|想要|要|再)*(?:导出?|下载|打印|生成|输出|拉|打包|做|发|给|来)(?:我|出|给我|一?下|一?[份张个])*"
TAKEN = r"(?:表格?|文件|word|excel|docx|电子版|文档|一?份|给我|发我|下载|导出来?|打印|出来|打包|做成)*"
SHEET = r"(?:年度(?:工作|汇总|情况|蹲点|驻校)*(?:表|台账|台帐)|个人(?:工作)?(?:年表|台账|台帐|汇总表))"
KEEPING = r"(?:(?:年度|工作|全年)+(?:档案|归档|存档)|归档|存档)"
NOT_NAMES = late(
    r"^(?:今年|去年|前年|本人|自己|我自己|我|全[市县区旗盟省体]|\d{4}年|\d{2}年|的|个人|每个?人|所有人?|各人|大家)+|的$|(?:今年|去年|\d{4}年)$"
)


def sheet(frame: Frame, match: re.Match[str]) -> Slots:
    """Whose form, where one is named, and of which days."""
    words = NOT_NAMES.sub("", NOT_NAMES.sub("", match.groupdict().get("whose") or ""))
    at = frame.text.find(words) if words and is_name(words) else -1
    named = {"name": frame.normal.original(at, at + len(words))} if at >= 0 else {}
    kind = form(frame.text)
    return ({"form": kind} if kind else {}) | span_slots(frame.days()) | named


def key_task(frame: Frame) -> Command | None:
    """How a key task goes on (重点工作有进展:…): a thing done, though no verb says so."""
    if not ("重点" in frame.text and TASK_GOES_ON.fullmatch(frame.core)) or TASK_ELSE.search(frame.core):
        return None
    days = frame.days()
    last = days.last if days and days.last and days.last <= frame.now.date() else frame.now.date()
    return Command("check_in", {}, SURE, "key task", (Entry("key_task", None, 1.0, last, last),))


def rules() -> tuple[Rule, ...]:
    """Tried before all others: none of these words tells of work done."""
    return (
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
            r"(?:开启|打开|启用|开通)(?:本单位的?)?评(?:价|定)(?:等次)?(?:功能)?",
            fixed(what="rating"),
            whole=True,
            beside="评抽",
        ),
        rule(
            "switch",
            r"(?:关闭|关掉|停用|关)(?:本单位的?)?评(?:价|定)(?:等次)?(?:功能)?",
            fixed(what="rating", off=True),
            whole=True,
            beside="评抽",
        ),
        rule(
            "switch",
            r"(?:开启|打开|启用|开通)(?:本单位的?)?抽查(?:功能)?",
            fixed(what="spot_check"),
            whole=True,
            beside="评抽",
        ),
        rule(
            "switch",
            r"(?:关闭|关掉|停用|关)(?:本单位的?)?抽查(?:功能)?",
            fixed(what="spot_check", off=True),
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
            "export",
            r"(?:全[市县区旗盟省]|本单位|我们|单位|我)?(?:的)?(?:今年|去年|本学期|这学期|上学期|本月|上个?月|\d{4}年|上半年|下半年)?(?:的)?"
            r"(?:年度|半年|阶段性?|学期|年终)?(?:工作)?(?:总结|述职材料|述职报告)(?:材料|初稿|草稿|文件)?",
            sheet,
            whole=True,
            longest=24,
            beside="结职",
        ),
        rule(
            "export",
            rf"(?:{TAKE})?(?P<whose>[^,。?!;:\d]{{0,14}}?)(?:的)?(?:今年|去年|\d{{4}}年)?(?:的)?{SHEET}{TAKEN}",
            sheet,
            unless="怎么|如何|填|交了|学生|队员|访谈|问题",
            level=SURE,
            whole=True,
            longest=40,
            beside="年人",
        ),
        rule(
            "export",
            rf"{TAKE}[^,。?!;:]{{0,14}}?(?:工作|年度|全年)*(?:的)?(?:档案|归档|存档){TAKEN}|(?:本单位|全[市县区旗]|我们|今年|去年)*(?:的)?{KEEPING}{TAKEN}",
            sheet,
            unless="怎么|如何|学生|团员|队员|查阅|查看|建档|已经|[了过]$",
            level=SURE,
            whole=True,
            longest=40,
            beside="档",
        ),
        rule(
            "export",
            rf"(?:请|帮我|给我)*(?:导出|下载|打印)(?:一?[份个])?(?:我的)?(?:调研报告|报告|工作案例|案例)(?:的)?(?:骨架|框架|模板|提纲|结构|初稿){TAKEN}"
            r"|(?:把|将)?(?:我的)?(?:调研报告|报告|工作案例|案例)(?:的)?(?:骨架|框架|提纲|结构)(?:做成|导成|导出|下载|要|发我|转成)*(?:word|文档|文件|docx|电子版|下载|导出)",
            sheet,
            level=SURE,
            whole=True,
            longest=40,
            beside="架板纲构稿",
        ),
        rule(
            "export",
            rf"(?:请|帮我|给我)*(?:导出|下载|打印).{{0,10}}学校(?:的)?(?:类型)?(?:构成|分布|结构|类型){TAKEN}",
            sheet,
            level=SURE,
            whole=True,
            longest=40,
            beside="构布型",
        ),
        rule(
            "export",
            r"^(?:请|帮我|给我|帮忙)*(?:导出|下载)[^,。?!;\n]{2,24}$",
            sheet,
            unless="怎么|如何|我的?(?:数据|信息|资料)|数据|学生|队员|名册|绑定码",
            level=LAST,
            longest=40,
            beside="导下",
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
            r"(?:我的?|看看?|查)*(?P<past>上学期|上个学期|上一个?学期|第[一二]学期|本学年第[一二]学期)(?:我)?(?:的)?(?:进度|完成情况|完成了?(?:多少|哪些|没有?)?|达标(?:了?没有?|了?吗)?|呢)(?:呢|怎么样|如何)?",
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
