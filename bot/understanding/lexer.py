"""A message cut into tokens: dates, schools, classes, numbers with their units, and the words of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from . import dates, numerals
from .numerals import Number
from .schools import GENERIC_MARK, SCHOOL_MARK, find_schools, marked
from .vocabulary import Roles, fast_pattern, trie_pattern, vocabulary

DATE_MARK = "\ue000"
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙"
    "史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍冀栗燕郁原桂佟应臧边卞曹"
)
GRADE = r"(?:[小初高大]?[一二三四五六七八九]|[小初高]?\d{1,2}|20\d\d|[初高]中)(?:年级|级)?"
NEVER = (
    r"《[^》\n]{0,60}》|https?://[!-~]+|\d{7,}",
    r"(?:^|(?<=[\n ,;。)])(?<![员生师长访谈讲课卷话部任人] ))\(?\d{1,2}[.、)](?=\D|$)|[①②③④⑤⑥⑦⑧⑨⑩]|(?:^|(?<=[\n。;]))\(?[一二三四五六七八九十]{1,2}[、)]",
    r"\d{1,2}[:点]\d{2}(?:分)?(?:[-~至到]\d{1,2}[:点]\d{2})?|\d{1,2}时(?:\d{1,2}分|半)?",
    r"(?<!重)(?<!要)[零一二两三四五六七八九十\d]{1,3}点(?!名|位|人|建议|意见)(?:钟|半|多|整|[一三]刻|[零一二三四五六七八九十\d]{1,3}分?)?",
    r"第(?:[一二三四五六七八九十百]{1,4}|\d{1,3}|几)(?:个|所)?(?:天|次|场|节课|节|堂|期|批|站|轮|周|课|季|届|步|项|组|名|位|章|学期|小队|大队|年|条|件|篇|回)?",
    r"d(?:ay)?\d{1,3}(?!\d)",
    r"\((?:人|名|位|场|次|节|份|篇|个|件|项|天|人次|场次)\)(?=:)|\(\d{1,2}\)(?=[一-鿿])",
)
CHAT = (
    r"[聊谈唠扯谝侃喷摆喧吹拉叨嗑][了过](?:了?[聊谈唠扯谝侃喷摆喧]|(?:好|老|一)?(?:会儿?|哈子?|下子?|阵子?|半天|半晌|几句|两句|通|气|圈|久)(?:儿|话|天)?|个把(?:钟头|小时))"
    r"|[聊谈唠扯谝侃喷摆喧叨](?:一|了一)?[聊谈唠扯谝侃喷摆喧叨](?!会)"
)
MARKS = {
    ",": "comma", "。": "stop", ";": "stop", "!": "stop", "?": "stop", "\n": "line", ":": "colon", "(": "open", ")": "close", "[": "open",
    "]": "close", "✓": "tick", "👍": "tick", "×": "zero", " ": "space", "、": "conj", "+": "conj", "&": "conj", "/": "conj", "-": "dash", "~": "dash",
}  # fmt: skip
MARK_ROLES: dict[str, Roles] = {mark: {role: ""} for mark, role in MARKS.items()}
TIMES: Roles = {"tick": ""}
NUMERALS = "零〇一二两三四五六七八九十百千万半几俩仨廿"
CLASS_ROLES: Roles = {"class": ""}
GRADE_ROLES: Roles = {"grade": ""}
UNITLESS: Roles = {"num": ""}
PLAIN: dict[str, Roles] = {
    "date": {"date": ""}, "school": {"school": "named"}, "generic": {"school": ""}, "never": {"noise": "", "skip": ""}, "class": CLASS_ROLES,
    "grade": GRADE_ROLES,
}  # fmt: skip
SHORT: dict[str, Roles] = {"辅": {"aud": "counselor", "kind": "roles"}, "队": {"aud": "pioneer", "kind": "groups"}}
UNIT_ROLES: dict[str, Roles] = {"": UNITLESS}
TALKED: Roles = {"act": "interview", "tone": "weak"}
DAY: Roles = {"num": "day"}
HALF: Roles = {"num": "day", "half_day": ""}
HEARERS: Roles = {"attend": ""}
PUPILS: Roles = {"aud": "student", "kind": "groups"}
NOISE: Roles = {"noise": ""}
OTHER: Roles = {"noise": "", "goods": ""}
ADDRESS = frozenset(
    [
        "老师",
        "教师",
        "校长",
        "副校长",
        "主任",
        "书记",
        "班主任",
        "辅导员",
        "园长",
        "团委书记",
        "大队辅导员",
        "中队辅导员",
        "家长",
        "妈妈",
        "爸爸",
        "奶奶",
        "爷爷",
        "德育主任",
        "同学",
        "先生",
    ]
)
TEACHERS = frozenset(("老师", "教师", "先生"))


class Token(NamedTuple):
    """A stretch of text and the parts it can play."""

    start: int
    end: int
    roles: Roles
    word: str = ""
    number: Number | None = None
    said: dates.Said | None = None
    named: bool = False

    def has(self, role: str) -> bool:
        """True where the word can play this part."""
        return role in self.roles


@cache
def master() -> re.Pattern[str]:
    """One pattern for all that a message is made of."""
    words = vocabulary()
    spoken = trie_pattern(word for word in words.roles if word[0] in NUMERALS)
    after = f"(?:{numerals.AFTER.pattern})"
    plain = fast_pattern(word for word in words.roles if word[0] not in NUMERALS)
    numeric = (
        f"(?P<never>{'|'.join(NEVER)})"
        rf"|(?P<sexes>(?P<boys>[{NUMERALS}\d]{{1,3}})[名个]?男(?:生|孩|娃|队员)?[、,和]?(?P<girls>[{NUMERALS}\d]{{1,3}})[名个]?女(?:生|孩|娃|队员)?)"
        rf"|(?P<class>(?:{GRADE}[,·.]?)?\(?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\)?(?:班|中队)(?!主任|会|干|长|委|辅|人|活动|集体))"
        r"|(?P<grade>[一二三四五六七八九\d](?:[、,至到-]?[一二三四五六七八九\d]){0,3}年级|[高初][一二三](?![\d班中]))"
        r"|(?P<short>辅(?=[:x*×+]?[\d一二两三四五六七八九])|(?<=[\d名个位两俩])辅(?![导助佐以修])|(?:^|(?<=[ ,、;:\n\d]))队(?=[:x*×+]?\d))"
        f"|(?P<spoken>{spoken})"
        rf"|(?P<days>(?:{numerals.NUMBER})个?半?(?:整|全)?(?:天|日|个?工作日)(?:半(?!天))?(?![前后气下空真然亮黑])|[大小多]?半[天日]|[一1]?整天)"
        f"|(?P<num>{numerals.NUMBER}(?:[-~至到]\\d+(?=[名位人个节场次份件]))?)(?P<after>{after})?(?:(?P<other>{words.other})|(?P<unit>{words.unit})(?P<late>{after})?)?"
    )
    starts = NUMERALS + "〇数好若整大约概差接将近不足小超至逾上成初高第辅队壹贰叁肆伍陆柒捌玖拾佰仟卅幺①②③④⑤⑥⑦⑧⑨⑩"
    return re.compile(
        f"(?P<date>{DATE_MARK}+)|(?P<school>{SCHOOL_MARK}+)|(?P<generic>{GENERIC_MARK}+)"
        rf"|(?=[\d{starts}《(hd])(?:{numeric})"
        f"|(?P<chat>{CHAT})"
        f"|(?P<word>{plain})"
        r"|(?P<mark>[,。;!?\n:()\[\]✓👍× 、+&/~-])"
    )


def lex(text: str) -> list[Token]:
    """The tokens of a normalised text; what is in none of them carries no meaning of ours."""
    schools = find_schools(text)
    masked = marked(text, schools) if schools else text
    said = dates.scan(masked)
    if said:
        masked = date_marked(masked, said)
    return joined(masked, list(tokens(masked, {one.start: one for one in said})))


def date_marked(text: str, said: list[dates.Said]) -> str:
    """The text with every date replaced by marks of the same length."""
    parts: list[str] = []
    at = 0
    for one in said:
        parts += [text[at : one.start], DATE_MARK * (one.end - one.start)]
        at = one.end
    return "".join(parts) + text[at:]


def tokens(text: str, said: dict[int, dates.Said]) -> Iterator[Token]:
    """Each token as the master pattern finds it."""
    roles = vocabulary().roles
    for match in master().finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word" or kind == "spoken":
            word = match.group()
            yield Token(start, end, roles[word], word)
        elif kind == "mark":
            mark = match.group()
            yield Token(start, end, mark_roles(text, mark, start, end))
        elif kind == "date":
            yield from split_dates(start, end, said)
        elif kind == "sexes":
            yield both_sexes(match)
        elif kind == "chat":
            yield Token(start, end, TALKED, match.group())
        elif kind == "days":
            yield days(match.group(), start, end)
        elif kind == "short":
            yield Token(start, end, SHORT[match.group()], match.group())
        elif kind in PLAIN:
            yield Token(start, end, PLAIN[kind], match.group())
        else:
            yield amount(match, text)


def mark_roles(text: str, mark: str, start: int, end: int) -> Roles:
    """×3 is times three, a lone × or / in a form is nothing."""
    after = text[end : end + 1]
    if mark == "×" and after.isdecimal():
        return TIMES
    if mark == "/" and after in ("", "\n") and text[start - 1 : start] in (":", "|", " "):
        return MARK_ROLES["×"]
    return MARK_ROLES[mark]


def split_dates(start: int, end: int, said: dict[int, dates.Said]) -> Iterator[Token]:
    """Dates that stand side by side are separate tokens."""
    while start < end:
        one = said[start]
        yield Token(one.start, one.end, PLAIN["date"], one.words, None, one)
        start = one.end


def amount(match: re.Match[str], text: str) -> Token:
    """A number with what stands behind it."""
    start, end = match.span()
    if match["other"] or alien(text, end, match["unit"]):
        return Token(start, end, OTHER, match.group())
    words = match["num"]
    if words[-1] == "+" and text[end : end + 1] not in ("", *MARKS):
        words = words[:-1]
    number = numerals.value(words)
    loose = match["after"] or match["late"]
    if loose:
        number = numerals.with_after(number, loose)
    unit = vocabulary().units[match["unit"]] if match["unit"] else ""
    return Token(start, end, unit_roles(unit), match.group(), number)


def both_sexes(match: re.Match[str]) -> Token:
    """3男2女: five pupils."""
    boys, girls = numerals.value(match["boys"]).value, numerals.value(match["girls"]).value
    many = Number(None, None, vague=True) if boys is None or girls is None else Number(boys + girls)
    return Token(match.start(), match.end(), PUPILS, match.group(), many)


def days(words: str, start: int, end: int) -> Token:
    """A number of days."""
    count = dates.day_count(words)
    number = Number(count) if count is not None else numerals.value(words.rstrip("天日半整全"))
    return Token(start, end, HALF if words.endswith("半天") and count == 0.5 else DAY, words, number)


def unit_roles(unit: str) -> Roles:
    """The roles of a number with a unit."""
    if unit not in UNIT_ROLES:
        UNIT_ROLES[unit] = {"num": unit}
    return UNIT_ROLES[unit]


GENERIC_SCHOOL = re.compile(GENERIC_MARK + "+")
ALIEN = re.compile(r"[.:/\d%]")


def alien(text: str, end: int, unit: str | None) -> bool:
    """True where the number is part of something longer."""
    return not unit and bool(ALIEN.match(text, end)) and text[end : end + 1] not in ":/"


def joined(text: str, found: list[Token]) -> list[Token]:
    """Titles behind surnames, two words for one person, and the names of papers and places made with a deed's name."""
    out: list[Token] = []
    for token in found:
        if out:
            if token.start < out[-1].end:
                continue
            settle(text, out, token)
        if "aud" in token.roles:
            out.append(somebody(text, out, token))
        elif "act" in token.roles and "noise" not in token.roles:
            out.append(paper(text, token))
        else:
            out.append(token)
    if out and out[-1].roles is UNITLESS and "一" <= text[out[-1].end : out[-1].end + 1] <= "鿿":
        out[-1] = out[-1]._replace(roles=NOISE)
    return out


def settle(text: str, out: list[Token], token: Token) -> None:
    """What the word before turns out to be, now that the next is known."""
    last = out[-1]
    if last.roles is UNITLESS:
        if unattached(text, last, token):
            out[-1] = last._replace(roles=NOISE)
    elif (
        (last.roles is GRADE_ROLES or last.roles is CLASS_ROLES) and person_like(token) and token.start - last.end <= 2
    ):
        if text[last.end : last.end + 1] == "的":
            out[-1] = last._replace(roles=PUPILS)


def somebody(text: str, out: list[Token], token: Token) -> Token:
    """An audience word as one person or group; those before 的 only tell whose they are."""
    if out and out[-1].word == "听课" and out[-1].end == token.start:
        out[-1] = out[-1]._replace(roles=HEARERS)
    token = one_person(text, out, token)
    belongs(text, out, token)
    return token


def one_person(text: str, out: list[Token], token: Token) -> Token:
    """An audience word with the surname before it, or with the audience word it belongs to."""
    if (
        token.word in ADDRESS
        and token.start
        and text[token.start - 1] in SURNAMES
        and (not out or out[-1].end < token.start)
    ):
        token = token._replace(start=token.start - 1, named=True)
    before = out[-1] if out else None
    if before is None or before.end != token.start or not before.has("aud"):
        return token
    out.pop()
    keep = before if token.word in TEACHERS else token
    return keep._replace(
        start=before.start, end=token.end, word=before.word + token.word, named=before.named or token.named
    )


def person_like(token: Token) -> bool:
    """True for a verb, or a number that may count people."""
    return "act" in token.roles or token.roles.get("num") in ("", "thing", "person")


def unattached(text: str, number: Token, after: Token) -> bool:
    """True where a number without a unit runs on into a word that is none of ours (最后一记)."""
    behind = text[number.end : number.end + 1]
    return "一" <= behind <= "鿿" and not (
        after.start == number.end and {"aud", "act", "conj", "each", "got", "also", "sum"} & after.roles.keys()
    )


def belongs(text: str, out: list[Token], token: Token) -> None:
    """孩子的妈妈, 家委会的5名家长: whoever stands before 的 only tells whose they are."""
    at = len(out) - 1
    if at > 0 and "num" in out[at].roles:
        at -= 1
    if at >= 0 and "aud" in out[at].roles and out[at].number is None:
        after = out[at + 1].start if at + 1 < len(out) else token.start
        if text[out[at].end : after] == "的":
            del out[at]


def paper(text: str, token: Token) -> Token:
    """A deed's name that only names something else (宣讲稿, 蹲点学校) is no deed."""
    stay = token.roles["act"] == "on_site"
    tail = vocabulary().after_act.match(text, token.end)
    if tail and stay and tail.group() == "时间":
        return token
    if not tail and stay:
        tail = vocabulary().after_on_site.match(text, token.end) or GENERIC_SCHOOL.match(text, token.end)
    if tail and (
        text[tail.end() : tail.end() + 1] != ":" or (stay and tail.group() not in ("天数", "次数", "的日子", "日期"))
    ):
        return Token(token.start, tail.end(), NOISE, token.word)
    return token
