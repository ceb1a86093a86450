"""What a leader asks: a unit, those behind, one person, a school, what is required."""

from __future__ import annotations

import re

from .frame import Frame, pattern, span_slots
from .persons import find_name
from .rule import Rule, Slots, bare, rule
from .slots import region


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


ANYONE = pattern("谁|哪|<whole>|名单|的人|人员")


def asked_rule(frame: Frame, _match: object = None) -> Slots:
    """What a requirement is asked for; 蹲点 alone names the whole work."""
    slots = frame.asked
    whole = slots.get("activity") == "on_site" and not re.search("天|几|多少|周|日|算|去", frame.core)
    return {} if whole else slots


def visits(frame: Frame, _match: object = None) -> Slots | None:
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


COUNTS = r"(?:能不能|可不可以|可以|能|也|是否|是不是|会不会|要不要|还|都|这|那)?(?:算不算|(?<!不)算数(?:吗|不|么|没)|算(?:是|作|成|个|一)?.{0,8}(?:吗|么|不$|嘛)|(?<!不)能算(?!完成)|作数(?:吗|不)|计不计|计入(?:吗|不)?|计数吗|认不认|认可(?:吗|不)|有效(?:吗|不)|合规(?:吗|不)|符合(?:要求|规定)吗|行得通|计分吗|抵(?:吗|扣|不抵)|折算|能抵|顶替|代替(?:吗|不)|可以代)"


REQUIRED = (
    r"(?:有|是|都有|具体)?(?:什么|哪些|啥|何|怎样的|多少|哪几项|没有|无)(?:具体|硬性|明确|数量|基本|最低)?(?:的)?(?:要求|规定|标准|指标|任务量|考核|条件|门槛|规矩|限制|纪律|注意事项|说法)|(?:要求|规定|标准|指标|任务量|任务数|考核标准|目标|定额|政策|文件规定|达标线|合格线)(?:是|有|都|具体|到底|怎么|又)?(?:是)?(?:什么|啥|多少|几|哪些|怎样|怎么规定|咋定|如何|几个|有哪些)|^(?:蹲点|驻校|访谈|宣讲|任务|工作|考核|蹲班|达标|合格|评优)?(?:的)?(?:要求|规定|标准|任务要求|指标|任务指标|考核标准|达标标准|规则|政策|任务标准|工作要求)$|"
    r"(?:要|得|需要?|须|应该?|必须|至少|最少|最低|规定|要求|得要|一学期|每学期|一个学期|这学期|每年|一年|每月|一个月|每人|一个人|每个人|总共|一共|该)(?:得|要|需要|应|去|做|搞|谈|开展|完成|写|讲|听|交|发|访|达到|有|够|驻|蹲|访谈|宣讲|座谈|听课|联系|结对|驻校|蹲点|队员|辅导员|学生|老师|家长|团干部|问卷|报告|案例|调研报告|团课|个|到校|下校|进校|满|是|安排|走访|办|推)*(?:多少|几)(?:个|名|场|次|天|篇|份|人|件|项|节|位|所|趟|条|小时)?.{0,12}(?:才|够|算|达标|合格|行|可以|啊|呢|呀|$|队员|辅导员|学生|校|团|家长|老师|报告|案例|宣讲|访谈|问卷|课)|"
    r"(?:多少|几)(?:个|名|场|次|天|篇|份|人|件|节|位|所).{0,8}(?:才|就)(?:够|算|行|达标|合格|可以|能|完成|是)|(?:最少|至少|最低).{0,5}(?:多少|几)|(?:有没有|有无).{0,6}(?:人数|次数|场数|下限|上限|门槛|要求|规定|指标|标准|限制)|(?:应该|要|得|需要|必须)(?:做|干|完成)(?:些)?(?:哪些|什么|啥)(?:工作|事|任务|活)?|"
    r"(?:怎么|如何|咋样|咋|怎样|啥样|什么样|什么)(?:才)?(?:的)?(?:算|叫|计|认定|界定|折算|统计口径)(?:是|作|成|完成|达标|合格|一天|半天|一次|一场|入|数|有效|访谈|蹲点|驻校)?|什么(?:时候|时间)(?:截止|交|报送|报|到期|必须|之前)|(?:截止|最后|最晚|最迟|到期)(?:日期|时间|期限|是)?(?:是)?(?:哪天|什么时候|几号|啥时候|多久|几月)|必须.{0,10}(?:吗|不|么)$|(?:要|用|需要|得|能|可以|允许|必须|非得|一定要?)(?:不要|不用)?(?!.*(?:全部|按时|都能|完成任务|年底|期末)).{0,12}(?:吗|么)$"
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


# A question, or a word of being behind, holds one of these; few reports do.
QUESTION = "比数能全谁哪怎咋何啥吗查瞅瞧瞄况率步排最欠差缺够慢落滞汇统几多看没未算标度情进么好否列拉名求定据态达现"
RULES: tuple[Rule, ...] = (
    rule(
        "behind",
        "(?:都|具体|分别|那|这)?(?:都)?(?:是|有)?(?:哪几位|哪些人|哪几个人|哪位|谁|哪些同志|哪几名)",
        bare,
        whole=True,
    ),
)
