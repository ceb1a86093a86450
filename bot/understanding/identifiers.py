"""What points at one person or account by a number, a sign or an address: where it stands in a normalised text.

A rule is a label, a pattern and a test of what the pattern found. `identifiers(text)` gives (start, end, label).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .frozen import frozen
from .late import late
from .name_contexts import either

Span = tuple[int, int, str]

SPOKEN = str.maketrans("一二三四五六七八九零〇幺壹贰叁肆伍陆柒捌玖洞拐", "12345678900112345678907")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10x98765432"
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)
MOST_GAPS, EVERY_GAP = 4, 10


def digits(words: str) -> str:
    """The figures of a stretch, without what parts them."""
    return "".join(c for c in words if c.isdecimal() or c == "x")


def is_mobile(words: str) -> bool:
    """Eleven figures in a few groups or one by one; a list of days is neither."""
    gaps = len(re.findall("[^\\d]+", words))
    return gaps <= MOST_GAPS or gaps == EVERY_GAP


def is_citizen_id(words: str) -> bool:
    """A resident's number of 18 with its check digit, or an old one of 15 with a province and a day."""
    number = digits(words)
    if number[:2] not in PROVINCES:
        return False
    if len(number) == len("140481900307123"):
        return bool(re.fullmatch("\\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}", number))
    return CHECKS[sum(int(a) * b for a, b in zip(number[:17], WEIGHTS, strict=True)) % 11] == number[17]


def is_bank_card(words: str) -> bool:
    """A card's number by its length, its first figure and the Luhn sum."""
    figures = [int(c) for c in reversed(digits(words))]
    doubled = [sum(divmod(2 * c, 10)) for c in figures[1::2]]
    return (sum(figures[::2]) + sum(doubled)) % 10 == 0


def always(words: str) -> bool:
    """The pattern alone is enough."""
    return bool(words)


def has_figure(words: str) -> bool:
    """A plate or a name of an account holds a figure at least."""
    return any(c.isdecimal() for c in words)


@frozen
class Rule:
    """What to look for and what to put in its place; the group `it`, where there is one, is what is hidden."""

    label: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = always


GAP = "[ \\-_.·~、,/]{0,2}"
SEAL = "(?<![\\da-z])"
END = "(?![\\d])"
PHONES = either(
    "电话 手机 手机号 手机号码 联系电话 座机 固话 热线 tel 电话号码 联系方式 拨打 致电 打 短号 传真 办公电话 家长电话"
)
IS = "[ :是为号码在：(]{0,4}"
NUMBERS = (
    Rule("学籍号", late("(?:学籍号?[ :是为]{0,3})?\\b[gl] ?\\d{17}[\\dx]" + END)),
    Rule(
        "学籍号",
        late(f"(?:学籍号码?|学籍辅号|学号|考号|准考证号?){IS}(?P<it>[a-z]?\\d[\\dx -]{{4,24}}[\\dx])"),
    ),
    Rule(
        "证件",
        late(
            "(?:身份证|证件|户口|护照|通行证|军官证|驾照|驾驶证)[^\\d,。]{0,6}?(?P<it>[a-z]{0,2}\\d[\\d -]{5,24}[\\dx])(?![\\dx])"
        ),
    ),
    Rule(
        "证件",
        late(
            f"{SEAL}[1-8]\\d{{5}} ?(?:18|19|20)\\d\\d ?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]) ?\\d{{3}}[\\dx](?![\\dx])"
        ),
        is_citizen_id,
    ),
    Rule("证件", late(f"{SEAL}[1-8]\\d{{14}}{END}"), is_citizen_id),
    Rule(
        "电话",
        late(f"(?<!\\d)(?:\\+?(?:00)?86[ -]?)?1{GAP}[3-9](?:{GAP}\\d){{9}}{END}"),
        is_mobile,
    ),
    Rule(
        "电话",
        late(f"(?<!\\d)\\(?0(?:10|2\\d|[3-9]\\d\\d)[ )\\-]{{0,2}}[2-9]\\d{{2,3}}[ -]?\\d{{4}}(?:-\\d{{1,5}})?{END}"),
    ),
    Rule("电话", late(f"(?<!\\d)[48]00[ -]?\\d{{3,4}}[ -]\\d{{3,4}}{END}")),
    Rule(
        "电话",
        late(f"{PHONES}{IS}(?P<it>\\d(?:[ -]?\\d){{4,14}}){END}"),
        lambda words: digits(words) != "12355",
    ),
    Rule(
        "账号",
        late(f"(?:银行卡|卡号|账号|账户|帐号|帐户|存折|工资卡){IS}(?P<it>\\d(?:[ -]?\\d){{7,22}}){END}"),
    ),
    Rule(
        "账号",
        late(
            f"{SEAL}(?:62|4\\d|5[1-5]|3[57]|60|9[58])\\d{{2}}(?:[ -]?\\d{{4}}){{2}}(?:[ -]?\\d{{3,4}})(?:[ -]?\\d{{1,4}})?{END}"
        ),
        is_bank_card,
    ),
)
ACCOUNT = "(?P<it>[a-z0-9][a-z0-9_.\\-]{4,29})(?![a-z0-9])"
SIGNS = (
    Rule(
        "邮箱",
        late("(?<![a-z0-9._+-])[a-z0-9][a-z0-9._+-]{0,63} ?@ ?[a-z0-9-]{1,40}(?: ?\\.[a-z0-9-]{1,20}){1,4}"),
    ),
    Rule(
        "账号",
        late(f"(?:qq|q q|扣扣|企鹅)(?:群|邮箱)?{IS}(?P<it>\\d(?: ?\\d){{4,11}}){END}"),
    ),
    Rule(
        "账号",
        late(
            f"(?:微信|薇信|威信|vx|v信|wx|weixin|wechat|加v|抖音|快手|小红书|支付宝|微博|钉钉)(?:号|id|账号)?{IS}{ACCOUNT}"
        ),
    ),
    Rule("账号", late("wxid_[a-z0-9]{4,30}")),
    Rule(
        "口令",
        late(
            f"(?:邀请码|验证码|绑定码|激活码|识别码|校验码|口令|密码)(?:应该)?{IS}(?P<it>[a-z0-9][a-z0-9-]{{3,20}})(?![a-z0-9])"
        ),
    ),
    Rule(
        "口令",
        late("绑定[^,。;\\n]{0,10}?(?<![a-z0-9])(?P<it>(?=[a-z-]{0,12}\\d)[a-z0-9-]{4,16})(?![a-z0-9])"),
    ),
)
PLATES = (
    Rule(
        "车牌",
        late(
            "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z][· .-]?[a-hj-np-z0-9]{4,5}[a-hj-np-z0-9挂学警港澳](?![a-z0-9])"
        ),
        has_figure,
    ),
)
NUM = "(?:\\d{1,5}|[一二三四五六七八九十百零〇]{1,5})"
INSIDE = (
    f"(?:[ ,-]?[a-z]?[甲乙丙丁东西南北]?{NUM} ?(?:号楼|号院|栋|幢|座|单元|室|号|楼|层|户|门|院)|[ -]\\d{{3,4}}(?!\\d))"
)
STREET = "(?:路|街|巷|弄|胡同|大道|小区|花园|花苑|新苑|家园|新村|公寓|苑|里弄|佳苑|雅苑|华府|新城|别墅|社区|庄园|广场)"
REGION = "[村镇路街组号苑区庄屯乡巷院]"
FAR = "(?!偏远|山区|农村|外地|附近|本村|同村|乡下|城里|县城|镇上|村里|得|的|比较|校外|很|较|离|不)"
HOMES = (
    Rule(
        "地址",
        late(
            f"(?:家住|住址|家庭住址|家庭地址|户籍地址?|现住址)[ :是为在]{{0,3}}(?P<it>{FAR}[^,。;!?\\n()]{{1,24}}{REGION}[^,。;!?\\n() ]{{0,6}})"
        ),
    ),
    Rule(
        "地址",
        late(
            f"[^\\W\\d_去到在住址访是送往于的了给]{{0,12}}?{STREET}(?:[a-z]区)? ?{NUM}(?:-\\d{{1,4}})?(?:号院?|弄|栋|幢|号楼|座|单元)(?!中队|问题|小学)(?:[ ,]?{INSIDE}){{0,4}}(?:室|户)?"
        ),
    ),
    Rule(
        "地址",
        late(
            f"[^\\W\\d_去到在住址访是送往于的了给]{{0,12}}?{NUM}(?:号楼|栋|幢|座) ?{NUM}单元(?:{INSIDE}){{0,3}}(?: ?\\d{{2,4}}室?)?"
        ),
    ),
    Rule("地址", late("\\d{1,3}单元 ?\\d{2,4}室?")),
)
DAY = "(?:(?:19|20)?\\d\\d[年./-]\\d{1,2}(?:[月./-](?:\\d{1,2}[日号]?)?)?|\\d{1,2}月\\d{1,2}[日号]?|(?:19|20)\\d\\d[01]\\d[0-3]\\d)"
BIRTHS = (
    Rule(
        "生日",
        late(
            f"(?<!党的)(?<!祖国)(?<!国家)(?<!建队)(?<!队的)(?<!队)(?<!团的)(?<!集体)(?:生日|出生日期|出生年月日?|出生于|生于|出生)[ :是为在]{{0,3}}(?P<it>{DAY})"
        ),
    ),
    Rule(
        "生日",
        late(f"(?P<it>{DAY}) ?(?:出生(?!率)|生(?!日会|日快|活|效|产|源|态|动|病|涯|火|长|物|成))"),
    ),
)
FIGURE = "[一二三四五六七八九零〇幺壹贰叁肆伍陆柒捌玖洞拐\\d]"
GROUPS: tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...] = (
    (late("\\d(?:[^\\d\u4e00-\u9fff]{0,2}\\d){4}"), NUMBERS),
    (
        late(
            "@|qq|q q|扣扣|企鹅|微信|薇信|威信|vx|v信|wx|wechat|weixin|加v|抖音|快手|小红书|支付宝|微博|钉钉|码|口令|绑定"
        ),
        SIGNS,
    ),
    (late("(?<=[\u4e00-\u9fff])[a-hj-np-z][· .-]?[a-z0-9]{4}"), PLATES),
    (
        late(f"家住|住址|地址|户籍|单元|{STREET}(?:[a-z]区)? ?[\\d一二三四五六七八九十]"),
        HOMES,
    ),
    (late("出生|生日|生于|(?<=[\\d月日号./ -])生"), BIRTHS),
)
SPOKEN_RUN = late(f"{FIGURE}(?:[ -]?{FIGURE}){{9,20}}")
SUSPECT = late(
    "|".join(
        (f"{FIGURE}(?:[^\\d\u4e00-\u9fff]{{0,2}}{FIGURE}){{4}}", *(gate.pattern for gate, _ in GROUPS[1:]))
    )  # five figures, typed or spoken, or what opens another group
)


def identifiers(text: str) -> list[Span]:
    """Every number, sign and address in the text that must not be kept, in no order, perhaps overlapping."""
    if not SUSPECT.search(text):
        return []
    found = [span for gate, rules in GROUPS if gate.search(text) for rule in rules for span in _apply(rule, text)]
    spoken = [run.span() for run in SPOKEN_RUN.finditer(text) if not run.group().isascii()]
    for start, end in spoken:
        found += _spoken(text, start, end)
    return found


def _apply(rule: Rule, text: str) -> Iterator[Span]:
    for match in rule.pattern.finditer(text):
        group = "it" if "it" in rule.pattern.groupindex else 0
        if rule.holds(match[group]):
            yield (*match.span(group), rule.label)


def _spoken(text: str, start: int, end: int) -> list[Span]:
    """Numbers said figure by figure in Chinese, read as if they were typed."""
    said = text[start:end].translate(SPOKEN)
    return [(start + a, start + b, label) for rule in NUMBERS for a, b, label in _apply(rule, said)]
