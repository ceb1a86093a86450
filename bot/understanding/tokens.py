"""What a message is cut into: stretches of text and the parts they can play."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from .dates import Said
from .numerals import Number
from .vocabulary import Roles

MARKS = {
    ",": "comma", "。": "stop", ";": "stop", "!": "stop", "?": "stop", "\n": "line", ":": "colon", "(": "open", ")": "close", "[": "open",
    "]": "close", "✓": "tick", "👍": "tick", "×": "zero", "|": "comma", " ": "space", "、": "conj", "+": "conj", "&": "conj", "/": "conj", "-": "dash", "~": "dash",
}  # fmt: skip
MARK_ROLES: dict[str, Roles] = {mark: {role: ""} for mark, role in MARKS.items()}
TIMES: Roles = {"tick": ""}
CLASS_ROLES: Roles = {"class": ""}
GRADE_ROLES: Roles = {"grade": ""}
UNITLESS: Roles = {"num": ""}
PLAIN: dict[str, Roles] = {
    "date": {"date": ""}, "school": {"school": "named"}, "generic": {"school": ""}, "never": {"noise": "", "skip": ""}, "class": CLASS_ROLES,
    "grade": GRADE_ROLES,
}  # fmt: skip
SHORT: dict[str, Roles] = {
    "驻": {"act": "on_site", "tone": "words"},
    "聊": {"act": "interview", "tone": "words"},
    "谈": {"act": "interview", "tone": "words"},
    "课": {"act": "class_visit", "tone": "words"},
    "班": {"aud": "head_teacher", "kind": "roles"},
    "校": {"act": "on_site", "tone": "words"},
    "访": {"act": "interview", "tone": "words"},
    "听": {"act": "class_visit", "tone": "words"},
    "宣": {"act": "lecture", "tone": "words"},
    "讲": {"act": "lecture", "tone": "words"},
    "问": {"act": "survey", "tone": "words"},
    "卷": {"act": "survey", "tone": "words"},
    "师": {"aud": "teacher", "kind": "groups"},
    "家": {"aud": "parent", "kind": "groups"},
    "生": {"aud": "student", "kind": "groups"},
    "团": {"aud": "student", "kind": "groups"},
    "辅": {"aud": "counselor", "kind": "roles"},
    "队": {"aud": "pioneer", "kind": "groups"},
}
UNIT_ROLES: dict[str, Roles] = {"": UNITLESS}
TALKED: Roles = {"act": "interview", "tone": "weak"}
DAY: Roles = {"num": "day"}
HALF: Roles = {"num": "day", "half_day": ""}
HEARERS: Roles = {"attend": ""}
PUPILS: Roles = {"aud": "student", "kind": "groups"}
NOISE: Roles = {"noise": ""}
OTHER: Roles = {"noise": "", "goods": ""}


class Token(NamedTuple):
    """A stretch of text and the parts it can play."""

    start: int
    end: int
    roles: Roles
    word: str = ""
    number: Number | None = None
    said: Said | None = None
    named: bool = False

    def has(self, role: str) -> bool:
        """True where the word can play this part."""
        return role in self.roles


Fields = tuple[int, int, Roles, str, None, None, bool]
plain: Callable[[Fields], Token] = partial(
    tuple.__new__, Token
)  # quicker than by name, where each word of a text takes one
