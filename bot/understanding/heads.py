"""Heads: which words of a clause stand for a deed, and how the words around them are shared out between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .clauses import Clause
from .deeds import ACCEPTS, EVENTS, NONE, PEOPLE
from .denials import carries_on, denied
from .late import late
from .listening import heard, listened_too
from .people import is_person_number
from .scene import Scene
from .stays import going, not_going, simply_going, staying
from .subjects import matter_of
from .tokens import Token
from .turned import arriving, his, in_person, turned

COURSE = late(r"[^,。;!?\n]{0,10}?课(?![后间前余程题堂表])")
OF_THEM = late(
    "[了过]?的(?:那|这)?(?:[一二两三四五六七八九十几\\d俩仨]+[个名位]?)[^,。]{0,4}?(?:儿童|孩子|娃|学生|队员|同学|团员|小朋友)"
)
CALL = late("[打通去][了过]?[^,。打]{0,8}的?$")
NEXT = frozenset(("neg", "plan", "orig", "date", "also", "part_day", "go", "actual"))


@dataclass(slots=True)
class Part:
    """A head with the tokens before it (back to the head before) and behind it (up to the next)."""

    head: Token
    activity: str
    tone: str
    before: list[Token] = field(default_factory=list)
    behind: list[Token] = field(default_factory=list)
    negated: bool = False

    @property
    def around(self) -> list[Token]:
        """All its words but the head."""
        return [*self.before, *self.behind]

    def roles(self) -> frozenset[str]:
        """All the parts its words can play."""
        return frozenset().union(*[t.roles for t in self.before], *[t.roles for t in self.behind])


def cut(scene: Scene, clause: Clause) -> list[Part]:
    """The clause cut at its heads."""
    parts: list[Part] = []
    held: list[Token] = []
    if HEAD_ROLES.isdisjoint(clause.roles):
        return parts
    for at, token in enumerate(clause.tokens):
        head = None if HEAD_ROLES.isdisjoint(token.roles) else head_of(scene, clause, at)
        if head is None or (
            parts
            and (
                heard(scene.text, parts[-1], token, held)
                or talked_of(scene.text, parts[-1], token, clause.tokens[at + 1 :])
            )
        ):
            held.append(token)
            continue
        if parts and listened_too(parts[-1], head[0], held):
            head = ("class_visit", "words")
        part = Part(token, *head)
        part.before, mine = divide(parts[-1] if parts else None, held, part)
        if parts:
            parts[-1].behind = mine
        part.negated = denied(scene.text, part) or (bool(parts) and carries_on(parts[-1], part))
        parts.append(part)
        held = []
    if parts:
        parts[-1].behind = held
    return parts


TOPIC = late(
    "[了一下会儿]{0,3}(?:关于|一下|如何|怎么|怎样|咋)?(?:[^,。;]{0,4}|[^,。;]{0,10}(?:喜欢|爱|希望|盼|想[要上听]?|什么样|怎样|啥样)[^,。;]{0,4})$"
)
TOPICAL = frozenset(("lecture", "theme_day", "exchange", "report", "case", "survey", "key_task"))


def talked_of(text: str, before: Part, token: Token, after: Sequence[Token]) -> bool:
    """聊了聊团日怎么办: an event named right behind a talk, without a number, is what was talked of."""
    told = "say" in before.head.roles or "prepare" in before.head.roles
    if before.activity != "interview" or before.tone != "weak" or token.roles.get("act") not in TOPICAL:
        return False
    if after and "num" in after[0].roles:
        return False
    return (told or before.head.word[-1] in "聊谈问唠下流通了") and TOPIC.fullmatch(
        text, before.head.end, token.start
    ) is not None


def head_of(scene: Scene, clause: Clause, at: int) -> tuple[str, str] | None:
    """The deed a word stands for, with its tone; none where it stands for no deed here."""
    roles = clause.tokens[at].roles
    if not RULED.isdisjoint(roles):
        for role, rule in HEADS.items():
            if role in roles and (found := rule(scene, clause, at)):
                return found, "weak" if role in ("say", "prepare") else "words"
    if "act" not in roles:
        return None
    if other := turned(scene.text, clause, at):
        return other
    if roles["act"] in TOPICAL and matter_of(scene.text, clause, clause.tokens[at]):
        return None
    if (
        (roles["act"] == "on_site" and arriving(scene.text, clause, at))
        or (roles["act"] == "online_contact" and in_person(scene.text, clause, clause.tokens[at]))
        or describes(scene, clause, at)
        or his(scene.text, clause, clause.tokens[at])
    ):
        return None
    course = roles["act"] == "class_visit" and COURSE.match(scene.text, clause.tokens[at].end)
    return roles["act"], "words" if course else roles["tone"]


BOARDING = frozenset(("住校", "在校", "驻校"))


def describes(scene: Scene, clause: Clause, at: int) -> bool:
    """两个填问卷的同学, 看望结对学生: a deed's name that only tells which people are meant."""
    token = clause.tokens[at]
    after = next((t for t in clause.tokens[at + 1 : at + 3] if "noise" not in t.roles), None)
    if token.roles["act"] == "pairing" and OF_THEM.match(scene.text, token.end):
        return True
    if after is None or "aud" not in after.roles or token.roles["act"] == "interview":
        return False
    if token.word in BOARDING and token.end == after.start:
        return True
    gap = scene.text[token.end : after.start]
    if token.roles["act"] == "pairing" and gap in ("的", "的那个", "的这个", "的那位", "的几个", "的那几个", "过的"):
        return True
    if not gap and token.roles["act"] == "pairing":
        return at > 0 and clause.tokens[at - 1].roles.get("act") == "interview"
    return gap in ("的", "的那个", "的这个", "的那位", "的几个") and any(
        {"num", "prep"} & t.roles.keys() for t in clause.tokens[:at]
    )


OF_UNITS = late("(?:团?支部|中队|班级|小队)[,]?(?:我|咱们?|俺|本人)?(?:这学期|本学期|已经?|总共|一共|共)?$")


def linking(scene: Scene, clause: Clause, at: int) -> str | None:
    """联系1个中队, 联系的是四(3)中队."""
    for token in clause.tokens[at + 1 : at + 4]:
        if "class" in token.roles or token.roles.get("num") == "group":
            return "unit_link"
        if token.roles.get("num") == "thing" and OF_UNITS.search(scene.text, clause.start, clause.tokens[at].start):
            return "unit_link"
        if "aud" in token.roles or "act" in token.roles:
            return None
    return None


def visiting(scene: Scene, clause: Clause, at: int) -> str | None:
    """走访3个班, 走访六年级一班、二班, 把三班四班都走访了一遍."""
    token = clause.tokens[at]
    named = token.word.startswith("走访")
    for after in clause.tokens[at + 1 : at + 9]:
        if "class" in after.roles and scene.text.startswith("课堂", after.end):
            return None
        if "class" in after.roles or after.roles.get("num") == "group":
            return "class_visit" if after.start - token.end <= 24 else None
        if not {"grade", "conj", "each"} & after.roles.keys():
            break
    after_tokens = clause.tokens[at + 1 : at + 2]
    if token.word == "看了" and after_tokens and after_tokens[0].word.endswith("课"):
        return "class_visit"
    if named and after_tokens and ("aud" in after_tokens[0].roles or is_person_number(after_tokens[0])):
        return "interview"
    if (
        named
        and any("class" in t.roles for t in clause.tokens[:at])
        and not any("school" in t.roles for t in after_tokens)
    ):
        return "class_visit"
    return None


def calling(scene: Scene, clause: Clause, at: int) -> str | None:
    """打了三个家长的电话: a call, whoever stands between verb and noun."""
    token = clause.tokens[at]
    return "online_contact" if token.word == "电话" and CALL.search(scene.text, clause.start, token.start) else None


HELD_ME = late(
    "(?:拉着|拽着|追着|缠着|拦着|叫住|围着)(?:我|俺|咱)们?[^,。]{0,2}$|被[^,。]{1,8}(?:拉着|拽着|缠着|拦着|围着)[^,。]{0,2}$"
)
SAID = late("(?:了(?!想|要|不)|过(?!年)|起|道说)")


def telling(scene: Scene, clause: Clause, at: int) -> str | None:
    """找校长说了这事, 和辅导员商量了队日: telling somebody something is a talk."""
    token = clause.tokens[at]
    nearest = reversed(clause.tokens[max(0, at - 3) : at])
    who = next((t for t in nearest if "prep" not in t.roles and t.roles.keys() != {"noise"}), None)
    if who is None or not {"aud", "name"} & who.roles.keys() or token.start - who.end > 5:
        return None
    if "act" not in token.roles and HELD_ME.search(scene.text, max(clause.start, who.start - 2), token.start):
        return "interview"
    if token.word[-1] not in "了过" and not SAID.match(scene.text, token.end):
        return None
    if token.word[0] not in "说讲商讨沟提":
        return None
    return (
        "interview"
        if any("prep" in t.roles and t.word[0] in "跟和与同找" for t in clause.tokens[max(0, at - 5) : at])
        else None
    )


HeadRule = Callable[[Scene, Clause, int], str | None]
HEADS: dict[str, HeadRule] = {
    "neg": not_going,
    "link": linking,
    "visit": visiting,
    "go": going,
    "at": staying,
    "mean": simply_going,
    "meet": calling,
    "say": telling,
    "prepare": telling,
}


RULED = frozenset(HEADS)
HEAD_ROLES = RULED | {"act"}


def divide(before: Part | None, held: list[Token], part: Part) -> tuple[list[Token], list[Token]]:
    """The tokens between two heads: what belongs to the second, and what to the first."""
    if before is None:
        return held, []
    at = next((i for i in range(len(held)) if starts_next(before, held, i, part)), len(held))
    return held[at:], held[:at]


def starts_next(before: Part, held: list[Token], i: int, part: Part) -> bool:
    """True where the words of the next head begin here."""
    token = held[i]
    roles = token.roles
    if (
        before.activity not in PEOPLE | EVENTS
        and part.activity in PEOPLE
        and ("aud" in roles or (is_person_number(token) and not takes(before.activity, roles["num"])))
    ):
        return True
    if "aud" in roles and part.activity in PEOPLE and i + 1 < len(held) and "neg" in held[i + 1].roles:
        return i > 0 or any({"aud", "num"} & t.roles.keys() for t in before.before)
    if "num" in roles:
        return counts_next(before, held, i, part)
    if NEXT & roles.keys():
        return True
    if "aud" in roles and i == len(held) - 1 and token.end == part.head.start and part.activity in PEOPLE:
        return i > 0 and "conj" in held[i - 1].roles and any("num" in t.roles for t in held[:i])
    return "prep" in roles and any(
        {"aud", "num", "grade", "class", "name"} & t.roles.keys() for t in held[i + 1 : i + 3]
    )


def counts_next(before: Part, held: list[Token], i: int, part: Part) -> bool:
    """3场宣讲2节听课: a number right before a head counts it, unless the head before still lacks its own."""
    token = held[i]
    if len(before.head.word) == 1 and token.start == before.head.end and before.tone == "words":
        return False
    if i != len(held) - 1 or token.end < part.head.start - 2:
        return False
    if i and "aud" in held[i - 1].roles and held[i - 1].end == token.start and is_person_number(token):
        return False
    unit = token.roles["num"]
    return takes(part.activity, unit) and (counted(before, held[:i]) or not takes(before.activity, unit))


def takes(activity: str, unit: str) -> bool:
    """True where a unit counts such deeds."""
    return unit in ACCEPTS.get(activity, NONE) or (activity in PEOPLE and unit in ("person", "thing"))


def counted(part: Part, held: Sequence[Token]) -> bool:
    """True where a head has its number already."""
    return any("num" in t.roles and takes(part.activity, t.roles["num"]) for t in [*part.before, *held])
