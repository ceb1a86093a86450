"""What a leader asks and orders: a unit, those behind, one person, a school, problems, lists, grades, forms."""

from __future__ import annotations

import re
from functools import cache

from ..late import late
from .frame import Frame, pattern, span_slots
from .own import DONE
from .persons import find_name
from .rule import YIELDS, Rule, Slots, bare, rule
from .slots import form, is_name, number, region

NUM = r"\d{1,5}|[零一二三四五六七八九十百两]{1,5}"
ITEM = r"(?:问题|困难|诉求|建议|意见|事项|难题|工单|提案|小提案|反映|事情|条目|台账)"


def named(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """The person, without whom the rule does not hold."""
    name = find_name(frame)
    return {"name": name} if name else None


def of_region(frame: Frame, _match: re.Match[str]) -> Slots:
    """The region and the days, where said."""
    where = region(frame.core)
    return ({"region": as_written(frame, where)} if where else {}) | span_slots(frame.days())


def as_written(frame: Frame, words: str) -> str:
    """Words of the text as they were typed."""
    at = frame.text.find(words)
    return frame.normal.original(at, at + len(words)) if at >= 0 else words


def behind(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """The region, the activity and the audience; a question about one person is another."""
    if not ANYONE.search(frame.core) and find_name(frame):
        return None
    where = region(frame.core)
    topic = frame.topic
    if "audience" in topic and "activity" not in topic and re.search("谈|聊|访|见", frame.core):
        topic = topic | {"activity": "interview"}
    return ({"region": as_written(frame, where)} if where else {}) | topic


THOSE = pattern("(?:<short>).{0,8}的|的(?:人|同志|干部|那几)|落后|他们|那几个")
ANYONE = pattern("谁|哪|<whole>|名单|的人|人员")


def nudge(frame: Frame, match: re.Match[str]) -> Slots | None:
    """Who is to be reminded; those behind as a group are nobody by name."""
    name = find_name(frame)
    if name:
        return {"name": name}
    group = THOSE if match.groupdict().get("let") else GROUP
    return {} if group.search(frame.core) else None


GROUP = pattern(
    r"<short>|<whole>|他们|她们|那几个|那些|这些|几个|其余|剩下|剩余|其他|各|全体|大家|所有|名单上|相关|有关|催一催|催催|催一下$|催办$|统一|集体|群发|一键"
)


def some(frame: Frame, match: re.Match[str]) -> Slots:
    """How many are to be drawn."""
    many = number(match.groupdict().get("n")) if match.groupdict().get("n") not in (None, "几") else None
    found = many if many is not None else next((number(m["n"]) for m in COUNTED.finditer(frame.core)), None)
    return {"count": found} if found else {}


COUNTED = late(rf"(?P<n>{NUM})(?:条|份|个|名|人|篇|次|笔|项|位)")


def issue_status(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """Which problem, and what has become of it."""
    which = ISSUE_NUMBER.search(frame.core)
    if not which:
        return None
    found = number(next(g for g in which.groups() if g))
    rest = frame.core[: which.start()] + "," + frame.core[which.end() :]
    status = next((name for name, words in STATUSES if words.search(rest)), None)
    return {"number": found, "status": status} if status and found is not None else None


ISSUE_NUMBER = late(
    rf"{ITEM}(?:编号|序号|号|第|#|no\.?|:|的| )*({NUM})(?![件项个名位份次天场])(?:号|条)?|第?({NUM})(?:号|条|个|项)(?:的)?(?:那个|这个|那条|那项|学校|基层)?(?:的)?{ITEM}|(?:编号|序号|台账第?|#)(?:为|是|:| )*({NUM})(?:号|条)?|^(?:把|将)?第?({NUM})(?:号|条)(?!楼|的[^问困建]|到)"
)
STATUSES = (
    ("reopened", late("没(?:有)?(?:真正|完全|彻底|根本|得到)?(?:解决|办|处理|落实|整改|弄好|搞定)|未(?:真正|完全|彻底|得到)?(?:解决|办结|处理|落实)|重新(?:打开|开|办|处理|受理|激活|启动|跟进)|重开|重启|重办|再(?:办|开|打开|跟进|处理)|反弹|又(?:出现|来|坏|有|冒|犯|反)|复发|退回重|打回重|撤销(?:办结|销号|解决)|恢复(?:为)?(?:未|待)|还(?:没|未|在|是)|不算(?:解决|办结|完)|激活|改回|标回|标为未|标成未|不满意|复核不")),
    ("forwarded", late("转(?!变|眼|好)|移交|移送|交(?:由|给|办|到|教育|财政|住建)|报(?:给|送|请|到)(?!学校)|提交(?:给|到)|上报(?:给|到)|派(?:给|到|单)|分(?:派|办|给)|推(?:给|送)|流转|呈报|抄送|委托|反映给|反馈给(?!学校)|送(?:给|到|交)|找.{2,6}(?:局|办|委)|由.{2,8}(?:办理|处理|负责|承办|牵头)|让.{2,6}(?:局|委|办|会|中心|部门)")),
    ("resolved", late("解决|办结|办完|办好|办妥|销号|销账|销|处理(?:完|好|了|结|毕)?|落实|整改(?:完|到位|好|了)?|搞定|弄好|修好|完(?:成|结|毕|了|工)|结(?:案|了|办|束)|关(?:闭|掉|单|了)|已(?:回复|答复|办|结|处)|答复|回复|闭环|了结|ok|✓|到位|补齐|配齐|装好|安装|化解|协调好|好了|妥了|清零|归档|通过验收")),
)  # fmt: skip


def approval(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """Whose list, and whether it passes."""
    name = find_name(frame) or before_list(frame)
    if not name:
        return None
    return {"name": name, "approved": not REFUSED.search(frame.core)}


REFUSED = late(
    r"退(?!休)|驳|打回|不(?:批|通过|同意|行|准|合格|予|过|符合|够|可以|能过|认可)|没通过|未通过|重(?:做|写|报|新|填|拟|来)|返(?:回|工)|否|让.{1,6}改|再改|改改|改一?下|修改|补充|完善|太(?:少|虚|空|粗|简|笼统|多|高|低)|有问题|不能批|别批|拒|缓批|暂不"
)


def before_list(frame: Frame) -> str | None:
    """The name directly before 的清单."""
    match = re.search(
        r"([一-鿿·]{2,7}?)(?:同志|老师|书记)?(?:的|那份|那个|这份|报的|交的|提交的)*(?:个人)?(?:任务|工作)?清单",
        frame.core,
    )
    words = match[1] if match else ""
    for at in range(len(words)):
        if is_name(words[at:]):
            return as_written(frame, words[at:])
    return None


def grade(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """Whose grade, and which."""
    name = find_name(frame)
    said = (
        GRADE.search(
            frame.core,
            frame.core.find(name) + len(name)
            if name and GRADE.search(frame.core, frame.core.find(name) + len(name))
            else 0,
        )
        if name
        else None
    )
    return {"name": name, "rating": GRADES[said[1]]} if name and said else None


GRADE = late(r"(优秀|良好|合格|一般|优(?![先惠质点化势盟])|良(?![心种机师])|称职)")
GRADES = {"优秀": "优", "优": "优", "良好": "良", "良": "良", "合格": "合格", "一般": "一般", "称职": "合格"}


def formed(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """The form asked for, and its days."""
    which = form(frame.core) or form(frame.text)
    return {"form": which, **span_slots(frame.days())} if which else None


def summary(frame: Frame, _match: re.Match[str]) -> Slots:
    """A summary, and its days."""
    return {"form": "summary", **span_slots(frame.days())}


def handed(frame: Frame, _match: re.Match[str]) -> Slots:
    """The form handed in; a completion table where none is named."""
    return {"form": form(frame.core) or "task_list", **span_slots(frame.days())}


def asked_rule(frame: Frame, _match: re.Match[str]) -> Slots:
    """What a requirement is asked for; 蹲点 alone names the whole work."""
    slots = frame.asked
    whole = slots.get("activity") == "on_site" and not re.search("天|几|多少|周|日|算|去", frame.core)
    return {} if whole else slots


def visits(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """The school asked about, and the days."""
    if not frame.schools or re.search("哪|谁|什么|人", frame.text[frame.schools[0].start : frame.schools[0].end]):
        return None
    school = frame.schools[0]
    lead = re.match(
        r"(?:查一?下|查查|看看|看一?下|查|看|问一?下|了解一?下|那|把|给我|帮我|想知道|知道)+",
        frame.text[school.start : school.end],
    )
    start = school.start + (lead.end() if lead else 0)
    return {"school": frame.normal.original(start, school.end), **span_slots(frame.days())}


def team(frame: Frame, match: re.Match[str]) -> Slots | None:
    """A unit's figures: a region named, all of them, or several compared."""
    slots = of_region(frame, match)
    return slots if "region" in slots or WHOLE.search(frame.core) else None


WHOLE = pattern(r"<whole>|<compare>")


@cache
def rules() -> tuple[Rule, ...]:
    """Rules in order; the first that matches reads the message."""
    return (
        rule(
            "issue_update",
            rf"(?:{ITEM}|编号|序号|台账|#|^(?:把|将)?第?(?:{NUM})(?:号|条)).*",
            issue_status,
            unless=r"访谈|今天|帮|怎么|如何|导出|有几个|哪些|什么|抽查|反映问题:|条建议|个建议|个问题[:,是]|[几多]|收集|听到",
            longest=60,
        ),
        rule(
            "approve",
            r"清单|任务单|计划书|(?:批准|批复|核准|通过|同意|退回|驳回|打回)(?!我).{2,14}(?:报告|案例|申请|换.{0,3}学校)|^[^0-9我]{2,8}的?(?:调研|工作|典型)?(?:报告|案例|申请)[, ]?(?:已|可以|审核|审定)?(?:通过|批准|退回|驳回|打回)",
            approval,
            unless=r"^(?:催|提醒|喊|叫|督促|通知)|我的|我报|怎么|如何|发我|导出|下载|谁|哪些|批了没|审了没|按照|完成情况|访谈\d|宣讲\d|走访\d",
            longest=60,
        ),
        rule(
            "rate",
            r"(?:评|定|等次|等级|考核|档次|给|为|是|成|:|,|打|算|核定|拟|建议|述职|年终|年度| )+.{0,8}(?:优秀|良好|合格|一般|优|良|称职)(?:等次|等级|档|等|吧|了)*(?:$|[,。!])|(?:评优|评良)(?:$|[,。!吧])",
            grade,
            unless=r"案例|课|队员|辅导员|谁|哪|怎么|如何|不合格|情况一般|完成得|感觉|效果|大队|中队|学生|不错|[?吗]|多少",
            longest=40,
        ),
        rule(
            "hand_in",
            r"(?:确认|可以|同意|准予|批准|就|现在|正式|请|审核无误|核对无误|没问题|无误|直接|帮我|把)[^,]{0,14}(?:报送|上报|报上去|报给|报出去|报出|报市|报省|报团|交上去|提交上去|递交上去|送上去|呈报|报了吧|报吧)|(?:报送|上报|报上去|呈报|交上去)(?:吧|了吧|就行|即可|可以了)?[, ]*(?:确认|同意|没问题|无误)|(?:没问题|确认|无误|可以)[, ]*(?:了)?[, ]*(?:就)?(?:这样)?(?:报送|上报|报上去|报吧|交上去)|^(?:报送|上报)[^了已]{0,12}(?:完成情况|清单|总结|安排表|台账|汇总)(?:吧)?$",
            handed,
            unless=r"^(?:把|将)?(?:我的)?(?:任务)?清单(?:交|提交)|怎么|如何|什么时候|谁|哪些|未|没报|^通知|各单位|逾期|前报送|已[经]?(?:报|上)|报告\d|\d[篇个]|(?<!没)问题|反映|案例",
            longest=50,
        ),
        rule(
            "spot_check",
            r"抽查(?!时|中|发现|出|到|组|后|结果|的|过)(?:一下|下|看看|检查|记录|情况)?(?P<n>{NUM}|几)?|抽检|抽样(?!调查)|(?:随机|随便|任意|任|随手)(?:地)?(?:抽|挑|选|看|取|查|调|拉|点|给)(?:取|出|看|查|检|一下|上|我)?(?:.{{0,4}}?(?P<n2>{NUM}|几)(?:条|份|个|笔|项|篇)|看看|记录|$)|抽(?:取|出|看|上|个)?(?:{NUM}|几)(?:条|份|笔|个(?!学|队|老|孩|班|中))|(?:核查|核实|复核|检查|查验|督查|查)(?:一下|下)?(?:{NUM}|几)(?:条|笔|份)|抽几条|抽(?:一抽|抽看|点)".replace(
                "{NUM}", NUM
            )
            .replace("{{", "{")
            .replace("}}", "}"),
            some,
            unless=r"访谈|队员|学生|被抽|我被|怎么|如何|名[^单]|谈了|聊|问卷|听课|背诵|知识|作业|提问",
            longest=40,
        ),
        rule(
            "export",
            r"(?:导出|导(?:一下|个|份|成)|下载|打印|输出|生成|出(?=个|一份|份|一个|张|一张|.{0,6}(?:表|台账|简报|总结|报表))|制作|做(?=个|一份|份|一个|成|张|出|好)|拉(?=个|一份|份|一个|一下|出|张)|整理(?!了)|汇总(?=成|一份|个|出)|要(?=一份|个|份|一个|张|.{0,8}(?:表|台账|总结|小结))|来(?=一份|份|个|一个|张|段|一段)|发(?:我|给我|一下|一份|个|送|下|过来|份)|给(?:我|咱)?(?:来|发|导|弄|整|做|出|拉|写|生成|拟)?(?:一?[份个张段]|一下)?|弄(?=个|一份|份|一个|张|成|出)|整(?=个|一份|份|一个|张)|形成(?=一份|个|份)|写(?=个|一份|份|一个|段|一段|篇|一篇|成|一下|.{0,6}(?:总结|小结|汇报|述职|简报))|拟(?=个|一份|份)|润色|用.{0,8}记录|把.{0,20}(?:导|发|打|给|拉|做|写|整|汇)).{0,24}",
            formed,
            unless=r"怎么|如何|咋|谁|问卷|学生|队员.{0,4}\d|写好|写完|写了|交了|已|我的数据|任务清单(?:弄|写|交)|批准|退回|确认报|提醒|每周|每天|批了|终于|我的?(?:个人)?(?:任务)?清单|(?:制定|起草|拟定|做个|做一个|写个|填)(?:个人|我的|一份|一个|个)?(?:任务)?清单|要求|意见|给我提|昨天记|记录(?:看看|瞧瞧|看一下|列|翻)|看看|情况给我看",
            longest=70,
        ),
        rule(
            "export",
            r"一?段(?:话|文字)|直接转|转群|(?:可以|能|方便|好|拿来)(?:直接)?(?:转发|发群|发给领导|复制|汇报|用)(?:的|到|给)|(?:总结|小结|汇报|述职|简报|材料|简讯|体会)(?:材料|报告|稿)?.{0,6}(?:帮|替|给)(?:我|俺)?(?:写|弄|整|拟|起草|润色|改|生成|出)|(?:帮|替)(?:我|俺)?.{0,8}(?:写|弄|整理?|拟|起草|润色|改写|概括|归纳|总结|提炼|缩写|扩写)(?:一下|下|成|个|段|份|一段|一份|篇|一篇|我的|本|这|今天|昨天|上|材料|记录|得|好)|(?:总结|归纳|概括|提炼|润色)(?:一下|下)(?:我|本|这|今天|昨天|上|的|吧|$)",
            summary,
            unless=r"怎么|如何|谁|建议|反映|学生|任务清单|安排表|报告怎么|开会|开总结",
            longest=60,
        ),
        rule(
            "export",
            r"^(?:全市|全县|全区|本单位|单位|我们)?(?:的)?(?:今年|去年|本学期|这学期|上学期|本月|上个?月|\d+月份?|[一二三四五六七八九十]+月份?|一季度|二季度|三季度|四季度|上半年|下半年|年度|学期|月度)?(?:的)?(?:工作台账|台账|台帐|安排表|工作安排表|驻校安排表|蹲点安排表|月度完成情况表|统计报表|报表|年度总结|半年总结|工作总结|月报|周报|述职材料)(?:表格|表|电子版|文件|呢|excel|下载)?$",
            formed,
            longest=30,
        ),
        rule(
            "issue_list",
            rf"(?:把|将).{{0,6}}{ITEM}.{{0,4}}(?:列|拉|调|发|给|翻|汇总|找|报|整理)|{ITEM}(?:台账|台帐|清单|列表|汇总|(?:办理|处理|解决|整改|落实)(?:的)?(?:情况|进度|进展)|库|目录|表|明细|一览)|(?:未|没|没有|尚未|还没|待|没能|还未)(?:得到)?(?:解决|办结|办理|处理|办|销号|落实|答复|回复|整改|关闭|转办)(?:完|好|掉)?(?:的)?.{{0,4}}(?:{ITEM})|(?:{ITEM}).{{0,8}}(?:没|未|还没|待|尚未)(?:有)?(?:得到)?(?:解决|办结|办理|处理|办|销号|落实|答复|回复|整改|转办)(?:的)?.{{0,6}}$|(?:有|都|收到|提|反映|存在|积压|遗留|集中|主要|最近|新|收集)(?:了|过|的|出|上来|上|到)*(?:哪些|什么|啥|多少|几个|几条|几件)(?:新|老)?(?:的)?{ITEM}|(?:哪些|什么|啥|几个|多少|几条|几件)(?:个|条)?(?:的)?{ITEM}.{{0,10}}(?:没|未|待|办结|解决|处理|上来|反映|[?]?$)|{ITEM}(?:都|主要|一共|现在|还|目前)?(?:有|是)?(?:哪些|哪几|什么|啥|多少|几个|几条|几件)|(?:列|看|查|调|拉|翻|显示|汇总|统计|梳理|打开|给我|发我|报)[^,]{{0,12}}(?:{ITEM})(?:列表|台账|情况|汇总|给我|一下|列|出来|看看|吧|都|发|了)*$|(?:各|基层|下面|学校|大家|同志们?|老师们?|辅导员们?|全)[^,]{{0,8}}(?:提|反映|上报|反馈|报|收集|报上来|提上来)(?:来|了|过|上来|到|的)*(?:的)?(?:{ITEM}|困难和建议|问题和建议).{{0,8}}(?:啥|什么|哪些|列|看|汇|有|给|多少|$)",
            bare,
            unless=r"怎么(?!样)|如何|我(?:要|想)?反映|反映(?:一个|个)?问题:|[:：]|访谈|宣讲|今天|座谈|希望|建议(?:增|改|把|多|给|让|加|学)|没有?问题$|投诉",
            longest=46,
        ),
        rule(
            "nudge",
            r"(?:^|[,。 ]|帮我|给我|你|请|去|再|替我|辛苦|麻烦|赶紧|挨个|统一|一键|群发|集体|批量|顺便)(?:催(?:促|办|一催|催|一下|下|问|他|报|交)*|提醒(?:一下|下|提醒|他|她)*|督促(?:一下|下)*|敲打(?:一下|敲打)*|叮嘱|通知(?:一下|下)*|(?P<let>叫|让|喊|请(?!转|协|有|相|上|领|问))(?=[^我俺你您])|盯(?:一下|着|紧)*|点一下|@|艾特|告诉|转告|跟.{2,6}说(?:一声|一下|声|说)|和.{2,6}说(?:一声|一下)|给.{2,14}(?:发|打|提|带|留|捎)(?:个|一个|一条|条|一下)?(?:消息|信息|提醒|通知|电话|话|短信|言|微信|个话|醒|招呼|声招呼)|发(?:个|一个|一条|条|一下)?(?:消息|信息|提醒|通知|短信|催办|私信)(?:给|叫|让|提醒|催|通知|,))(?![我俺]).{0,24}|(?:把|给|对|将)[^我]{2,16}(?:催|提醒|督促|敲打|通知)(?:一下|一遍|催|下|一催|醒)*$|^(?:催办|催一催|催催|催一下|催)$|[一-鿿]{2,6}(?:那边|那儿|那里)?(?:该|得|需要)?(?:催|提醒)(?:一下|催|下|了|一催)",
            nudge,
            unless=r"提醒我|叫我|喊我|催我|通知我|让我|怎么|如何|为什么|为啥|别催|不用催|不要催|谢谢提醒|队员.{0,3}名|访谈了|学生(?:们)?(?!.{0,3}访谈)|家长|每天|每周|我的清单|清单(?:给|发)|问题\d|\d号问题|点提醒|孩子|让.{2,6}(?:局|办|委|部门)|反映|建议|希望|^通知[:,]|^\[|取件|领取|消费|谨防|诈骗|播出|停水|停电|居民|广大|天气|市民",
            longest=40,
        ),
        rule(
            "school_visits",
            r"(?:去|到|来|下|被|蹲|驻|访|走|跑|进|联系|跟进|覆盖|有人|谁).{0,8}(?:几|多少|谁|吗|没有|过没|了没|哪|有没有|何时|什么时候|频率)|(?:几|多少|谁|有没有人|有人|哪些人|哪几个人|有没有)(?:个|位)?.{0,8}(?:去|到|来|下|蹲|驻|走|跑|进|负责|联系)|(?:驻校|蹲点|蹲班|到校|走访|入校|联系|服务)(?:的)?(?:情况|天数|次数|记录|进度|频次|时间)",
            visits,
            unless=r"^(?:我|俺|今天|昨天|明天)(?!们)|我(?:的|去|到|在|蹲)|访谈了|怎么去|要求|还没|没去过|没有去|一次都|哪些学校|几名|多少名|听课\d|反映|建议|几点|路怎么",
            longest=46,
        ),
        rule(
            "rules",
            RULES,
            asked_rule,
            unless=r"<self>.{0,4}(?:还|已|现在|差|欠|缺|够了|够不够|完成|提醒|任务清单)|还差|还欠|还剩|谁|哪些人|要求(?:我们|他们)?(?:增|改|把)|反映|建议|希望|诉求|提醒|打算|按(?:照)?要求|根据要求|符合要求|问题台账|清单|全县|全市|各县|扣|那次|(?:{DONE})(?!.*[吗么不?]$)".replace(
                "{DONE}", DONE
            ),
            longest=40,
        ),
        rule(
            "rules",
            COUNTS,
            asked_rule,
            unless=r"扣|那次|了(?=[,。! ]|$)|\d名|\d个|今天|昨天|刚才|上午|下午|谁|哪些人",
            longest=40,
        ),
        rule("rules", COUNTS, asked_rule, unless=r"扣|那次|谁|哪些人", level=YIELDS, longest=40),
        rule(
            "behind",
            "(?:都|具体|分别|那|这)?(?:都)?(?:是|有)?(?:哪几位|哪些人|哪几个人|哪位|谁|哪些同志|哪几名)",
            bare,
            whole=True,
        ),
        rule(
            "behind",
            r"<who>.{0,20}(?:<short>)|(?:<short>).{0,16}<who>|(?:<short>)的?(?:同志|干部|人|人员|单位|伙计|团干|那些人|那几个|名单)?.{0,6}(?:名单|列|拉|筛|挑|找|给我|发我|有谁|是谁|哪些|都有|看看|报|有没有|几个|多少)|(?:把|将|给我|列|拉|筛|看看|有没有|找出?|查|显示)[^,]{0,12}(?:<short>)(?:的|任务|访谈|宣讲).{0,10}|(?:落后|掉队|滞后|未完成|没完成|未达标|没达标|不达标|未开始|没开始|未启动|没动)(?:的)?(?:名单|人员|情况|列表|同志)?$|(?:进度|完成|工作).{0,4}(?:慢|差|落后|滞后|靠后|垫底)的?.{0,6}",
            behind,
            unless=r"(?<![给发帮])我(?!们|市|县|区|旗|省|看|要|想|校)|提醒(?!过)|催|问题|建议|困难|怎么办|学生.{0,3}(?:没|缺)|缺少|缺乏|为什么|排名|学校(?!.{0,4}(?:去|到|访|蹲|驻))(?:没|未)|今天没|我的清单|哪个?(?:县|区|市|旗)|哪几个(?:县|区|市|旗|单位)|哪些(?:县|区|市|旗|单位|学校)|红领巾|经费|队员们没|反映|希望|访谈了|宣讲了|听课了|[0-9一二三四五六七八九十]名(?!单)",
            longest=46,
        ),
        rule(
            "team_progress",
            r"<compare>",
            team_or_all,
            unless=r"(?<![给发帮])<self>(?!们|县|市|区|旗|省|盟)|至少|最少(?:要|得)|最多(?:能|可)|反映|建议|访谈了|我的|学生|孩子|队员[^访]{0,4}(?:最|说)|今天|最好(?:能|是)|问题|困难|(?<!排)[名个场]$|课|印象",
            longest=46,
        ),
        rule(
            "person_progress",
            r"^(?:<view>|[,的]|一下)+[^,。?]{2,14}$|<progress>|<how>|<short>|有没有|了没|了吗|几天|去了|情况",
            one,
            unless=r"^困难|(?<![给发帮])<self>(?!们|看|查|要|想|了解|瞅|瞧|翻|一眼|一下|说说|发|$)|谁|哪些|清单|评优|提醒|催|学校(?:反映|没|缺)|反映|建议|天气|访谈了\d|宣讲了\d|今天(?!.{0,6}(?:吗|没|没有|去了几))|名[,。]|希望|问题|怎么(?!样)|为什么|[，,].{8,}",
            longest=36,
        ),
        rule(
            "team_progress",
            r"<progress>|<how>|<view>.{0,8}$|情况|怎么样|多少|几",
            team,
            unless=r"(?<![给发帮])<self>(?!们|看|查|要|想|市|县|区|旗|省|盟|了解|瞅|瞧|翻|校|单位)|清单|反映|建议|要求|访谈了\d|宣讲了\d|希望|问题|困难|座谈|听课\d|为什么|怎么(?!样)|今天(?:去|到|访|在)|到校|[，,].{12,}",
            longest=46,
        ),
    )


COUNTS = r"(?:能不能|可不可以|可以|能|也|是否|是不是|会不会|要不要|还|都|这|那)?(?:算不算|(?<!不)算数(?:吗|不|么|没)|算(?:是|作|成|个|一)?.{0,8}(?:吗|么|不$|嘛)|(?<!不)能算(?!完成)|作数(?:吗|不)|计不计|计入(?:吗|不)?|计数吗|认不认|认可(?:吗|不)|有效(?:吗|不)|合规(?:吗|不)|符合(?:要求|规定)吗|行得通|计分吗|抵(?:吗|扣|不抵)|折算|能抵|顶替|代替(?:吗|不)|可以代)"
RULES = (
    r"(?:有|是|都有|具体)?(?:什么|哪些|啥|何|怎样的|多少|哪几项|没有|无)(?:具体|硬性|明确|数量|基本|最低)?(?:的)?(?:要求|规定|标准|指标|任务量|考核|条件|门槛|规矩|限制|纪律|注意事项|说法)|(?:要求|规定|标准|指标|任务量|任务数|考核标准|目标|定额|政策|文件规定|达标线|合格线)(?:是|有|都|具体|到底|怎么|又)?(?:是)?(?:什么|啥|多少|几|哪些|怎样|怎么规定|咋定|如何|几个|有哪些)|^(?:蹲点|驻校|访谈|宣讲|任务|工作|考核|蹲班|达标|合格|评优)?(?:的)?(?:要求|规定|标准|任务要求|指标|任务指标|考核标准|达标标准|规则|政策|任务标准|工作要求)$|"
    r"(?:要|得|需要?|须|应该?|必须|至少|最少|最低|规定|要求|得要|一学期|每学期|一个学期|这学期|每年|一年|每月|一个月|每人|一个人|每个人|总共|一共|该)(?:得|要|需要|应|去|做|搞|谈|开展|完成|写|讲|听|交|发|访|达到|有|够|驻|蹲|访谈|宣讲|座谈|听课|联系|结对|驻校|蹲点|队员|辅导员|学生|老师|家长|团干部|问卷|报告|案例|调研报告|团课|个|到校|下校|进校|满|是|安排|走访|办|推)*(?:多少|几)(?:个|名|场|次|天|篇|份|人|件|项|节|位|所|趟|条|小时)?.{0,12}(?:才|够|算|达标|合格|行|可以|啊|呢|呀|$|队员|辅导员|学生|校|团|家长|老师|报告|案例|宣讲|访谈|问卷|课)|"
    r"(?:多少|几)(?:个|名|场|次|天|篇|份|人|件|节|位|所).{0,8}(?:才|就)(?:够|算|行|达标|合格|可以|能|完成|是)|(?:最少|至少|最低).{0,5}(?:多少|几)|(?:有没有|有无).{0,6}(?:要求|规定|指标|标准|限制)|(?:应该|要|得|需要|必须)(?:做|干|完成)(?:些)?(?:哪些|什么|啥)(?:工作|事|任务|活)?|"
    r"(?:怎么|如何|咋|怎样|啥样|什么样|什么)(?:才)?(?:的)?(?:算|叫|计|认定|界定|折算|统计口径)(?:是|作|成|完成|达标|合格|一天|半天|一次|一场|入|数|有效|访谈|蹲点|驻校)?|什么(?:时候|时间)(?:截止|交|报送|报|到期|必须|之前)|(?:截止|最后|最晚|最迟|到期)(?:日期|时间|期限|是)?(?:是)?(?:哪天|什么时候|几号|啥时候|多久|几月)|必须.{0,10}(?:吗|不|么)$|(?:要|用|需要|得|能|可以|允许|必须|非得|一定要?)(?:不要|不用)?(?!.*(?:全部|按时|都能|完成任务|年底|期末)).{0,12}(?:吗|么)$"
)


def team_or_all(frame: Frame, match: re.Match[str]) -> Slots | None:
    """Comparisons and forecasts, of a unit or of all, unless one person is meant."""
    slots = of_region(frame, match)
    return slots if "region" in slots or UNITS.search(frame.core) else None


UNITS = pattern(
    r"<whole>|<progress>|谁|哪|排个|排序|排名|名次|排行|排位|环比|同比|对比|相比|前三|前几|年底|期末|一览|和.{1,8}比"
)


def one(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """One person, who is no region."""
    name, where = find_name(frame), region(frame.core)
    if name and where and (name in where or where.startswith(name)):
        return None
    return {"name": name} if name else None
