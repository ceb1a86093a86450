"""How many: Chinese, Arabic, mixed and spoken numerals, exact and vague."""

from __future__ import annotations

import re

from .frozen import frozen

DIGITS = {
    "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "俩": 2, "仨": 3, "幺": 1,
}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000}
SHORT = {"廿": "二十", "卅": "三十", "俩": "二", "仨": "三"}
ONE_TO_NINE = "一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
CHINESE = "〇零一二两三四五六七八九十百千万廿卅俩仨壹贰叁肆伍陆柒捌玖拾佰仟幺"
ABOUT = "大[约概]有?|差不多有?|(?:估计|预计|可能|得)有|将近|接近|约|近|不到|不足|小|大几"
MORE = "超过|至少|最少|不少于|不下|逾|上(?=[百千])|成(?=[百千])"
NUMBER = (
    rf"(?:(?:{ABOUT}|{MORE}|好(?=几[十百千]))(?=[\d{CHINESE}数几]))?"
    rf"(?:\d+(?:\.\d+)?(?:[百千万]+[{ONE_TO_NINE}]?)?(?:[多余几来]|\+(?!\d))?"
    rf"|(?:[{CHINESE}]|几(?=[十百千万\d])|数(?=[十百千])|(?<=[十廿卅百千万])几)+(?:[多余](?!数)|(?<=[十百千])来)?"
    r"|好几|几|若干|半)"
)
AFTER = re.compile("左右|上下|以上|来(?=名|个|人|位)|出头|不到|多(?=$|[,;。])")
BOUNDED_AFTER = frozenset(("以上", "出头", "多"))
LOOSE = frozenset(("若干", "好几", "几", "些", "一些", "好些", "不少", "许多", "很多"))
LEAD = re.compile(f"(?P<about>{ABOUT})|(?P<more>{MORE})")
TAIL = re.compile(r"(?P<bound>[多余几]|\+)|(?P<open>来)")
ROUND = re.compile(rf"(?P<digit>[{ONE_TO_NINE}\d]+)?(?P<unit>[百千万])(?P<last>[{ONE_TO_NINE}])")
EITHER = re.compile(rf"(?P<head>.*?)(?P<low>[{ONE_TO_NINE}])(?P<high>[{ONE_TO_NINE}])(?P<tail>[十百千万]*)")
BETWEEN = re.compile(r"(?P<low>[^-~到至]+)[-~到至](?P<high>[^-~到至]+)")


@frozen
class Number:
    """A quantity as said: its value, or a bound (at least so many), or neither."""

    value: float | None
    at_least: float | None = None
    vague: bool = False


LONGEST = 16
VAGUE = Number(None, None, vague=True)


def value(words: str) -> Number:
    """What a numeral says; vague where no one value is meant (20多: at least 20, 近70: no bound)."""
    if not words:
        return VAGUE
    words = words[1:] if words[0] == "好" and len(words) > 2 else words
    lead = LEAD.match(words)
    if lead and lead.end() < len(words):
        inner = value(words[lead.end() :])
        return VAGUE if lead["about"] else at_least(inner.value or inner.at_least)
    if words in LOOSE or len(words) > LONGEST:
        return VAGUE
    exact = exact_value(words)
    return Number(exact) if exact is not None else vague_value(words)


def with_after(number: Number, after: str) -> Number:
    """A number followed by a word that loosens it (70名左右, 50人以上)."""
    return at_least(number.value or number.at_least) if after in BOUNDED_AFTER else VAGUE


def at_least(bound: float | None) -> Number:
    """A vague number with a bound."""
    return Number(None, bound, vague=True)


def exact_value(words: str) -> float | None:
    """The value of a numeral that means one number, else none."""
    if words.isascii():
        return plain_value(words)
    if words == "半":
        return 0.5
    if words == "半百":
        return 50.0
    spelled = "".join(SHORT.get(c, c) for c in words)
    if EITHER.fullmatch(spelled) and not digits_only(spelled):
        return None
    return rounded(spelled) or counted(spelled)


def plain_value(words: str) -> float | None:
    """The value of Arabic digits."""
    try:
        return float(words)
    except ValueError:
        return None


def digits_only(words: str) -> bool:
    """True where digits are read out one by one (二〇二六)."""
    return len(words) > 2 and all(c in DIGITS for c in words)


def rounded(words: str) -> float | None:
    """一百二 is 120, 四千五 4,500, 百三 130: the last digit stands for the next lower unit."""
    match = ROUND.fullmatch(words)
    if not match:
        return None
    head = counted(match["digit"]) if match["digit"] else 1.0
    unit = TENS[match["unit"]]
    lower = 1000 if unit == 10_000 else unit // 10
    return None if head is None else head * unit + DIGITS[match["last"]] * lower


def counted(words: str) -> float | None:
    """The value of digits and units in order, Arabic digits allowed among them (1百, 1.5万)."""
    if digits_only(words):
        return float("".join(str(DIGITS[c]) for c in words))
    total, part, digit = 0.0, 0.0, None
    for token in re.findall(r"\d+(?:\.\d+)?|.", words):
        if token in TENS:
            part, total = raised(part, total, digit, TENS[token])
            digit = None
        elif token in DIGITS or token[0].isdecimal():
            digit = float(DIGITS[token]) if token in DIGITS else plain_value(token)
        else:
            return None
    return total + part + (digit or 0.0)


def raised(part: float, total: float, digit: float | None, unit: int) -> tuple[float, float]:
    """The part and the total after one more unit (万 closes what came before)."""
    if unit == 10_000:
        return 0.0, total + (part + (digit or 0.0) or 1.0) * unit
    return part + (1.0 if digit is None else digit) * unit, total


def vague_value(words: str) -> Number:
    """The bound of a numeral that leaves its value open."""
    tail = TAIL.fullmatch(words[-1:]) if len(words) > 1 else None
    if tail and (bound := exact_value(words[:-1])) is not None:
        return VAGUE if tail["open"] else at_least(bound + 1 if words[-1] == "几" else bound)
    if between := BETWEEN.fullmatch(words):
        return at_least(value(between["low"]).value)
    if either := EITHER.fullmatch("".join(SHORT.get(c, c) for c in words)):
        return at_least(exact_value(either["head"] + either["low"] + either["tail"]))
    if words[:1] in "几数":
        return at_least(exact_value("二" + words[1:].rstrip("多余几来")))
    return VAGUE
