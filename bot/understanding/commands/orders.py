"""What a leader orders: problems, lists and grades settled, forms, spot checks, nudges."""

from __future__ import annotations

import re

from ..late import late
from .frame import Frame, pattern, span_slots
from .items import ITEM, NUM
from .persons import find_name, whom
from .rule import SURE, Rule, Slots, rule
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
        "export",
        r"一?段(?:话|文字|述职|总结|小结|汇报|材料)|[几两三]句话|直接转|转群|(?:可以|能|方便|好|拿来)(?:直接)?(?:转发|发群|发给领导|复制|汇报|用)(?:的|到|给)|(?:总结|小结|汇报|述职|简报|材料|简讯|体会)(?:材料|报告|稿)?.{0,6}(?:帮|替|给)(?:我|俺)?(?:写|弄|整|拟|起草|润色|改|生成|出)|(?:帮|替)(?:我|俺)?.{0,8}(?:写|弄|整理?|拟|起草|润色|改写|概括|归纳|总结|提炼|缩写|扩写)(?:一下|下|成|个|段|份|一段|一份|篇|一篇|我的|本|这|今天|昨天|上|材料|记录|得|好)|(?:总结|归纳|概括|提炼|润色)(?:一下|下)(?:我|本|这|今天|昨天|上|的|吧|$)",
        summary,
        unless=r"怎么|如何|谁|建议|反映|学生|任务清单|安排表|报告怎么|开会|开总结",
        longest=60,
    ),
)
