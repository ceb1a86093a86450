"""A deed's word that stands for another deed here: 听 for a talk (听听大家的想法), 结对 for a link with a class, 讲 for a talk with one."""

from __future__ import annotations

from collections.abc import Callable

from .clauses import Clause
from .late import late, several
from .tokens import Token

VOICES = late(
    "[听取了一]{0,3}(?:[^,。;!?听课]{0,12}?|(?!课)[^,。;!?听]{2,14}的)(?:意见|想法|心声|心里话|呼声|看法|诉求|声音|困惑|烦恼|建议|难处)"
)
SPEAKERS = late(
    "[了着取]*[^,。课]{0,6}?(?:校长|书记|主任|辅导员|老师|家长|支书)[^,。课]{0,2}(?:介绍|讲了|说了|聊|谈了|诉)|[了着]*(?:他|她|大家|孩子|队员|同学|学生|娃)[^,。课]{0,3}[讲说聊谈](?!课)"
)
GIVES = late("给[^我,。]{1,9}$")
HIS = late("(?:^|[,。;了])(?:他|她|他们|她们|同事)$")
TO_ME = late("[跟给和对向同](?:我|咱|俺)们?$")
WITH_WHOM = late("[跟和与同找][^,。;]{1,10}$")
TALKED = late("(?:[了哒咧过讲]*(?:一?阵子?|一?会儿?|半天|好久|几句|两句|一?下)|[了哒咧过讲]*$)")


def in_private(text: str, clause: Clause, token: Token) -> bool:
    """跟教导主任讲了一阵, 她跟我讲了讲: telling one person something is a talk."""
    if token.roles["tone"] != "weak":
        return False
    if TO_ME.search(text, max(0, token.start - 4), token.start):
        return True
    return bool(WITH_WHOM.search(text, clause.start, token.start) and TALKED.match(text, token.end, clause.end))


def with_a_class(clause: Clause, at: int) -> bool:
    """和六1中队结对联系: a class is linked with, not paired with."""
    if "aud" in clause.roles or "name" in clause.roles or not at:
        return False
    before = clause.tokens[at - 1]
    return ("class" in before.roles or before.roles.get("num") == "group") and before.end == clause.tokens[at].start


def with_a_school(clause: Clause, at: int) -> bool:
    """和实验小学结对子: what two schools do together."""
    if "aud" in clause.roles or "name" in clause.roles or at < 2 or "num" in clause.roles:
        return False
    before = clause.tokens[at - 1]
    return (
        before.roles.get("school") == "named"
        and before.end == clause.tokens[at].start
        and "prep" in clause.tokens[at - 2].roles
    )


def his(text: str, clause: Clause, token: Token) -> bool:
    """他听课我访谈: what somebody else did."""
    return token.roles["act"] != "interview" and HIS.search(text[clause.start : token.start]) is not None


def was_heard(text: str, token: Token) -> bool:
    """队课听了一节: a lesson named before its verb is heard, not given."""
    return token.word[-1] == "课" and HEARD.match(text, token.end) is not None


ONLINE = late("线上|网上|微信|QQ|qq|群|电话|短信|钉钉|留言|视频|语音|私信")


def in_person(text: str, clause: Clause, token: Token) -> bool:
    """回答了3名队员的问题: an answer given face to face is no contact online."""
    if not token.word.startswith(("解答", "回答", "答了")):
        return False
    return ONLINE.search(text, clause.start, clause.end) is None


ARRIVING = several("到校 进校 入校 来校 报到 返校 在校 进校园 入校园")
SUBJECT = late(
    "(?:们|全部?|都|也|已经?|才|刚|陆续|今[天早]|昨天|早上|上午|下午|[\\d一二三四五六七八九十]+[个名位人])*$"
)
GOODS = late(
    "(?:课?桌椅?|椅子?|图书|书|衣服?|棉衣|校服|鞋|物资|设备|器材|电脑|床|被子|牛奶|教材|专家|记者|领导|检查组|督导组)(?:们|都|也|全部?|已经?|才|刚|今[天早]|昨天|上午|下午)*$"
)


def arriving(text: str, clause: Clause, at: int) -> bool:
    """孩子们到校才一半, 课桌今天到校了: somebody or something else that came to school."""
    token = clause.tokens[at]
    if token.word not in ARRIVING or token.start == clause.start:
        return False
    if GOODS.search(text, clause.start, token.start):
        return True
    who = next((t for t in reversed(clause.tokens[:at]) if "aud" in t.roles), None)
    if (
        who is None
        or who.roles["aud"] not in ("student", "pioneer", "parent")
        or "我" in text[clause.start : token.start]
    ):
        return False
    if any("prep" in t.roles for t in clause.tokens[:at]) or "colon" in clause.roles:
        return False
    return SUBJECT.fullmatch(text, who.end, token.start) is not None


def gives(text: str, clause: Clause, token: Token) -> bool:
    """给家长们讲讲安全."""
    return token.word.startswith("讲讲") and GIVES.search(text[clause.start : token.start]) is not None


HEARD = late("(?:也|都|就|我|今天|刚|已经?|又|还)*听(?:了|过|完)")
Test = Callable[[str, Clause, int], bool]
TURNED: dict[str, tuple[tuple[Test, tuple[str, str]], ...]] = {
    "pairing": (
        (lambda _text, clause, at: with_a_class(clause, at), ("unit_link", "words")),
        (lambda _text, clause, at: with_a_school(clause, at), ("exchange", "words")),
    ),
    "class_visit": (
        (lambda text, clause, at: VOICES.match(text, clause.tokens[at].end) is not None, ("interview", "words")),
        (lambda text, clause, at: SPEAKERS.match(text, clause.tokens[at].end) is not None, ("interview", "weak")),
    ),
    "interview": ((lambda text, clause, at: gives(text, clause, clause.tokens[at]), ("lecture", "weak")),),
    "lecture": (
        (lambda text, clause, at: was_heard(text, clause.tokens[at]), ("class_visit", "words")),
        (lambda text, clause, at: in_private(text, clause, clause.tokens[at]), ("interview", "weak")),
    ),
}


def turned(text: str, clause: Clause, at: int) -> tuple[str, str] | None:
    """The other deed and its tone, where the words around say so."""
    for test, deed in TURNED.get(clause.tokens[at].roles["act"], ()):
        if test(text, clause, at):
            return deed
    return None
