"""Commands said without the nouns they usually carry: a bare code, a joke wanted, a list sent back, records wiped on leaving."""

from __future__ import annotations

import re

from ..late import late
from .frame import Frame, span_slots
from .making import TITLE, paper
from .rule import SURE, YIELDS, Rule, Slots, asked, fixed, rule
from .slots import form, number

SCHOOL_LIFE = "学生|队员|孩子|娃|老师|辅导员|家长|经费|津贴|补贴|访谈|宣讲|听课|[?]$"
STOCK = r"(?:记录|东西|数据|信息|资料|内容|档案)"
LEAVING = r"(?:调走|离职|退休|不干|调离|换岗|辞职|走了|不用了|离开|退出)"


def code(frame: Frame, match: re.Match[str]) -> Slots:
    """The code as typed."""
    return {"code": frame.original(*match.span("code"))}


def reopened(_frame: Frame, match: re.Match[str]) -> Slots:
    """The number of a problem taken up again."""
    return {"number": number(match["n"]), "status": "reopened"}


def that_day(frame: Frame, _match: re.Match[str]) -> Slots:
    """The day that did not count."""
    return dict(span_slots(frame.days()))


def reported(frame: Frame, _match: re.Match[str]) -> Slots:
    """The form handed in; a completion table where none is named."""
    return {"form": form(frame.core) or "task_list", **span_slots(frame.days())}


def belongs(frame: Frame, _match: re.Match[str]) -> Slots | None:
    """The school one is assigned to."""
    found = frame.schools
    if len(found) != 1:
        return None
    name = ASSIGNED.sub("", frame.normal.original(found[0].start, found[0].end))
    return {"school": name}


ASSIGNED = late("^(?:我|俺|归|负责|对口|包|管|分管|属于?|联系|的|是)+")


def submit_late(frame: Frame, match: re.Match[str]) -> Slots:
    """A paper named before the verb."""
    kind = "case" if "案例" in match.group() else "report"
    title = TITLE.search(frame.text)
    return {"kind": kind, "title": frame.normal.original(*title.span("t"))} if title else {"kind": kind}


RULES: tuple[Rule, ...] = (
    rule(
        "bind",
        r"(?:我的?|这是|给你|这|喏|发的|收到的?)*(?:绑定|邀请|验证|激活)?(?<!号)码(?:是|为|:|,| )*(?P<code>(?=[a-z0-9-]*\d)[a-z0-9][a-z0-9-]{3,11})$",
        code,
        unless=r"密码|快递|取件|扫码|二维码|\[",
        longest=24,
        beside="码",
    ),
    rule(
        "smalltalk",
        r"(?:别|莫|甭|不要|勿)(?:再|老)?催(?:了|我|嘛|啦|咯|撒|哈)*[,!。 ]*(?:我)?(?:这就|已经|都|在)?(?:晓得|知道|明白|记得|记着|收到|在?(?:弄|搞|写|填)|马上|来|去|报|懂|清楚)(?:了|啦|咯|嘛|着|呢|的)*",
        whole=True,
        beside="催",
    ),
    rule(
        "smalltalk",
        r"(?:给|发|有|没|管)(?:我|点|个|没有)*(?:发)?(?:点|个)?(?:奖金|红包|奖励|加班费|奖品|鸡腿|加班餐)(?:不|吗|么|没|呢|啊)*$|(?:讲|说|来)(?:个|一个|段|一段)(?:笑话|段子|相声|脑筋急转弯|冷笑话)|^(?:你)?(?:烦不烦|有完没完|累不累|吵不吵|无聊不无聊|至于吗|急什么|急啥)(?:啊|呀|呢|嘛)?(?:你)?$",
        level=SURE,
        unless="学生|队员|孩子|老师|辅导员|访谈|今天[^,]*[了过]",
        longest=30,
        beside="奖红鸡加笑段相脑烦完累吵聊至急",
    ),
    rule(
        "deny",
        r"(?:(?:你|是你|都是)?(?:误会|弄拧|会错意|理解偏|搞岔|领会错)(?:了|啦|我了)*[,。 ]*)?(?:我|这)?(?:可|真|说的|讲的)*不是(?:这|那)个?(?:意思|回事)(?:啊|呀|的)*|(?:你)?(?:误会|弄拧|会错意|理解偏|搞岔)(?:我)?(?:了|啦)",
        whole=True,
        beside="意误拧岔",
    ),
    rule(
        "export",
        r"(?:给|帮|替)(?:我|咱|俺)?(?:写|拟|编|凑|整)(?:一段|几句|个|点|一个|一份|一小段)(?:话|东西|文字|词)?.{0,8}(?:开会|会上|发言|汇报|念|讲话|给领导|用得上)",
        fixed(form="summary"),
        unless=SCHOOL_LIFE,
        longest=30,
        beside="会发汇念讲给",
    ),
    rule(
        "why_reminded",
        r"(?:还|又|老|总|都|天天|半夜|凌晨|晚上|深夜).{0,8}(?:发|推|弹|响|震|吵)(?:消息|信息|通知|短信|提醒|我)?(?:了|过来|个不停|个没完)?[,。 ]*(?:是|这是)?(?:为啥|为什么|为何|干嘛|干吗|干啥|搞啥|什么情况|啥情况|几个意思)",
        unless=SCHOOL_LIFE.replace("|[?]$", "") + "|没",
        longest=30,
        beside="发推弹响震吵",
    ),
    rule(
        "rules",
        r"^(?:(?:同|一)(?:一)?(?:个|名|位|天|次|场|所)|如果|要是|假如|若).{2,20}算(?:作|是|成)?.{1,6}还是(?:算|作|是)?.{1,6}$",
        asked,
        level=SURE,
        unless="今天|昨天|前天|上午|下午|刚才",
        longest=40,
        beside="算",
    ),
    rule(
        "submit",
        r"^(?:现|我|我来|我要|这里|今天|来|本人|想|给你|给您|请查收|请收|把|补|我想)?(?:上)?(?:交|提交|递交|上传|报送|上报|投|呈交|呈报|呈送|交上|送交|补交|报|传|送)(?:一?下|我的|一[篇个份]|1[篇个份]|[个篇份])?(?:本学期|今年|年度|这学期)?(?:的)?(?P<paper>(?:优秀|典型|工作|育人|特色)*案例|(?:蹲点|驻校|专题|课题)?(?:调研|调查)?报告)(?!.{0,8}(?:[了完]|怎么|截止|什么时候|已))",
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
        "rules",
        r"^[^?]{2,30}[,。 ](?:像)?(?:这|那)(?:个|种|样|类|些)?(?:活儿?|事儿?|情况)?(?:怎么|咋个?|如何|怎样)(?:算|归类?)(?:啊|呢|呀|的|呐|嘞)?[?]?$",
        level=YIELDS,
        longest=40,
        beside="算归",
    ),
    rule(
        "undo",
        r"^(?:[^,。;]{0,10}(?:那|这)[一几两三]?[天日次回][^,。;]{0,8}|[^,。;]{1,8}[日号天一二三四五六][^,。;]{0,4})(?:没[在去到][^,。;]{0,4}校|不在[^,。;]{0,4}校|没去成?|放假|请假|停课|调休|补休|休息|休假|没开门|没上课|公休|校休)[了的]?[^。;]{0,8}?(?:不算|别算|不能算|不该算|不作数|甭算|不计|不要算|扣掉|扣除|去掉|删[了掉除]?)[^。;]{0,8}$",
        that_day,
        level=SURE,
        unless="怎么|吗|[?]|算不算|什么|咋|提醒",
        longest=40,
        beside="算计数扣去删",
    ),
    rule(
        "undo",
        r"^(?:国庆|五一|元旦|清明|端午|中秋|春节|放假|上周|上个?月|这周|[^,。;]{1,8}[日号天一二三四五六])[^,。;]{0,6}(?:没(?:在|去|到|来|下|蹲)|不在|在家|没上班|是放假|请了?假|开会)[^,。;]{0,8}[,。; ]+(?:所以|就|请|都|给我|那)*(?:(?:别|不|甭|不要|不用|不能|不该)(?:给我)?(?:算|计|记)|(?:去|扣|删|剔)(?:掉|除))[^。;]{0,6}$",
        that_day,
        level=SURE,
        unless="怎么|吗|[?]|算不算|什么|咋|提醒",
        longest=40,
        beside="算计记掉除了",
    ),
    rule(
        "undo",
        r"^(?:(?:打住|停|慢着|且慢|等等|等一?下|稍等|先|哎|不是|慢|你|嘘|stop|[,。!~ ])*(?:别|甭|莫|不要|先别|不用|勿)(?:急着)?(?:往里|往上|往)?(?:记|录|存|算|登|入)(?:录|上|进去|账|了|我这|这个|这条)*[,。! ]+(?:我)?(?:(?:话)?还?没(?:讲|说|写|打|发|弄|想)(?:完|好)|是?(?:在|就)?(?:跟|给|和)?(?:别人|旁边|同事|他)|就?(?:是)?(?:问|随便|打个比方|举例|举个例|试|测|练)|说着玩|开玩笑|逗你|发错|打错|错|等会|一会|回头|待会|晚点|还(?:没|要|不))[^。]{0,12}|(?:这|那|刚才|上一)(?:条|个|句|些|几条)?(?:话)?(?:你)?(?:先)?(?:别|甭|莫|不要|不用|勿)(?:往里|往上|给我|往)?(?:记|录|存|登|入|算)(?:录|上|进去|账|了|数)*(?:[,。! ][^。]{0,14})?)$",
        level=SURE,
        unless="怎么|吗|[?]|为什么|什么|咋|提醒",
        longest=40,
        beside="记录存登入算",
    ),
    rule(
        "undo",
        r"[,。 ](?:所以|就|请|麻烦|帮我|把|给我)*(?:那|这|刚才那?|上|前面那|头)(?:一)?(?:条|次|场|笔|回|天)(?:的)?(?:记录)?(?:请|帮我|给我|就|也|都|先)*(?:抹|删|撤|划|作废|取消|去掉|扣|不要|别算|不算|别记|剔)(?:了|掉|除|吧|去|回|销|数|一下)*$",
        level=SURE,
        unless="改成|换成|[?吗]|怎么|请假|提醒|问题",
        longest=60,
        beside="抹删撤划废消去扣要算记剔",
    ),
    rule(
        "undo",
        r"^(?:(?:那|这)(?:个|条)?)?(?:不算|别算|别记|不记|甭记|别当真)(?:不算|数|了|啊|的)*[,。! ]+(?:我|刚才|是|都|就)*(?:逗|开玩笑|说着玩|闹着玩|瞎|乱|胡|随口|试|测试|按错|点错)[^,。]{0,8}$",
        level=SURE,
        longest=30,
        beside="算记真",
    ),
    rule(
        "undo",
        r"^(?:我|刚才|刚刚|上面|那条|那|是|都|就|前面)*(?:瞎|乱|胡|随口|随便|闹着玩|逗着?玩?|玩|试着?|测试|举例|打比方|开玩笑|糊弄)(?:说|写|编|填|扯|讲|打|发|报|你)*(?:的|着玩)?[,。! ]+[^。]{0,4}(?:别|不要|甭|莫|勿|不用)(?:当真|算|记|写|录|存|入|往里)[^,。]{0,6}(?:[,。][^。]{0,10})?$",
        level=SURE,
        longest=36,
        beside="真算记写录存入",
    ),
    rule(
        "undo",
        r"^(?:啊|哎呀?|唉|不好意思|抱歉|对不起|sorry|[,。! ])*(?:我)?(?:发|打|填|报|点|按|搞|弄|输|说)(?:错|岔|串)(?:了|人|群|地方|窗口|对象|啦)*(?:哈|啊|呀|哦)*[,。! ]+(?:(?:这|那)(?:条|个|些)?)?(?:不是|本来|应该|想|要|是)(?:要|想|该)?(?:发|给|说|打|跟|报)给?[^。\d]{1,10}$",
        level=SURE,
        longest=30,
        beside="错岔串",
    ),
    rule(
        "behind",
        "(?:都|具体|分别|那|这)?(?:都)?(?:是|有)?(?:哪几位|哪些人|哪几个人|哪位|谁|哪些同志|哪几名)",
        whole=True,
    ),
)
