"""Values said in a command: a person, a region, a school, a time of day, a form, a number."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from .. import numerals
from ..late import late
from ..name_words import COMPOUND, ETHNIC, SURNAMES, ordinary

PLACES = Path(__file__).parents[1] / "words" / "places.txt"
HAN = "一-鿿"
REGION = late(
    rf"(?P<name>[{HAN}]{{1,9}}?(?:自治[区州县旗]|高新区|经开区|开发区|新区|矿区|林区|兵团|地区|(?:州(?![市区县])|[市县区旗盟省])(?!长|里|级|直|委|团(?!委|工委)|教|少(?!工委)|域|别|分))(?:(?![和与跟及比较])[{HAN}]{{1,6}}?[市县区旗](?!长|里|级|直|委|团|教|少|域|别|分))?)"
)
NO_REGION = late(
    r"^跨|^分(?:市|县|区|旗|盟)+|^(?:[全各本我咱俺该这那哪每]|我们|咱们|俺们|你们|他们|整个|所有|哪些|哪几|几个|下面|其他|别的|多少|两个|[一二三四五六七八九十\d]+个?|所辖|辖|校|学|社|片|城|园|街|地|山|牧|农|小)[个们家]?(?:市|县|区|旗|盟|州|省|地区|自治区|县区|旗县|盟市|市县)+$|(?:哪|几|各|每)个|[各全每]个?(?:县|区|市|旗|盟|校|单位)|^(?:[队国团校升红党军彩战锦]旗|[同联]盟|[城超门菜夜都]市|[小校社学片园山牧农景城灾市郊辖选]区|[外邻本]县|[外节本]省|神州)|[没谁知听说问]|有人|什么|怎么"
)
BEFORE_REGION = late(
    r"^(?:看一下|看下|看看|看|查一下|查下|查查|查|问一下|问问|问|了解一下|了解|统计|汇总|那|那个|那么|就|把|给|给我|我想|我要|想|知道|咱|咱们|我们|我|请|帮我|帮|再|还有|对比|比较|和|与|跟|、|的|在|到|今天|昨天|上周|本周|这周|本月|上个?月|这个?月|目前|现在|截至目前|本学期|这学期|今年|去年|\d+月份?|现如今|当前|催一下|催|提醒|通知|谁|是|有|列|列出|报|发|晒|说说|讲讲|介绍|排|一下|下)+"
)
NOT_IN_NAME = late(
    "之|抓|进展|请|收|哈哈|嘿嘿|差|欠|缺|剩|我|你|您|他|她|它|谁|啥|什么|怎|哪|这|那|没|未|还|都|已|又|的|了|吗|呢|吧|个|位|们|是|有|在|去|到|来|要|想|给|把|被|让|叫|催|查|看|说|问|全部|所有|大家|同志|人员|干部|进度|记录|情况|问题|清单|"
    "提醒|学校|小学|中学|县|区|旗|盟|州|市|省|镇|乡|团委|教育|自己|落后|完成|各|今天|昨天|明天|今日|昨日|明日|毕业|放学|同学|班|最近|学期|年级|年度|年底|月份|周末|号|访谈|宣讲|听课|驻校|蹲点|队员|辅导员|老师|学生|家长|校长|书记|主任|数据|报告|案例|任务|目标|"
    "帮助|谢谢|你好|好的|收到|撤销|取消|确认|一下|下面|上面|多少|几|统计|汇总|整体|总体|名单|列表|最|比较|排|哈|呀|啊|喽|得|不|很|也|就|再|等次|评|合格|一般|错|天气|新闻|时间|日期|快递|余额|分数|成绩|资料|文件|通知|标准|要求|规定|规则|指标|流水|明细|台账|提交|批准|退回"
)
DAY_WORD = late(
    "那帮|那伙|那拨|那几|明天|明后|今天|周[一二三四五六日末天准]|时间|时候|文件|包括|向他|安排|任务|计划|车票|谈话|谈心|方式|方面|方法|后天|后面|全部|于是|应该|应当|有关|相关|解决|解释|常见|单位|单独|权限|任何|和他|管理|边上|强调|关闭|关掉|关于|关心|水平|水果|高度|高效|金额|党员|党委|支持|支部|支书|那些|那个|那边|都是|来个|公示|公开|公布|古诗|米饭|成员|成功|成果|经费|项目"
)
BARE = late(rf"[{HAN}·]{{2,8}}")
TITLE = late("(?:同志|老师|书记|主任|副书记|部长|干事|科长|队长|委员|主席|姐|哥|总)$")


@cache
def places() -> frozenset[str]:
    """Names of provinces, prefectures and some counties without their last word."""
    return frozenset(PLACES.read_text(encoding="utf-8").split())


@cache
def place_pattern() -> re.Pattern[str]:
    """Finds a place named without its last word."""
    names = sorted(places(), key=len, reverse=True)
    return re.compile(
        f"(?:{'|'.join(names)})(?=$|没|未|这边|那边|这块|那块|这|那|的|片区|现在|目前|整体|总体|团委|少工委|谁|哪|还|有|进|完|推|干|做|访|驻|蹲|怎|咋|情|本|上|今|去|涨|升|降|跌|提高|[,。?! ])"
    )


def region(text: str) -> str | None:
    """The region named, as written; 全市, 各县, 我们区 are none."""
    for match in REGION.finditer(text):
        words = match["name"]
        if NO_REGION.search(words):
            continue
        lead = BEFORE_REGION.match(words)
        if lead and words[:-1] not in places():
            words = words[lead.end() :]
        if len(words) > 1 and not NO_REGION.search(words):
            return words
    bare = place_pattern().search(text)
    if bare is None:
        town = TOWN.search(text)
        return town["name"] if town else None
    joined = JOINED.search(text[: bare.start()])
    both = joined and joined["other"] in places()
    return text[joined.start("other") : bare.end()] if joined and both else bare.group()


JOINED = late(rf"(?P<other>[{HAN}]{{2,5}})[和跟与、]$")
TOWN = late(
    rf"(?:^|[,。看查问下那给把催])(?P<name>(?![全各每哪本这那几把将我咱俺你他她]|乡镇|城镇|集镇|村镇|下乡|家乡|老乡)[{HAN}]{{2,4}}?(?:镇|苏木|街道|乡)(?:团委)?)(?=这|那|的(?!学)|目前|现在|谁|还|完成|进|推|干|做|搞|蹲|访|驻|怎|咋|情|本|有几|有多)"
)


@cache
def foreign() -> frozenset[str]:
    """The pieces and letters of names from other languages."""
    return frozenset(ETHNIC.split()) | frozenset(COMPOUND.split()) if isinstance(ETHNIC, str) else frozenset(ETHNIC)


@cache
def foreign_letters() -> frozenset[str]:
    """The letters such names are written with."""
    return frozenset("".join(foreign())) | frozenset(
        "古楞拉图雅娜仁嘎日巴特尔其格斯琴高娃木乌云塔苏阿宝音布和哈达道吉尼玛扎西卓玛次旦央金多杰才让买提艾力克热依汗别努兰丽帕"
    )


@cache
def first_letters() -> frozenset[str]:
    """The letters a name may begin with, unless a point is in it."""
    return frozenset(SURNAMES) | foreign_letters() | {word[0] for word in (*foreign(), *COMPOUND)}


def is_name(words: str) -> bool:
    """True where a stretch in the place of a name can be one."""
    if not BARE.fullmatch(words) or words in places() or "哈哈" in words:
        return False
    if words in foreign() or ("·" in words and len(words) > 3):
        return True
    surnamed = (words[:2] in COMPOUND and len(words) in (3, 4)) or (words[0] in SURNAMES and len(words) in (2, 3))
    if (
        surnamed
        and not NOT_IN_NAME.search(words[1:])
        and not whole_words().search(words)
        and not DAY_WORD.match(words)
        and words not in common()
    ):
        return True
    if any(words[:n] in places() for n in (2, 3, 4)):
        return False
    return 3 <= len(words) <= 7 and all(c in foreign_letters() for c in words) and words not in common()


@cache
def whole_words() -> re.Pattern[str]:
    """Words of two letters and more that no name holds."""
    return re.compile("|".join(word for word in NOT_IN_NAME.pattern.split("|") if len(word) > 1))


@cache
def common() -> frozenset[str]:
    """Ordinary words that begin like a name."""
    return frozenset(ordinary()) - frozenset(
        (
            "高娃",
            "魏巍",
            "高峰",
            "高远",
            "王权",
            "马丽",
            "白雪",
            "江山",
            "海燕",
            "云飞",
            "金星",
            "向阳",
            "文静",
            "安静",
            "温柔",
            "明亮",
            "常青",
            "方圆",
            "钟声",
            "关山",
            "成功",
            "时光",
            "陆地",
            "白云",
            "金花",
            "马力",
            "高洁",
            "高原",
            "高尚",
            "康乐",
        )
    )


def person(words: str) -> str | None:
    """The name in a stretch that gives one (我是…, 姓名:…), without a title behind it."""
    plain = TITLE.sub("", words.strip(" ,、:的"))
    surnamed = plain[:2] in COMPOUND or plain[:1] in SURNAMES
    given = surnamed and len(plain) in (2, 3) and BARE.fullmatch(plain) and not whole_words().search(plain)
    return plain if given or is_name(plain) else None


HOUR = r"(?:[01]?\d|2[0-4]|十[一二三四五六七八九]|二十[一二三四]?|[一二两三四五六七八九十零])"
TIME = late(
    rf"(?P<part>凌晨|清晨|清早|一大早|早上|早晨|早|上午|中午|晌午|午后|下午|后晌|傍晚|晚上|晚间|夜里|夜晚|今晚|每晚|晚|下班前|下班|放学后|放学|饭后)?的?(?:大概|大约|约|差不多)?"
    rf"(?:(?P<clock>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?!\d)|(?P<hour>{HOUR})(?:点钟?|时(?!候|间))(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<words>[零〇一二三四五六七八九十\d]{{1,3}})分?|整)?)"
)
LATE = (
    "下午",
    "后晌",
    "午后",
    "傍晚",
    "晚上",
    "晚间",
    "夜里",
    "夜晚",
    "今晚",
    "每晚",
    "晚",
    "下班前",
    "下班",
    "放学后",
    "放学",
    "饭后",
)


def time_of_day(text: str) -> str | None:
    """A time said, as HH:MM."""
    match = TIME.search(text)
    if not match:
        return None
    hour = int(match["clock"]) if match["clock"] else int(numerals.value(match["hour"]).value or 0)
    minute = int(match["minute"]) if match["minute"] else minutes(match)
    part = match["part"] or ""
    if part in LATE and hour < 12 and not (part in ("夜里", "夜晚") and hour < 5):
        hour += 12
    elif part in LATE and hour == 12 and part != "下午":
        hour = 24
    if part in ("中午", "晌午") and hour < 5:
        hour += 12
    return f"{hour % 24:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def minutes(match: re.Match[str]) -> int:
    """The minutes of a time said in words."""
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 if match["quarter"] == "一" else 45
    return int(numerals.value(match["words"].lstrip("零〇") or "零").value or 0) if match["words"] else 0


FORMS = (
    ("schedule", late("安排表|工作安排|日程|排期|排班|行程表|驻校安排|蹲点安排|蹲班安排|计划表")),
    ("task_list", late("任务清单|完成情况(?:表|清单)?|清单")),
    ("summary", late("统计表|总表|汇总表|总结|小结|汇报|述职|一段话|段子|情况说明|简报|通报|工作动态|月报|周报|年报|季报|材料|简讯|快报|综述|概述|文字版|文案|报告稿|发言稿|话术|摘要|要点|总述|简况|体会|美篇|推文|信息稿|新闻稿")),
    ("ledger", late("台账|台帐|明细|流水|记录表|登记表|报表|数据表|花名册|表格|excel|xlsx|电子表|全部记录|清册|底册|记录")),
)  # fmt: skip


def form(text: str) -> str | None:
    """The form asked for."""
    return next((name for name, words in FORMS if words.search(text)), None)


def number(words: str | None) -> int | None:
    """A whole number said in digits or words."""
    if not words:
        return None
    value = numerals.value(words).value
    return int(value) if value is not None and value < 1e6 else None
