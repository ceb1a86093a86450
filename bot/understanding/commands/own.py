"""What a cadre asks for himself: progress, records, lists, papers, a picture, practice."""

from __future__ import annotations

import re

from ..late import late
from .frame import Frame, span_slots
from .persons import find_name
from .rule import SURE, Rule, Slots, bare, fixed, rule
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
        "training",
        r"^(?:我)?(?:结束|退出|停止|关闭|关掉|停掉|终止|离开|不|取消|跳出|完成)(?:一下|了)?(?:演练|练习|训练|模拟|试用|测试)(?:模式|状态)?(?:了)?|(?:演练|练习|练|模拟|试用|测试)(?:模式)?[, ]?(?:结束|完了|好了|完毕|停|退出|关|到此|够了|可以了|到这|做完|完成)",
        fixed(off=True),
        unless="消防|地震|防震|应急|疏散|防火|反恐|学生|队员",
    ),
    rule(
        "training",
        r"^(?:我|俺)?(?:先|要|想|来|去|开始|进入|打开|开启|启动|重新|切换到?|再|进行|做|试试|试着|先来)*(?:个|一次|一下|一遍|下|到)?(?:演练|练习模式|模拟练习|模拟模式|演示模式|试用模式|训练模式|测试模式|练习(?=一下|$|模式|,)|练练手|练手|模拟(?=一下|$|,)|试用(?=一下|$|,))(?:一下|一遍|一次|模式|开始|吧|下|试试|看看)*(?:$|[,。!])",
        bare,
        unless="消防|地震|防震|应急|疏散|防火|反恐|学生|队员|了一",
    ),
    rule(
        "which",
        r"[一二三四五六七八九十百两\d]+(?:名|个|位|人)[^,没未]{0,8}(?:是|有|都是|包括)(?:谁|哪些人|哪几位)",
        which,
        level=SURE,
    ),
    rule(
        "which",
        r"(?:这|那|上面|上述|刚才|所说)(?:[一二三四五六七八九十百两\d]+)?(?:名|个|位|人|天|场|次|节|篇|份|件|项|条|些)?.{0,8}(?:都)?(?:具体)?(?:是|有|指|包括|分别是|在|算的?)?(?:哪(?:几|些|[一二三四五六七八九十两\d]+)|什么时候的|啥时候的)|[一二三四五六七八九十百两\d]+(?:名|个|位|人|天|场|次|节|篇|份|件|项|条).{0,10}(?:是|在|算|指|有|具体是)(?:的)?(?:哪(?:几|些|[一二三四五六七八九十两\d]+)|什么时候|啥时候|哪天|怎么来)|(?:具体)?(?:是|在)?哪(?:几|些|[一二三四五六七八九十两\d]+)?(?:天|次|场|回|条|名|个|位|节|篇|件|项|日|笔|份).{0,4}(?:算|计入|记入|记上|统计|算进|计算)|哪(?:些|几[个条次场]).{0,8}(?:算进|计入|算了|算上|算的|记进|算数的|被算)|^(?:都|具体|分别|那|这)?(?:都)?(?:是|有)?(?:的)?哪(?:几|些|[一二两三四五六七八九十\d]+)?(?:个|天|场|次|节|条)?(?:的|啊|呢|呀)*$|(?:怎么|咋|如何)(?:算|得|统计|数)(?:出|出来).{0,6}$|[一二三四五六七八九十百两\d]+(?:名|个|位|人|天|场|次|节|篇|份|件|项|条).{0,6}(?:怎么|咋|如何)(?:来|算|统计|得|数)|算(?:了|上|进)?(?:的)?(?:是)?谁|(?:怎么|咋|如何)(?:来|算出来|得出|得出来|统计出来|数出来|统计)的$|算(?:进去|上)?的是哪|[一二三四五六七八九十百两\d]+(?:名|个|位|人|天|场|次|节|篇|份|件|项|条).{0,4}(?:包括|包含|都有|有|含)哪|(?:这个?|那个?|这些|那些)?(?:数字?|数据|结果|总数|人数|天数|数目).{0,4}(?:是)?(?:怎么|咋|如何|哪)(?:来|得|统计|出|里来)(?:出来)?(?:的)?|明细(?:呢|给我|看看|列|发|是)|(?:给我|看|列|要)(?:一下)?(?:具体)?明细",
        which,
        unless="提醒|消息|通知|记录|没|未|落后|还差|全县|全市|今天|昨天|领导|谁|需要|够|要求",
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
    rule(
        "task_list",
        r"(?:我|俺|本人|自己)(?:的|这)?(?:个人|\d+月份?|本月|本年|今年|本学期|年度|那个|那份|那)*(?:的)?(?:任务|工作)?清单|^(?:个人)?(?:任务|工作)?清单(?:呢|查询|看看|填写|制定|草稿|模板|是什么|有哪些|\?)?$|(?:制定|做|编|建|拟|起草|写|填|列|弄|整|搞|生成|新建|创建|完善|修改|改|调整|更新|补充|提交|递交|上报|交|报送|报|送审|送|看|查看|看看|查|打开|确认)(?:一下|下|个|一个|一份|份|好|我的|这个|本年度|今年|个人|新|本学期|我)*(?:的)?(?:任务|工作)?清单|清单(?:交|提交|报|送)上去|清单.{0,8}(?:弄好|写好|做好|填好|完成了|好了|批了|审了|过了|通过了?没|审核|审批|批准|审定|送审|提交|交给|报给|退回来|被退|驳回|到哪|状态|改好)",
        bare,
        unless=r"谁|哪些人|没交|^(?:催|提醒|喊|叫|让|督促|通知)|怎么|如何|咋写|批准.{2,4}的|退回.{2,4}的|<name>的(?:任务)?清单|导出|发我|下载|(?:批准|退回|同意|驳回|通过|审批|准了|打回).{0,3}[^我清]{2,4}的?(?:任务)?清单|问题清单|完成情况|按照?清单|照清单|清单上|推进|访谈|宣讲|\d月(?:份)?的?(?:任务)?清单".replace(
            "<name>", "[^我的]{2,4}"
        ),
        longest=40,
    ),
)
