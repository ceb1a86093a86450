"""How a day is said: each rule a name, a pattern, and what it makes. A new date form is a new row of RULES."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.understanding.dates_calendar import Spec
from bot.understanding.frozen import frozen
from bot.understanding.late import late
from bot.understanding.numerals import DIGITS, value

CN = "一二三四五六七八九"
NUM = rf"(?:\d{{1,2}}|[二三两]?十[{CN}\d]?|廿[{CN}]?|卅一?|[{CN}])"
MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二12]|[{CN}十])"
COUNT = rf"(?:\d{{1,3}}|[{CN}两十百]{{1,3}}|几|数|半)"
YEAR = (
    rf"(?:(?:19|20)\d\d ?年|(?<!\d)\d\d ?年|[一二][零〇{CN}]{{3}}年|[零〇一二][零〇{CN}]年"
    rf"|[一两二]千(?:零?[{CN}]?十?[{CN}]?)年|今年|本年|去年|上一?年|大前年|前年|明年)度?"
)
MONTH_WORD = "(?:上上个?月|上一?个?月|下下个?月|下一?个?月|本月|这个?月|当月)"
COUNTED = r"(?:[名位堂份件条年班级%多余遍趟元块岁所]|家(?![访长庭里校])|个(?!别)|人(?!民)|次(?!日)|场(?!地)|节(?!日)|项(?!目)|篇|天(?!气|[晴阴冷热天]))"
BARE = rf"(?!{COUNTED}|[\d.:/%几来点时小月]|周(?![一二三四五六日末])|个月|分钟)"
WEEK = "(?:星期|礼拜|周)"
WEEKDAYS = (
    rf"(?:(?:[一二三四五六](?!{COUNTED}|(?<=一)(?:[共直起些般样切定]|半(?![天日])))|日(?!期)|天(?!气))"
    rf"(?:[、和]?[一二三四五六日](?!{COUNTED}|[(中小校大]))*|[1-7](?!{COUNTED}|[\d.:/、-]))"
)
WEEK_OFF = {"上上上": -3, "上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "该": 0, "下": 1, "下下": 2}
MONTH_OFF = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}
YEAR_OFF = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "大前年": -3, "明年": 1}
NOT_OF = "(?!的?(?:安排|课表|课程|目标|规划|重点工作安排|行事历)|的(?:计划|打算)|(?:计划|打算)(?=$|[,。;:!?表书是]))"
NEW = "(?!新|刚|才|入职|入学|入队|毕业|分配|考|转|秋季?入|[的]?任务|的(?![\\d一二三四五六七八九十上下前最第春秋]))"
RELATIVE = {
    "大前": -3, "前": -2, "昨": -1, "寻": -1, "噚": -1, "琴": -1, "夜": -1, "今": 0, "明": 1, "赶": 1, "听": 1, "后": 2, "大后": 3,
}  # fmt: skip
FESTIVALS = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4),
    "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1), "建军节": (8, 1),
    "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1), "建队日": (10, 13), "建队节": (10, 13), "一二九": (12, 9),
    "一二·九": (12, 9), "圣诞": (12, 25), "平安夜": (12, 24), "学雷锋日": (3, 5), "雷锋日": (3, 5), "宪法日": (12, 4),
}  # fmt: skip
HOLIDAYS = {"国庆": (10, 1, 7), "十一": (10, 1, 7), "五一": (5, 1, 5), "元旦": (1, 1, 3)}
ON_THE_DAY = r"节?(?:那天|当天|这天|当日|那一天|(?=上午|下午|晚上|早上|[在去到来我补,。:]|[入进驻]校|蹲|前后|$))"


@frozen
class Rule:
    """One way to say a day."""

    name: str
    pattern: re.Pattern[str]
    make: Callable[[re.Match[str]], Spec | None]


def number(words: str) -> int:
    """A whole number in digits or Chinese; 几 counts as three."""
    said = value(words)
    return int(said.value if said.value is not None else 3)


def year_number(words: str) -> int:
    """二〇二五年, 2025年, 25年, 两千零四年."""
    plain = words.rstrip("年度 ")
    if "千" in plain:
        return number(plain)
    digits = int("".join(str(DIGITS.get(c, c)) for c in plain))
    return digits if digits > 99 else digits + (2000 if digits < 70 else 1900)


def with_year(spec: Spec, words: str | None) -> Spec:
    """The same in the year that was said, if one was."""
    if not words:
        return spec
    plain = words.removesuffix("度") if words[0] in "今本去上前大明" else words
    if plain in YEAR_OFF:
        return replace(spec, year_off=YEAR_OFF[plain])
    return replace(spec, year=year_number(words))


def with_month(spec: Spec, words: str) -> Spec:
    """The same in a month named or counted from this one."""
    head = words.rstrip("份月个一") if words[0] in "上下本这当" else ""
    if head:
        return replace(spec, month_off=MONTH_OFF[head])
    return replace(spec, month=number(words.rstrip("份月 ")))


def make_ymd(match: re.Match[str]) -> Spec:
    """2025年9月3日, 去年本月十日, 9月3."""
    spec = Spec("day", match.group(), days=(number(match["d"]),))
    return with_month(with_year(spec, match["y"]), match["m"])


def make_digits(match: re.Match[str]) -> Spec:
    """2025-09-03, 25.9.3, 20250903."""
    return Spec("day", match.group(), year=year_number(match["y"]), month=int(match["m"]), days=(int(match["d"]),))


def make_point(match: re.Match[str]) -> Spec:
    """9.3, 12/25."""
    return Spec("day", match.group(), month=int(match["m"]), days=(int(match["d"]),))


def make_days(match: re.Match[str]) -> Spec | None:
    """28号, 3、5、8日."""
    days = tuple(number(d) for d in re.findall(NUM, match["d"]))
    return Spec("day", match.group(), days=days) if all(0 < d < 32 for d in days) else None


def make_month(match: re.Match[str]) -> Spec | None:
    """10月份, 上个月, 去年12月上旬."""
    spec = with_month(with_year(with_part(Spec("month", match.group()), match), match["y"]), match["m"])
    return spec if spec.month is None or 1 <= spec.month <= 12 else None


def with_part(spec: Spec, match: re.Match[str]) -> Spec:
    """The same with the part of the span that was said."""
    groups = match.groupdict()
    if part := groups.get("part"):
        return replace(spec, part=part.rstrip("日"))
    if first := groups.get("first"):
        return replace(spec, unit="days", n=number(first))
    if final := groups.get("final"):
        return replace(spec, unit="days", n=-number(final))
    if nth := groups.get("nth"):
        days = weekday_numbers(groups.get("on") or "")
        return replace(spec, unit="weekday" if days else "weeks", n=-1 if nth[0] == "最" else number(nth), days=days)
    return spec


def weekday_numbers(words: str) -> tuple[int, ...]:
    """一三五 is Monday, Wednesday, Friday (Monday is 0)."""
    return tuple("一二三四五六日".index(c) for c in words.translate(SEVEN) if c in "一二三四五六日")


SEVEN = str.maketrans("1234567天", "一二三四五六日日")


def make_week(match: re.Match[str]) -> Spec:
    """上周, 上周三, 本周一三五, 下周末."""
    said = match["d"]
    off = WEEK_OFF[match["w"]]
    if not said:
        return Spec("week", match.group(), week=off)
    if said == "末":
        return Spec("weekend", match.group(), week=off)
    return Spec("weekday", match.group(), week=off, days=weekday_numbers(said))


def make_weekday(match: re.Match[str]) -> Spec:
    """周三, 星期天, 周末."""
    if match["d"] == "末":
        return Spec("weekend", match.group())
    return Spec("weekday", match.group(), days=weekday_numbers(match["d"]))


def make_relative(match: re.Match[str]) -> Spec:
    """今天, 昨晚, 大前天."""
    words = match.group()
    head = words[:2] if words[0] == "大" else words[0]
    return Spec("offset", words, n=RELATIVE[head])


def make_pair(match: re.Match[str]) -> Spec:
    """明后天, 昨今两天: two days side by side."""
    return Spec("pair", match.group(), n=PAIRS[match.group()[:2]])


def make_ago(match: re.Match[str]) -> Spec | None:
    """三天前, 一周前, 两个月后."""
    sign = -1 if match["dir"] == "前" else 1
    many = number(match["n"]) if match["n"] != "半" else 0
    if match["u"] == "月":
        half = Spec("offset", match.group(), n=sign * 15)
        return replace(half, n=sign * many, unit="month") if many else half
    if match["n"] in ("几", "半"):
        return Spec("recent", match.group(), n=3, part="before") if sign < 0 and match["n"] == "几" else None
    return Spec("offset", match.group(), n=sign * many * (1 if match["u"] == "天" else 7))


def make_recent(match: re.Match[str]) -> Spec | None:
    """近三天, 最近一周, 前两天, 这几天."""
    part = "before" if match["how"] in ("前", "头") else ""
    if match["how"] == "这" and match["u"] != "天" and match["n"] == "一":
        return Spec("week", match.group(), week=0) if match["u"] != "月" else Spec("month", match.group(), month_off=0)
    many = number(match["n"]) if match["n"] != "半" else 0
    if match["u"] == "月":
        return Spec("recent", match.group(), n=many or 15, unit="month" if many else "", part=part)
    return Spec("recent", match.group(), n=many * (1 if match["u"] == "天" else 7), part=part) if many else None


def make_year(match: re.Match[str]) -> Spec:
    """今年, 去年前10天, 2025年."""
    return with_year(with_part(Spec("year", match.group()), match), match["y"])


def make_year_edge(match: re.Match[str]) -> Spec:
    """年初, 去年年底."""
    spec = Spec("month", match.group(), month=1 if match["edge"] == "初" else 12, year_off=0)
    return with_year(spec, match["y"])


def make_half(match: re.Match[str]) -> Spec:
    """上半年, 去年下半年, 上个半年."""
    which = {"上": 1, "前": 1, "下": 2, "后": 2}.get(match["h"], 0)
    return with_year(Spec("half", match.group(), n=which), match["y"])


def make_quarter(match: re.Match[str]) -> Spec:
    """一季度, 去年第四季度, 本季度, 前三季度."""
    if match["rel"]:
        return Spec("quarter", match.group(), n={"上": -1, "下": 1}.get(match["rel"][0], 0), part="relative")
    unit = "first" if match["all"] else ""
    return with_year(Spec("quarter", match.group(), n=number(match["q"]), unit=unit), match["y"])


def make_term(match: re.Match[str]) -> Spec:
    """本学期, 上学期, 第二学期, 本学年."""
    words, which = match.group(), match["w"] or ""
    if match["year"]:
        return Spec("term", words, n={"上": -1, "下": 1}.get(which[:1], 0), part="year")
    if which[:1] in ("第", "秋", "春"):
        return Spec("term", words, n=1 if which in ("第一", "第1", "秋季") else 2, part="numbered")
    return Spec("term", words, n={"上": -1, "下": 1}.get(which[:1], 0), part="初" if match["part"] == "初" else "")


def make_since_school(match: re.Match[str]) -> Spec:
    """开学以来."""
    return Spec("term", match.group())


def make_festival(match: re.Match[str]) -> Spec:
    """六一, 教师节当天."""
    month, day = FESTIVALS[match["f"]]
    return Spec("day", match.group(), month=month, days=(day,))


def make_beside(match: re.Match[str]) -> Spec:
    """国庆前一天."""
    away = timedelta(days=value(match["n"]).value or 1)
    feast = date(2023, *FESTIVALS[match["f"]])
    day = feast - away if match["dir"] == "前" else feast + away
    return Spec("day", match.group(), month=day.month, days=(day.day,))


def make_holiday(match: re.Match[str]) -> Spec:
    """国庆期间, 暑假."""
    month, day, length = HOLIDAYS[match["f"]] if match["f"] else (7, 1, 62)
    return Spec("holiday", match.group(), month=month, days=(day,), n=length)


def make_next(match: re.Match[str]) -> Spec:
    """次日: the day after the one said before."""
    return Spec("next", match.group(), n=1)


PART = (
    rf"(?: ?的?(?P<part>上旬|中旬|下旬|[上下前后]半月|初(?![一二三中])|底|末|中(?![队学午心小层期旬]))"
    rf"|的?(?:头|前)(?P<first>{COUNT})天|的?最后(?P<final>{COUNT})天"
    rf"|的?第?(?P<nth>最后一?|[一二三四五1-5])个?{WEEK}(?P<on>[一二三四五六日天])?)?"
)
AT_START = r"(?<![^,。;:、\n (\[在从自于至到是])"
AFTER_HAO = "(?!楼|宿舍|教学楼|实训|食堂|餐厅|操场|报告厅|教室|问题|文件|院|门|桌|房|公寓|台|店|厅|馆|病|床|车|机|线|中队|班|小队|建议|诉求|困难|意见|那个问题|这个问题|[(]?已)"
PAIRS = {"今明": 0, "明后": 1, "昨今": -1, "前昨": -2}
RULES = tuple(
    Rule(name, late(pattern), make)
    for name, pattern, make in (
        ("festival", rf"(?P<f>{'|'.join(FESTIVALS)}){ON_THE_DAY}", make_festival),
        ("feast-eve", rf"(?P<f>{'|'.join(FESTIVALS)})节?(?P<dir>[前后])(?P<n>[一二两三123])[天日]", make_beside),
        ("feast", rf"{AT_START}(?P<f>六一|五四|建队日|教师节|儿童节|青年节)节?(?=主题[队团]|队[日会]|团[日课会]|队课|搞|开|办|和|跟|给|访谈|宣讲|上了|讲|组织|举|与|同|慰问|看望)", make_festival),
        ("holiday", r"(?:(?P<f>国庆|十一|五一|元旦)节?(?:假期|期间|长假|小长假|放假|那(?:几|七|三|五|7|3|5)天|那(?:个)?(?:星期|礼拜|周)|这几天)|暑假)(?:期间)?", make_holiday),
        ("year-month-day", rf"(?P<y>{YEAR} ?的?)?(?P<m>{NUM} ?月份?|{MONTH_WORD}) ?的?(?P<d>(?!一[共直起些般样切定半]){NUM})(?: ?[日号]|{BARE}(?!月))", make_ymd),
        ("digits", r"(?<![\d.])(?P<y>(?:19|20)\d\d|2\d)[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})日?(?!\d|:\d)", make_digits),
        ("digits", r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", make_digits),
        ("month", rf"(?<![\d第.])(?P<y>{YEAR} ?的?)?(?P<m>{MONTH} ?月份?(?!光|亮|饼|季|经|嫂|刊|考)|{MONTH_WORD}){PART}{NOT_OF}", make_month),
        ("month", r"(?P<y>)(?P<m>)(?:月(?P<part>[初底末]))", lambda m: Spec("month", m.group(), month_off=0, part=m["part"])),
        ("month", r"(?<![月\d个])(?P<part>[上中下]旬|[上下前后]半月)", lambda m: Spec("month", m.group(), month_off=0, part=m["part"])),
        ("point", rf"(?<![\d./])(?<!\d:)(?P<m>1[0-2]|0?[1-9])(?:[./]|-(?!\d\d?[日号]))(?P<d>3[01]|[12]\d|0?[1-9])(?:日|号|(?!\d|:\d|[%/]|\.\d|{COUNTED}|[小公倍折米斤分千万亿节层楼时]))", make_point),
        ("days", rf"(?<![\d第月.一二三四五六七八九十])(?P<d>(?:{NUM}[、和,])+{NUM})(?=号?这?[两二三四2345]天)", make_days),
        ("days", rf"(?<![\d第月.一二三四五六七八九十])(?P<d>(?:{NUM}[、和]){{0,12}}(?:{NUM}(?:号{AFTER_HAO}(?!线)|日(?!常|内|后|游|记|期|均|程|报|志))|{NUM}(?= ?[-~到至] ?{NUM}[日号])))", make_days),
        ("quarter", rf"(?P<y>{YEAR} ?的?)?(?:(?P<all>前)?第?(?P<q>[一二三四1-4])个?季度|(?P<rel>本|这个?|上个?|下个?)季度)", make_quarter),
        ("half", rf"(?P<y>{YEAR} ?的?)?(?:(?P<h>[上下前后])半年(?!的?计划)|上一?个半年)", make_half),
        ("year-edge", rf"(?P<y>{YEAR} ?的?)?年(?P<edge>[初底])(?!级)", make_year_edge),
        ("year", rf"(?P<y>(?:今年|去年|本年|上年|前年|大前年|明年)度?)(?:的?(?:头|前)(?P<first>{COUNT})天)?{NEW}{NOT_OF}", make_year),
        ("year", rf"(?P<y>(?:(?<!\d)(?:19|20)\d\d|{AT_START}\d\d|[一二][零〇{CN}]{{3}}|[零〇][{CN}]|{AT_START}[一两二]千(?:零?[{CN}]?十?[{CN}]?)) ?年度?)(?:的?(?:头|前)(?P<first>{COUNT})天)?(?![级代前后来以多的出生建版制龄间内里余教])", make_year),
        ("term", r"(?:(?P<w>本|这一?个?|上一?个?|下一?个?|第[一二12]|[秋春]季)学(?:期(?P<part>初)?|(?P<year>年度?)))(?!末|的?(?:安排|计划|打算|目标|课表))", make_term),
        ("term", "开学(?:以来|到现在|至今|到今天)", make_since_school),
        ("pair", "(?:今明|明后|昨今|前昨)(?:两|二)?[天日]", make_pair),
        ("relative", r"大前[天日]|大后[天日]|(?<![目以之眼提当])(?<!(?<![天日晚夜])跟)前[天日晚夜儿](?!景)|昨(?:[天日晚夜朝晨]子?|儿个?|个儿?|早)?|寻日|噚日|琴日|夜来(?!香|临)|夜儿个?(?!里)|夜个"
                     r"|今(?:[天日晚朝晨]|儿个?|个儿?|早)|[昨今](?<![^ ,。;\n][昨今])(?=[ ,;]|$)|今(?=\d|上午|下午|中午|[午到去在访入进驻赴蹲听宣共和与跟])|(?<![说声证表文聪透申发注])(?:赶)?明(?:[天日晚朝晨早]|儿个?|个儿?)|听[日朝](?!语)|(?<![以之今往然午饭课])后[天日儿]", make_relative),
        ("ago", rf"(?!百)(?P<n>{COUNT})(?:个)?(?P<u>天|{WEEK}|(?<=个)月)(?:之|以)?(?P<dir>[前后])(?![后期面边])", make_ago),
        ("recent", rf"(?P<how>最近|过去|近|这|前|头)的?(?P<n>{COUNT})个?(?P<u>天|{WEEK}|(?<=个)月)(?:以来|来|里|内)?", make_recent),
        ("week", rf"(?<![晚早路线乡以])(?P<w>上上上|上上|上|这|本|当|该|下下|下)(?:一|个|1)?{WEEK}(?P<d>{WEEKDAYS}|末(?!愉快))?{NOT_OF}", make_week),
        ("weekday", rf"(?<![每逢隔单双毎])(?<!(?<![周期拜])[一二两几])(?:星期|礼拜|周)(?P<d>{WEEKDAYS}|末(?!愉快|快乐|见|好))", make_weekday),
        ("next", "次日|翌日|隔天|隔日|第二天|转天", make_next),
    )
)  # fmt: skip
