"""Neighbouring tokens that are one: titles with surnames, people in two words, papers named after deeds."""

from __future__ import annotations

import re

from .late import late
from .numerals import Number
from .patterns import DATE_MARK
from .schools import GENERIC_MARK, SCHOOL_MARK
from .tokens import CLASS_ROLES, GRADE_ROLES, HEARERS, NOISE, PUPILS, UNITLESS, Token
from .vocabulary import Roles, vocabulary

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙"
    "史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍冀栗燕郁原桂佟应臧边卞曹"
)
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
YOUNG = frozenset(("小朋友", "同学", "孩子", "学生", "队员"))
TEACHERS = frozenset(("老师", "教师", "先生"))
FUTURE = re.compile(
    "(?:于|在|会|要|继续|陆续|再|分别|重点|对|到|去|赴|前往|进|下|和|与|跟|给|为|向|开|召开|举办|举行|组织|进行|安排|完成|启动|深入|访|宣|走访|座谈|听|蹲|驻|办|结对|联系|交|提交|发放|邀请)"
)
STRIVE = re.compile(f"[{DATE_MARK}把在尽早]")
OFFICERS = re.compile(
    "学生会(?:的)?(?=[一二两三四五六七八九十几\\d]{1,2}[个名位]?(?:副?部长|干事|委员|成员|骨干|干部|主席))"
)
CADRES: Roles = {"aud": "league_cadre", "kind": "groups"}
PAPERS = re.compile(
    "第[\\d一二三四五六七八九十]+[周天次期]的?(?:工作|情况)?(?:报告|小结|总结|汇报|情况|日志|记录|周报|日报)"
)
SCHOOLS = re.compile(f"(?:的)?[{GENERIC_MARK}{SCHOOL_MARK}]+(?![、,和]|$)")
PLANNED: Roles = {"noise": "", "plan": ""}
AND_OTHERS = (")", "人", "名", "同", "、", "。", "共")
ARRIVED = frozenset(("到校", "入校", "进校", "到了校"))
COUNTED = re.compile(r"\d{1,3}[人名次场节]")
FILLED = re.compile("情况?:(?=全天|半天|[\\d一二三四五六七八九十半两]|[上下]午|✓|是)|:(?=全天|半天|[上下]午|✓)")
GENERIC_SCHOOL = re.compile("的?" + GENERIC_MARK + "+")


HEAD = late(
    f"(?<![一二三四五六七八九十\\d全各])[{''.join(SURNAMES - set('高向关于万全'))}](?P<rank>校|辅)(?![长园舍区门方友车服医内外里本史级际务董训规歌旗徽前后刊报风网安导助佐以修名])"
)
TEACHER = re.compile("教[一-鿿]{2,3}的[老小][一-鿿]")
HEADS: dict[str, Roles] = {
    "校": {"aud": "school_leader", "kind": "titles"},
    "辅": {"aud": "counselor", "kind": "titles"},
}
GATE = re.compile("[校辅教]|位领导")
SEVERAL = re.compile("(?<=位)领导")
LEADERS: Roles = {"aud": "school_leader", "kind": "groups"}
TEACHES: Roles = {"aud": "teacher", "kind": "titles"}


def with_heads(text: str, found: list[Token]) -> list[Token]:
    """王校, 李辅: an office in one character behind a surname."""
    if not GATE.search(text):
        return found
    said = [Token(m.start(), m.end(), TEACHES, "老师", named=True) for m in TEACHER.finditer(text)]
    said += [Token(m.start(), m.end(), LEADERS, "领导") for m in SEVERAL.finditer(text)]
    said += [Token(m.start(), m.end(), HEADS[m["rank"]], m["rank"] + "长", named=True) for m in HEAD.finditer(text)]
    if not said:
        return found
    free = [one for one in said if not any(t.start < one.end and one.start < t.end and len(t.word) > 1 for t in found)]
    kept = [t for t in found if not any(t.start < one.end and one.start < t.end for one in free)]
    return sorted([*kept, *free])


def joined(text: str, found: list[Token]) -> list[Token]:
    """Titles behind surnames, two words for one person, and the names of papers and places made with a deed's name."""
    out: list[Token] = []
    for token in found:
        roles = token.roles
        if out:
            last = out[-1]
            if token.start < last.end:
                continue
            if last.roles is UNITLESS or last.roles is CLASS_ROLES or last.roles is GRADE_ROLES:
                settle(text, out, token)
        if "aud" in roles:
            token = somebody(text, out, officers(text, token))
        elif token.word in LOOSE:
            token = only_words(text, token)
        elif "act" in roles and "noise" not in roles:
            token = paper(text, token)
        out.append(token)
    if out and out[-1].roles is UNITLESS and "一" <= text[out[-1].end : out[-1].end + 1] <= "鿿":
        out[-1] = out[-1]._replace(roles=NOISE)
    return out


LOOSE = frozenset(("等", "将", "争取"))


def only_words(text: str, token: Token) -> Token:
    """等 that ends a list and 将 that tells of nothing to come say nothing; 争取 before a deed is a plan."""
    if token.word == "争取":
        return token._replace(roles=PLANNED) if STRIVE.match(text, token.end) else token
    if token.word == "等":
        said = text[token.end : token.end + 1] not in AND_OTHERS
    else:
        said = bool(FUTURE.match(text, token.end)) and text[token.start - 1 : token.start] not in ("已", "经")
    return token if said else token._replace(roles=NOISE)


def officers(text: str, token: Token) -> Token:
    """学生会干部 are cadres, no pupils."""
    union = OFFICERS.match(text, token.start) if token.word == "学生" else None
    return Token(token.start, union.end(), CADRES, "学生会") if union else token


def settle(text: str, out: list[Token], token: Token) -> None:
    """What the word before turns out to be, now that the next is known."""
    last = out[-1]
    if last.roles is UNITLESS:
        if unattached(text, last, token):
            out[-1] = last._replace(roles=NOISE)
    elif person_like(token) and text[last.end : token.start][:1] == "的" and token.start - last.end <= 2:
        out[-1] = last._replace(roles=PUPILS)


def somebody(text: str, out: list[Token], token: Token) -> Token:
    """An audience word as one person or group; those before 的 only tell whose they are."""
    if out and out[-1].word == "听课" and out[-1].end == token.start:
        out[-1] = out[-1]._replace(roles=HEARERS)
    token = of_units(text, out, token)
    token = with_nicknames(text, one_person(text, out, token))
    belongs(text, out, token)
    return token


UNITS = frozenset(("school", "group"))


def of_units(text: str, out: list[Token], token: Token) -> Token:
    """两所学校的大队辅导员, 三个班的班主任: one of each unit."""
    if token.roles["kind"] == "groups" or text[token.start - 1] != "的" or token.number is not None:
        return token
    at = len(out) - (2 if out and "school" in out[-1].roles else 1)
    if at < 0 or out[at].roles.get("num") not in UNITS or token.start - out[at].end > 3:
        return token
    number = out[at].number
    del out[at:]
    return token._replace(number=number)


NICK = "[小老阿](?![师生孩朋姑校学组队])[一-鿿]"
NICKNAMES = re.compile(f"[:(]?{NICK}(?:[、和与跟 ,]{NICK})+(?![一-鿿]{{0,1}}[师们])")


def with_nicknames(text: str, token: Token) -> Token:
    """小队长小王、小李: as many as there are familiar names behind the word."""
    match = NICKNAMES.match(text, token.end)
    if match is None or token.number is not None:
        return token
    return token._replace(end=match.end(), number=Number(float(len(re.split("[、和与跟 ,]", match.group())))))


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
    if "titles" == before.roles["kind"] == token.roles["kind"] and text[token.end : token.end + 1] in (
        "都",
        "俩",
        "两",
    ):
        return token
    out.pop()
    keep = before if token.word in TEACHERS or (token.word in YOUNG and before.roles["kind"] != "groups") else token
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
        after.start == number.end and {"aud", "act", "conj", "each", "got", "lost", "also", "sum"} & after.roles.keys()
    )


def belongs(text: str, out: list[Token], token: Token) -> None:
    """孩子的妈妈, 家委会的5名家长: whoever stands before 的 only tells whose they are."""
    at = len(out) - 1
    while at >= 0 and token.start - out[at].end <= 6 and "aud" not in out[at].roles:
        at -= 1
    if at >= 0 and "aud" in out[at].roles and text[out[at].start - 1] == "被" and text[token.start - 1] == "的":
        del out[at:]
        return
    at = len(out) - 1
    if at > 0 and "num" in out[at].roles:
        at -= 1
    if at >= 0 and "aud" in out[at].roles and out[at].number is None:
        after = out[at + 1].start if at + 1 < len(out) else token.start
        if text[out[at].end : after] == "的" or (
            text[out[at].end : after] in ("他", "她") and token.roles["aud"] == "parent"
        ):
            del out[at]


LESSON = late("(?:团|队|党|思政|微团|班队)课")


def paper(text: str, token: Token) -> Token:
    """A deed's name that only names something else (宣讲稿, 蹲点学校) is no deed."""
    stay = token.roles["act"] == "on_site"
    tail = vocabulary().after_act.match(text, token.end)
    if tail and stay and tail.group() in ("时间", "打卡"):
        return token
    if not tail and token.roles["act"] == "pairing":
        tail = SCHOOLS.match(text, token.end)
    if not tail and stay:
        tail = PAPERS.match(text, token.end)
    if not tail and stay:
        tail = vocabulary().after_on_site.match(text, token.end) or GENERIC_SCHOOL.match(text, token.end)
    if tail and tail.group() in ("计划", "安排", "打算") and text[tail.end() : tail.end() + 1] == ":":
        return Token(token.start, tail.end(), PLANNED, token.word)
    if tail and tail.group() == "主题" and LESSON.match(text, tail.end()):
        return token
    if tail and (COUNTED.match(text, tail.end()) or (tail.group() == "后" and token.word in ARRIVED)):
        return token
    if tail and (
        tail.group() == "如下"
        or text[tail.end() : tail.end() + 1] != ":"
        or (stay and tail.group() not in ("天数", "次数", "的日子", "日期") and not FILLED.match(text, tail.end()))
    ):
        return Token(token.start, tail.end(), NOISE, token.word)
    return token
