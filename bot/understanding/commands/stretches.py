"""What a stretch of words says of a record: how many, of whom, what, when, where."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ..late import late
from ..lexer import lex
from ..meaning import Entry
from ..tokens import Token
from .change_words import ATTENDING
from .frame import Frame

START = late("起始|开始|起点|首日|第一天|头一天|起(?=日|的日)|从哪天|起日")
END = late("结束|截止|截至|终止|最后一天|末日|止日|到期|终点|尾")


def values(frame: Frame, words: str, about: str = "") -> dict[str, Any]:
    """What a stretch says of a record: count, audience, activity, days, place, attendance."""
    found: dict[str, Any] = {}
    for token in lexed(frame, words):
        add_value(frame, token, found, words + about)
    if "activity" in found and found["activity"] == "interview" and ("audience" in found or "count" in found):
        del found["activity"]
    if found.get("activity") == "on_site" and "count" in found:
        del found["activity"]
    if ATTENDING.search(words + about) and "count" in found and not re.search("[场次节天]", words):
        found["attendance"] = int(found.pop("count"))
    return found


def lexed(frame: Frame, words: str) -> list[Token]:
    """The words of a stretch, looked for once."""
    if words not in frame.found:
        frame.found[words] = lex(words) if words.strip() else []
    found: list[Token] = frame.found[words]
    return found


def add_value(frame: Frame, token: Token, found: dict[str, Any], words: str) -> None:
    """One word's part; the first of its kind holds."""
    roles = token.roles
    if token.said:
        add_days(frame, token, found, words)
    elif roles.get("school") == "named":
        found.setdefault("place", place(frame, token, words))
    elif "num" in roles and token.number and token.number.value is not None:
        found.setdefault("count", token.number.value)
    elif "half_day" in roles:
        found.setdefault("count", 0.5)
    elif "aud" in roles:
        found.setdefault("audience", roles["aud"])
    elif "act" in roles and roles.get("tone") != "weak":
        found.setdefault("activity", roles["act"])


def place(frame: Frame, token: Token, words: str) -> str:
    """A school as it was typed."""
    name = words[token.start : token.end]
    at = frame.text.find(name)
    return frame.normal.original(at, at + len(name)) if at >= 0 else name


def add_days(frame: Frame, token: Token, found: dict[str, Any], words: str) -> None:
    """The days said, or the one end that is named."""
    days = token.said.resolve(frame.now) if token.said else ()
    if not days or days[0].invalid:
        return
    first, last = days[0].first, days[-1].last
    ends: dict[str, date | None] = {"start": first, "end": last}
    if first == last and START.search(words):
        del ends["end"]
    elif first == last and END.search(words):
        del ends["start"]
    for key, day in ends.items():
        if day:
            found.setdefault(key, day)


def both(frame: Frame, words: str) -> tuple[Entry, ...]:
    """队员是四个辅导员是六个: several people with their numbers."""
    pairs: list[tuple[str, float]] = []
    audience: str | None = None
    number: float | None = None
    for token in lexed(frame, words):
        if "aud" in token.roles:
            audience = token.roles["aud"]
            if number is not None:
                pairs.append((audience, number))
                audience = number = None
        elif "num" in token.roles and token.number and token.number.value is not None:
            number = token.number.value
            if audience is not None:
                pairs.append((audience, number))
                audience = number = None
    if len(pairs) < 2:
        return ()
    today = frame.now.date()
    return tuple(Entry("interview", who, many, today, today) for who, many in pairs)
