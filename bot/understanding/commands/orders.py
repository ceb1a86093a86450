"""Orders and questions read whole, whatever deeds and numbers stand in them: does it count, remind me to, a list sent back."""

from __future__ import annotations

from .away import leave
from .frame import Frame
from .making import verdict_of
from .persons import whom
from .rule import STANDS, SURE, YIELDS, Rule, Slots, asked, fixed, rule
from .slots import time_of_day

DONE_NOW = r"今天|昨天|前天|刚才|刚刚|上午|下午|上周|本周|这周|周[一二三四五六日][^,。]{0,4}(?:去|到|访|谈|讲|听)"
TO_DO = r"(?:带|拿|去|交|报|写|做|打|准备|找|问|发|把|买|联系|别忘|记得|看|填|到|给|跟|和|提前|早点|印|约)"
BUSY = r"(?:上课|开会|开车|睡觉|休息|吃饭|忙|值班|听课|带孩子|培训|考试|监考|出差|看病)"


def at_time(frame: Frame, _match: object) -> Slots:
    """The time to be reminded at, where one is said."""
    time = time_of_day(frame.text)
    return {"time": time} if time else {}


def sent_back(frame: Frame, _match: object) -> Slots | None:
    """Whose list, and whether it passes: what the last such word says."""
    name = frame.once(whom)
    passes = verdict_of(frame.core)
    return None if name is None or passes is None else {"name": name, "approved": passes}


NOT_ABSENT = "学生|队员|孩子|谁|几|吗|[?]|怎么|建议|希望|反映|提醒|一直|老是|经常|别"

RULES: tuple[Rule, ...] = (
    rule(
        "rules",
        r"^[^?]{6,70}[,。 ][^,。?]{0,6}(?:算不算|能不能算|可不可以算|能不能当|能算|可以算)(?P<what>[^,。?]{0,10})[?]?$",
        asked,
        level=SURE,
        unless=f"{DONE_NOW}|[了过]",
        longest=90,
        beside="算",
    ),
    rule(
        "rules",
        r"[^?]{2,50}[,。 ](?:像|那|就)?(?:这|那|它)?(?:个|种|样|些|类)?(?:情况|活儿?|事儿?|活动)?(?:也|都|能|可以|还|给|到底|究竟)*算(?:数|不算|得上|作数|进去|工作量|成绩|一?次|一?个)*(?:嘛|吗|么|不|噻|撒|啵|没|没得|不嘛|不啦|不咯)[?]?",
        asked,
        level=YIELDS,
        whole=True,
        longest=60,
        beside="算",
    ),
    rule(
        "rules",
        r"(?:够不够格|够格|(?:有没有|有无|有|没有?)?资格|符不符合|符合条件|用不用|要不要|需不需要|参不参加|纳不纳入|在不在|算不算在)[^,。]{0,8}(?:考核|评优|评先|参评|评价等次|任务对象|硬任务)(?:范围|里)?(?:内|头)?(?:吗|么|不|没|啊|呀|呢|的)*[?]?$",
        asked,
        level=SURE,
        longest=50,
        beside="核优先评任",
    ),
    rule(
        "leave",
        r"(?:暂时|暂|最近|近期|这段时间|这阵子?|一段时间|接下来|短期内|这个月|下个月)(?:都|就|怕是|可能|是)*(?:也)?(?:蹲|去|到|下|来|跑)不(?:了|成|动)(?:点|校|学校)?(?:了)?(?:$|[,。])",
        leave,
        level=STANDS,
        unless="谁|学生|队员|孩子|老师|家长|[?吗]|怎么|反映|希望|建议",
        longest=40,
        beside="了成动",
    ),
    *(
        rule("nothing", source, level=STANDS, unless=NOT_ABSENT, longest=40)
        for source in (
            r"(?:白跑|扑了?个?空|吃了?个?闭门羹|空跑)(?:了)?(?:一趟)?(?:[,。 ]|了|啊|呀|$)",
            r"(?:今|昨|本|这|上|刚|下)[^。]{0,16}(?:没(?:让|得|能)进|没进(?:去|门|成|得)|不让进)",
            r"(?:今|昨|本|这|上|最近)[^。]{0,22}一(?:个|所|趟|次|家)(?:学校|校|点|地方)?(?:都|也)?没(?:跑|去|到|下|进|动)(?:成|了|过)?$",
            r"(?:蹲点|驻校|下校|访谈|宣讲|进校|学校)(?:那|这)?(?:的)?(?:事|事儿|事情|那边|这块|计划|任务|活)?[^,。多少]{0,4}(?:撂下|搁下|搁置|耽搁|耽误|落下|放下|黄|泡汤|没成|靠边|放一边|晾着|没顾)(?:了|着|来)*$",
        )
    ),
    rule(
        "reminders",
        rf"(?:[之以]前|前|时候|时|那天|前一?[天日]|头[天日]|当[天日]|提前[^,。]{{0,4}}|到时候?|快到[^,。]{{0,4}}|到点)[^,。没]{{0,6}}(?:(?:提醒|喊|叫|通知)(?:我|俺|咱|下|一|声)+{TO_DO}|(?:提醒|喊|叫|通知|敲|戳|拍|呼|@)(?:一?下|一?声)?(?:我|俺|咱)(?:一?声|一?下)?(?:吧|啊|哈|$))",
        at_time,
        level=SURE,
        unless="为什么|怎么|没提醒|别|不要",
        longest=60,
        beside="醒喊叫知敲戳拍呼@",
    ),
    rule(
        "reminders",
        r"(?:设|定|(?:弄|建|加|来|做)(?=好|一|个|条))(?:置|好|一|个|条|下)*(?:[^,。]{0,10}的)?(?:提醒|闹钟|闹铃)",
        at_time,
        level=SURE,
        unless="为什么|怎么|如何|咋|在哪|别|不要|取消|关|太|老师|学生|队员|建议|希望",
        longest=60,
        beside="醒闹",
    ),
    rule(
        "reminders",
        rf"^(?:你|你们|请|能不能|可以|先|都|[,。! ])*(?:别|不要|甭|莫|勿|少)(?:再|老|总|一直|天天|乱|给我|来)*(?:发|推|弹|吵|叫|响|催|震|叮|@)(?:我|消息|信息|通知|提醒|了|个|没完|来发去|短信|啦|啊)*[,。! ]+(?:我)?(?:这|正|在|还|现在|这会儿?)*(?:呢)?{BUSY}[^,。]{{0,6}}$",
        fixed(off=True),
        level=SURE,
        longest=40,
        beside="发推弹吵叫响催震叮",
    ),
    rule(
        "approve",
        r"(?:清单|任务单|任务书|任务表|单子)[^,。]{0,8}(?:退回|退了|驳回|打回|不批|不通过|不同意|返回|重[写报做新填]|通过|批准|批了|同意|准了)",
        sent_back,
        level=SURE,
        unless="[?吗]|谁|哪|怎么|什么|没(?:批|通过|退)|几|多少|我的",
        longest=90,
        beside="清单务",
    ),
    rule(
        "smalltalk",
        r"^[^?]{2,40}[,。! ](?:你们?)?(?:说|这)?(?:烦不烦|累不累|有完没完|吵不吵|至于[吗嘛么]|有意思[吗么]|图个?啥|何苦|饶了我|放过我|让不让人活|要不要人活|还让不让人[^,。]{1,6})(?:了|啊|呀|呢|嘛|吧|你们?|都)*$",
        level=SURE,
        unless="学生|队员|孩子|老师|辅导员|家长|访谈了|反映",
        longest=50,
    ),
    rule(
        "smalltalk",
        r"^(?:你们?|这)(?:个|这个?|的|可|真|咋|怎么|是|家|玩意儿?|东西|助手|机器人|系统|小|,)*(?:比[^,。]{1,8}(?:还|都)?(?:要)?(?:强|好|方便|省事|快|轻松|麻烦|聪明|灵|糊涂|笨|傻|能|会|懂|准|积极|啰嗦|烦|认真|负责|操心)|(?:脑子|智商|记性|耳朵|反应|脾气|态度|嘴|情商)[^,。]{0,8}(?:不|太|真|比|有|进水|坏|好|差|笨|可以))[^,。]{0,6}(?:[,。! ][^,。]{0,10})?$",
        level=STANDS,
        unless="学生|队员|孩子|老师|辅导员|家长|[县市区旗]|访谈|卡|闪退|打不开|建议|希望|识别",
        longest=36,
        beside="比脑智记耳反脾态嘴情",
    ),
)
