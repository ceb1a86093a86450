"""A lesson heard: whoever listens to a lecture or a course gives none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .late import late
from .tokens import Token

if TYPE_CHECKING:
    from .heads import Part

LISTENING = frozenset(("旁听", "旁听了", "观课", "观摩", "听了节", "听了堂", "听节", "听堂", "听了一堂"))
LISTED = late("课[和与、跟][^,。、]{1,8}的$")
GIVEN_BY = late("(?:的|上的|讲的|上|讲|执教的|主讲的|给[^,。]{1,8}上的)?(?:一|1)?[节堂场次]?(?:微|主题)?")


ALSO_HEARD = frozenset(("conj", "num", "grade", "class", "noise", "also"))


def listened_too(before: Part, activity: str, held: Sequence[Token]) -> bool:
    """听了一节语文和一节队课: a lesson joined to one that was heard was heard too."""
    if activity not in ("lecture", "class_visit") or before.activity != "class_visit" or before.negated:
        return False
    told = next((i for i, t in enumerate(held) if "conj" in t.roles), None)
    if told is None or not any(t.roles.get("num") == "session" for t in held[told:]):
        return False
    return all(ALSO_HEARD & t.roles.keys() for t in held)


def heard(text: str, before: Part, token: Token, held: Sequence[Token]) -> bool:
    """听少先队活动课1节, 旁听辅导员的队课 is listening, 100名队员听了队课 a lecture that people heard, 讲队课 one lecture."""
    if token.roles.get("act") == "theme_day" and before.head.word.startswith(("旁听", "观摩")):
        before.activity = "theme_day"
        return True
    weak = before.head.roles.get("tone") == "weak"
    lesson = token.roles.get("act") in ("lecture", "class_visit") or token.word.endswith("课")
    if not lesson or not (weak or before.head.word in LISTENING):
        return False
    if before.activity == "lecture":
        before.tone = "words"
        return token.roles["act"] == "lecture" and not held
    if before.activity != "class_visit":
        return False
    if before.tone == "words" and LISTED.search(text[before.head.end : token.start]):
        return True
    if any({"act", "conj"} & t.roles.keys() for t in held if t.end != token.start):
        return False
    spoken = [t for t in held if "aud" in t.roles]
    if spoken and not GIVEN_BY.fullmatch(text[spoken[-1].end : token.start]):
        return False
    if token.roles["act"] == "lecture" and any(t.roles.get("num") == "person" for t in before.before):
        before.activity = "lecture"
    before.tone = "words"
    return True
