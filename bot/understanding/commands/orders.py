"""What a leader orders: problems, lists and grades settled, forms, spot checks, nudges."""

from __future__ import annotations

import re

from ..late import late
from .frame import Frame, pattern, span_slots
from .items import ITEM, NUM
from .persons import find_name, whom
from .rule import SURE, Rule, Slots, bare, rule
from .slots import form, is_name, number


def as_written(frame: Frame, words: str) -> str:
    """Words of the text as they were typed."""
    at = frame.text.find(words)
    return frame.normal.original(at, at + len(words)) if at >= 0 else words


THOSE = pattern("(?:<short>).{0,8}的|的(?:人|同志|干部|那几)|落后|他们|那几个")


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


COUNTED = late(rf"(?P<n>{NUM})(?:条|份|个|名|人|篇|笔|项|位)")


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
    ("forwarded", late("转(?!变|眼|好)|移交|移送|交(?:由|给|办|到|教育|财政|住建)|报(?:给|送|请|到)(?!学校)|提交(?:给|到)|上报(?:给|到)|派(?:给|到|单)|分(?:派|办|给)|推(?:给|送)|流转|呈报|抄送|委托|反映给|反馈给(?!学校)|送(?:给|到|交)|找.{2,6}(?:局|办|委)|请.{2,8}?(?:办|处理|解决|协调|跟进|研究)$|由.{2,8}(?:办理|处理|负责|承办|牵头)|让.{2,6}(?:局|委|办|会|中心|部门)")),
    ("resolved", late("解决|办结|办完|办好|办妥|销号|销账|销|处理(?:完|好|了|结|毕)?|落实|整改(?:完|到位|好|了)?|搞定|弄好|修好|完(?:成|结|毕|了|工)|结(?:案|了|办|束)|关(?:闭|掉|单|了)|已(?:回复|答复|办|结|处)|答复|回复|闭环|了结|ok|✓|到位|补齐|配齐|装好|安装|化解|协调好|好了|妥了|清零|归档|通过验收")),
)  # fmt: skip


def approval(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """Whose list, and whether it passes."""
    name = find_name(frame) or before_list(frame)
    if not name:
        return None
    return {"name": name, "approved": not REFUSED.search(frame.core)}


REFUSED = late(
    r"退(?!休)|驳|打回|不(?:批|通过|同意|行|准|合格|予|过|符合|够|可以|能过|认可)|没通过|未通过|重(?:做|写|报|新|填|拟|来)|返(?:回|工)|否|让.{1,6}改|再改|改改|改一?下|修改|补充|完善|太(?:少|虚|空|粗|简|笼统|多|高|低)|有问题|不能批|别批|拒|缓批|暂不|回炉|没写|没填|漏了|空着|不全"
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


def grade(frame: Frame, _match: object = None) -> Slots | None:
    """Whose grade, and which."""
    name = whom(frame)
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
    if name and said:
        return {"name": name, "rating": GRADES[said[1]]}
    told = GRADED.match(frame.core)
    return {"name": told["name"], "rating": GRADES[told["grade"]]} if told and frame.core[:2] not in UNNAMED else None


GRADED = late(
    r"(?P<name>[一-鿿]{2,4}?)(?:同志)?(?:今年|年度)?(?:评|定|核定|评定|考核)(?:为|成)(?P<grade>优秀|良好|合格|优|良)"
)
UNNAMED = frozenset(
    ("总体", "整体", "我们", "他们", "全县", "全市", "本次", "今年", "活动", "学校", "效果", "单位", "考核", "年度")
)
GRADE = late(r"(优秀|良好|合格|一般|优(?![先惠质点化势盟])|良(?![心种机师])|称职)")


GRADES = {"优秀": "优", "优": "优", "良好": "良", "良": "良", "合格": "合格", "一般": "一般", "称职": "合格"}


def formed(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """The form asked for, and its days."""
    which = form(frame.core) or form(frame.text)
    return {"form": which, **past(frame)} if which else None


def past(frame: Frame) -> Slots:
    """The days a paper covers; a day to come is when it is wanted."""
    days = frame.days()
    ahead = days is not None and days.first is not None and days.first > frame.now.date()
    return {} if ahead else span_slots(days)


def summary(frame: Frame, _match: re.Match[str]) -> Slots:
    """A summary, and its days."""
    return {"form": "summary", **past(frame)}


def handed(frame: Frame, _match: re.Match[str]) -> Slots:
    """The form handed in; a completion table where none is named."""
    return {"form": form(frame.core) or "task_list", **past(frame)}


RULES: tuple[Rule, ...] = (
    rule(
        "issue_update",
        rf"(?:{ITEM}|编号|序号|台账|#|^(?:把|将)?第?(?:{NUM})(?:号|条)).*",
        issue_status,
        unless=r"访谈|今天|帮|怎么|如何|导出|有几个|哪些|什么|抽查|反映问题:|条建议|个建议|个问题[:,是]|[几多]|收集|听到",
        longest=60,
        level=SURE,
    ),
    rule(
        "approve",
        r"清单|任务单|计划书|(?:批准|批复|核准|通过|同意|退回|驳回|打回)(?!我).{2,14}(?:报告|案例|申请|换.{0,3}学校)|^[^0-9我]{2,8}的?(?:调研|工作|典型)?(?:报告|案例|申请)[, ]?(?:已|可以|审核|审定)?(?:通过|批准|退回|驳回|打回)",
        approval,
        unless=r"^(?:催|提醒|喊|叫|督促|通知)|我的|我报|怎么|如何|发我|导出|下载|谁|哪些|批了没|审了没|按照|完成情况|访谈\d|宣讲\d|走访\d",
        longest=60,
        level=SURE,
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
        r"(?:导出|导(?:一下|个|一?份|成)|下载|打印|输出|生成|出(?=个|一份|份|一个|张|一张|.{0,6}(?:表|台账|简报|总结|报表))|制作|做(?=个|一份|份|一个|成|张|出|好)|拉(?=个|一份|份|一个|一下|出|张)|整理(?!了)|汇总(?=成|一份|个|出)|要(?=一份|个|份|一个|张|.{0,8}(?:表|台账|总结|小结))|来(?=一份|份|个|一个|张|段|一段)|发(?:我|给我|一下|一份|个|送|下|过来|份)|给(?:我|咱)?(?:来|发|导|弄|整|做|出|拉|写|生成|拟)?(?:一?[份个张段]|一下)?|弄(?=个|一份|份|一个|张|成|出)|整(?=个|一份|份|一个|张)|形成(?=一份|个|份)|写(?=个|一份|份|一个|段|一段|篇|一篇|成|一下|.{0,6}(?:总结|小结|汇报|述职|简报))|拟(?=个|一份|份)|润色|用.{0,8}记录|把.{0,20}(?:导|发|打|给|拉|做|写|整|汇)).{0,24}",
        formed,
        unless=r"怎么|如何|咋|谁|问卷|学生|队员.{0,4}\d|写好|写完|写了|交了|已|我的数据|任务清单(?:弄|写|交)|批准|退回|确认报|提醒|每周|每天|批了|终于|我的?(?:个人)?(?:任务)?清单|(?:制定|起草|拟定|做个|做一个|写个|填)(?:个人|我的|一份|一个|个)?(?:任务)?清单|要求|意见|给我提|昨天记|^(?:给我|帮我)?(?:查|看)|记录(?:看看|瞧瞧|看一下|列|翻)|看看|给看|情况给我看",
        longest=70,
    ),
    rule(
        "export",
        r"一?段(?:话|文字|述职|总结|小结|汇报|材料)|[几两三]句话|直接转|转群|(?:可以|能|方便|好|拿来)(?:直接)?(?:转发|发群|发给领导|复制|汇报|用)(?:的|到|给)|(?:总结|小结|汇报|述职|简报|材料|简讯|体会)(?:材料|报告|稿)?.{0,6}(?:帮|替|给)(?:我|俺)?(?:写|弄|整|拟|起草|润色|改|生成|出)|(?:帮|替)(?:我|俺)?.{0,8}(?:写|弄|整理?|拟|起草|润色|改写|概括|归纳|总结|提炼|缩写|扩写)(?:一下|下|成|个|段|份|一段|一份|篇|一篇|我的|本|这|今天|昨天|上|材料|记录|得|好)|(?:总结|归纳|概括|提炼|润色)(?:一下|下)(?:我|本|这|今天|昨天|上|的|吧|$)",
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
        rf"{ITEM}.{{0,4}}(?:解决|办结|处理|办完|落实)(?:完)?了?(?:吗|没|没有)$|(?:未|没)(?:解决|办结|处理|办)的.{{0,4}}(?:列|发|看|有|给|调)|(?:把|将).{{0,6}}{ITEM}.{{0,4}}(?:列|拉|调|发|给|翻|汇总|找|报|整理)|{ITEM}(?:台账|台帐|清单|列表|汇总|(?:办理|处理|解决|整改|落实)(?:的)?(?:情况|进度|进展)|库|目录|表|明细|一览)|(?:未|没|没有|尚未|还没|待|没能|还未)(?:得到)?(?:解决|办结|办理|处理|办|销号|落实|答复|回复|整改|关闭|转办)(?:完|好|掉)?(?:的)?.{{0,4}}(?:{ITEM})|(?:问题|困难|诉求|事项|难题).{{0,8}}(?:没|未|还没|待|尚未)(?:有)?(?:得到)?(?:解决|办结|办理|处理|办|销号|落实|答复|回复|整改|转办)的.{{0,6}}$|^(?:目前|现在|全县|全市|还有|有)*(?:哪些|什么|几个|多少)?(?:个|条)?(?:的)?{ITEM}(?:还|都|现在)?(?:没|未|待|尚未)(?:有)?(?:解决|办结|办理|处理|办|落实|整改)$|(?:有|都|收到|提|反映|存在|积压|遗留|集中|主要|最近|新|收集)(?:了|过|的|出|上来|上|到)*(?:哪些|什么|啥|多少|几个|几条|几件)(?:新|老)?(?:的)?{ITEM}|(?:哪些|什么|啥|几个|多少|几条|几件)(?:个|条)?(?:的)?{ITEM}.{{0,10}}(?:没|未|待|办结|解决|处理|上来|反映|[?]?$)|{ITEM}(?:都|主要|一共|现在|还|目前)?(?:有|是)?(?:哪些|哪几|什么|啥|多少|几个|几条|几件)|(?:列|看|查|调|拉|翻|显示|汇总|统计|梳理|打开|给我|发我|报)[^,]{{0,12}}(?:{ITEM})(?:列表|台账|情况|汇总|给我|一下|列|出来|看看|吧|都|发|了)*$|(?:各|基层|下面|学校|大家|同志们?|老师们?|辅导员们?|全)[^,]{{0,8}}(?:提|反映|上报|反馈|报|收集|报上来|提上来)(?:来|了|过|上来|到|的)*(?:的)?(?:{ITEM}|困难和建议|问题和建议).{{0,8}}(?:啥|什么|哪些|列|看|汇|有|给|多少|$)",
        bare,
        unless=r"怎么(?!样)|如何|我(?:要|想)?反映|反映(?:一个|个)?问题:|[:：]|访谈|宣讲|今天|座谈|希望|建议(?:增|改|把|多|给|让|加|学)|没有?问题$|投诉",
        longest=46,
    ),
)
