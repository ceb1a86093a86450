"""What a leader asks: a unit, those behind, one person, a school, what is required."""

from __future__ import annotations

import re

from .frame import Frame, pattern, span_slots
from .persons import find_name
from .rule import SURE, YIELDS, Rule, Slots, bare, rule
from .slots import region
from .told import DONE


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
        "school_visits",
        r"(?:去|到|来|下|被|蹲|驻|访|走|跑|进|联系|跟进|覆盖|有人|谁).{0,8}(?:几|多少|谁|吗|没有|过没|了没|哪|有没有|何时|什么时候|频率)|(?:几|多少|谁|有没有人|有人|哪些人|哪几个人|有没有)(?:个|位)?.{0,8}(?:去|到|来|下|蹲|驻|走|跑|进|负责|联系)|(?:驻校|蹲点|蹲班|到校|走访|入校|联系|服务)(?:的)?(?:情况|天数|次数|记录|进度|频次|时间)",
        visits,
        unless=r"^(?:我|俺|今天|昨天|明天)(?!们)|我(?:的|去|到|在|蹲)|访谈了|怎么去|要求|还没|没去过|没有去|一次都|哪些学校|几名|多少名|听课\d|反映|建议|几点|路怎么",
        longest=46,
        beside=QUESTION,
    ),
    rule(
        "rules",
        REQUIRED,
        asked_rule,
        unless=r"(?:没|未)(?:完成|达标|动|开始|去|交)|<self>.{0,4}(?:还|已|现在|差|欠|缺|够了|够不够|完成|提醒|任务清单)|还差|还欠|还剩|谁|哪些人|要求(?:我们|他们)?(?:增|改|把)|反映|建议|希望|诉求|提醒|打算|按(?:照)?要求|根据要求|符合要求|问题台账|清单|全县|全市|各县|扣|那次|(?:{DONE})(?!.*[吗么不?]$)".replace(
            "{DONE}", DONE
        ),
        longest=40,
        level=SURE,
    ),
    rule(
        "rules",
        COUNTS,
        asked_rule,
        unless=r"扣|那次|了(?=[,。! ]|$)|\d名|\d个|今天|昨天|刚才|上午|下午|谁|哪些人",
        longest=40,
        beside=QUESTION,
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
        r"<who>.{0,20}(?:<short>)|(?:<short>).{0,16}<who>|(?:<short>)的?(?:同志|干部|人|人员|单位|伙计|团干|那些人|那几个|名单)?.{0,6}(?:名单|列|拉|筛|挑|找|给我|发我|有谁|是谁|哪些|都有|看看|报(?=一下|给|个))|(?:把|将|给我|列|拉|筛|看看|有没有|找出?|查|显示)[^,]{0,12}(?:<short>)(?:的|任务|访谈|宣讲).{0,10}|(?:<short>).{0,6}的(?:同志|干部|人|人员|伙计|团干)$|(?:落后|掉队|滞后|未完成|没完成|未达标|没达标|不达标|未开始|没开始|未启动|没动)(?:的)?(?:名单|人员|情况|列表|同志)?$|(?:进度|完成|工作).{0,4}(?:慢|差|落后|滞后|靠后|垫底)的?.{0,6}",
        behind,
        unless=r"(?:今[天日儿]|昨[天日儿]|这周|本周|上周|上午|下午)[^,。?]{0,4}谁(?:也|都)(?:没|未)(?!.*[?吗呢]$)|(?<![给发帮])我(?!们|市|县|区|旗|省|看|要|想|校)|提醒(?!过)|催|问题|建议|困难|怎么办|学生.{0,3}(?:没|缺)|缺少|缺乏|为什么|排名|学校(?!.{0,4}(?:去|到|访|蹲|驻))(?:没|未)|今天没|我的清单|哪个?(?:县|区|市|旗)|哪几个(?:县|区|市|旗|单位)|哪些(?:县|区|市|旗|单位|学校)|红领巾|经费|队员们没|反映|希望|访谈了|宣讲了|听课了|[0-9一二三四五六七八九十]名(?!单)",
        longest=46,
        level=SURE,
    ),
    rule(
        "team_progress",
        r"<compare>",
        team_or_all,
        unless=r"(?<![给发帮])<self>(?!们|县|市|区|旗|省|盟)|至少|最少(?:要|得)|最多(?:能|可)|反映|建议|访谈了|我的|学生|孩子|队员[^访]{0,4}(?:最|说)|今天|最好(?:能|是)|问题|困难|(?<!排)(?<!第[一二三])[名个场]$|课|印象",
        longest=46,
        beside=QUESTION,
    ),
    rule(
        "person_progress",
        r"^(?:<view>|[,的]|一下)+[^,。?]{2,14}$|<progress>|<how>|<short>|有没有|了没|没有?$|吗$|了吗|几天|去了|情况",
        one,
        unless=r"^困难|(?<![给发帮])<self>(?!们|看|查|要|想|了解|瞅|瞧|翻|一眼|一下|说说|发|$)|谁|哪些|清单|评优|提醒|催|学校(?:反映|没|缺)|反映|建议|天气|访谈了\d|宣讲了\d|今天(?!.{0,6}(?:吗|没|没有|去了几))|名[,。]|希望|问题|怎么(?!样)|为什么|[，,].{8,}",
        longest=36,
        beside=QUESTION,
    ),
    rule(
        "team_progress",
        r"<progress>|<how>|<view>.{0,8}$|情况|怎么样|多少|几",
        team,
        unless=r"(?<![给发帮])<self>(?!们|看|查|要|想|市|县|区|旗|省|盟|了解|瞅|瞧|翻|校|单位)|清单|反映|建议|要求|访谈了\d|宣讲了\d|希望|问题|困难|座谈|听课\d|为什么|怎么(?!样)|今天(?:去|到|访|在)|到校|[，,].{12,}",
        longest=46,
        beside=QUESTION,
    ),
)
