"""People named in a message: where each name stands, and whether a child, an adult or a colleague is meant.

`people(text)` reads names by their surroundings (a word for pupils or a talk before them, a title after them, a list), never
by their shape alone. Marks that masking left (〔学生〕, 〔姓名〕, 〔老师〕 …) are names too, so a masked message counts as before.
`name_end(text, start)` is the bare shape: where a name that begins here would end, 0 where none can.
The text is one that `normal.normalise` has read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .name_contexts import (
    CANDIDATE,
    CUE,
    ETHNIC_NAME,
    EXACT,
    FOLLOW,
    FULL_NAME,
    GIVEN_SET,
    JOIN,
    LAST,
    LINKS,
    MIDDLE,
    MODERN,
    NICKNAME,
    NOT_ETHNIC,
    NOT_NICK,
    ORDER_AFTER,
    PLACE,
    PUPIL_LIFE,
    RIGHT_CHILD,
    TAILS,
    TALK_AFTER,
    TITLED,
    TOGETHER,
    UNTITLED,
    either,
)
from .name_words import COMPOUND, PUBLIC, RISKY, STOP, SURNAMES, ordinary

REACH = 18
TWO = 2
SURE_SIDES: Mapping[str | None, str] = {"child": "child", "adult": "adult", "called": "child"}
COMPOUNDS = re.compile(either(COMPOUND))
CALLED = re.compile("(?:同学|小朋友)(?!们)")
DAYS = ("今天", "昨天", "前天", "上午", "下午", "今日", "早上", "中午")
BEFORE_ALONE = " \n,。:;、!?(\"'和跟与给有"


@dataclass(frozen=True, slots=True)
class Name:
    """One person named; `kind` is child, adult, unsure, colleague (of whom a command speaks) or mark (already masked)."""

    start: int
    end: int
    words: str
    kind: str
    title: str = ""


def people(text: str) -> list[Name]:
    """The people named in the text, in order; names inside one list are separate and share their kind."""
    found: list[Name] = []
    at = CANDIDATE.search(text)
    sides = {cue.end(): cue.lastgroup for cue in CUE.finditer(text)} if at else {}
    while at:
        name = _read(text, at.start(), found[-1] if found else None, sides.get(at.start()))
        if name:
            found.append(name)
        at = CANDIDATE.search(text, name.end if name else at.start() + 1)
    return found


def name_end(text: str, start: int = 0) -> int:
    """Where a full name that begins at `start` would end by its shape alone, 0 where none can begin."""
    ethnic = ETHNIC_NAME.match(text, start)
    if ethnic and not NOT_ETHNIC.match(text, ethnic.end()):
        return ethnic.end()
    return next((end for end in _ends(text, start) if _closed(text, end) and not _is_word(text, start, end)), 0)


def _read(text: str, start: int, before: Name | None, side: str | None) -> Name | None:
    """The name that begins at `start`, where its surroundings make it one."""
    if text[start] == "〔":
        end = text.index("〕", start) + 1
        return Name(start, end, text[start:end], "mark", text[start + 1 : end - 1])
    return _titled(text, start) or _plain(text, start, before, side)


def _titled(text: str, start: int) -> Name | None:
    """An adult by surname and office: 王校长, 李红老师."""
    match = TITLED.match(text, start)
    if not match or text[max(0, start - 1) : start + 1] in TAILS:
        return None
    bare = text[start : match.start(1)]
    if bare in PUBLIC or bare in UNTITLED or (bare in ordinary() and len(bare) > 1):
        return None
    return Name(start, match.end(), match.group(), "adult", match.group(1))


def _plain(text: str, start: int, before: Name | None, side: str | None) -> Name | None:
    """A name without an office, by what stands around it."""
    if text[max(0, start - 1) : start + 1] in TAILS:
        return None
    chained = _chain(text, start, before)
    for end in _shapes(text, start, bool(chained) or side in ("child", "adult", "talk")):
        kind = chained or _kind(text, start, end, side)
        if kind and _believable(text, start, end, kind, bool(chained)):
            return Name(start, end, text[start:end], kind)
    return None


def _chain(text: str, start: int, before: Name | None) -> str | None:
    """The kind of the list that this name goes on, if the one before stands right beside it."""
    if before is None or start - before.end > REACH or not JOIN.match(text, before.end, start):
        return None
    if before.kind == "mark" or (before.title and start == before.end):
        return None
    return "unsure" if before.title else before.kind


def _shapes(text: str, start: int, warm: bool) -> list[int]:
    """Where a name that begins here may end, the likeliest first; beside words for people what follows may be anything."""
    ethnic = ETHNIC_NAME.match(text, start)
    if ethnic:
        return [] if NOT_ETHNIC.match(text, ethnic.end()) else [ethnic.end()]
    ends = _ends(text, start)
    closed = [end for end in ends if _closed(text, end)]
    if text[start] not in SURNAMES or (warm and not closed):
        closed += _nick_ends(text, start)
    if closed or not warm:
        return closed
    return [end for end in ends if _guess(text, start, end)] or _item_end(text, start)


def _item_end(text: str, start: int) -> list[int]:
    """A whole item of a list, whatever its characters, where the next item is a name: 赵今麦、张子枫."""
    item = EXACT.match(text, start)
    if not item or text[start] not in SURNAMES or text[start] in RISKY or item.end() - start > TWO + 1:
        return []
    return [item.end()] if text[item.end() : item.end() + 1] == "、" and _names_ahead(text, item.end() + 1) else []


def _ends(text: str, start: int) -> list[int]:
    """The lengths a full name may have here, by its characters alone."""
    match = FULL_NAME.match(text, start)
    if not match:
        return []
    first = start + 1 + bool(match.group(1))
    return [end for end in (match.end(), match.end() - 1) if end > first and _given(text[first:end])]


def _given(words: str) -> bool:
    """True for characters of which none speaks against a given name where it stands."""
    if words in ("想", "来"):
        return True
    if len(words) == 2 and words[1] in GIVEN_SET and words[0] in MIDDLE:
        return True
    return words[0] not in STOP and (len(words) == 1 or words[1] not in STOP or words[1] in LAST)


def _closed(text: str, end: int) -> bool:
    """True where what follows can follow a name: no longer word, or the next name of an unparted list."""
    if FOLLOW.match(text, end) or text[end - 1] in MODERN:
        return True
    return text[end] in SURNAMES and text[end] not in RISKY and text[end + 1 : end + 2] in GIVEN_SET


def _guess(text: str, start: int, end: int) -> bool:
    """A name that runs into unknown words, told by its characters: 队员曹阳补课."""
    return text[start] not in RISKY and GIVEN_SET.issuperset(text[start + 1 : end])


def _nick_ends(text: str, start: int) -> list[int]:
    match = NICKNAME.match(text, start)
    if not match or not FOLLOW.match(text, match.end()):
        return []
    barred = match.group() in NOT_NICK or text[start : match.end() + 1] in NOT_NICK
    return [] if barred else [match.end()]


def _kind(text: str, start: int, end: int, side: str | None) -> str | None:
    """Whose name it is, told by the words before it and after the list that it begins."""
    links = LINKS.match(text, end)
    after = links.end() if links else end
    if side != "order" and RIGHT_CHILD.match(text, after):
        return "child"
    if side in SURE_SIDES:
        return SURE_SIDES[side]
    if side == "order" or ORDER_AFTER.match(text, end) or TOGETHER.match(text, after):
        return "colleague"
    if side in ("talk", "label") or (side == "with" and TALK_AFTER.match(text, after)):
        return "unsure"
    return _alone(text, start, end)


def _alone(text: str, start: int, end: int) -> str | None:
    """A name with nothing before it: beside a pupil's circumstances, or at the head of a list of names."""
    if text[end : end + 1] == "、" and _sure(text, start, end) and _sure(text, end + 1, name_end(text, end + 1)):
        return "unsure"
    if start and text[start - 1] not in BEFORE_ALONE and text[start - 2 : start] not in DAYS:
        return "unsure" if text[start - 1] == "是" and text.startswith("的", end) and len(text) == end + 1 else None
    if text[end - 1] == "宝" and text[start] in MODERN:
        return "child"
    return "child" if PUPIL_LIFE.match(text, end) else None


def _sure(text: str, start: int, end: int) -> bool:
    """True for a name that can hardly be anything else."""
    if not end:
        return False
    if ETHNIC_NAME.match(text, start):
        return True
    return text[start] not in RISKY and GIVEN_SET.issuperset(text[start + 1 : end]) and not _is_word(text, start, end)


def _is_word(text: str, start: int, end: int) -> bool:
    """True where an ordinary word begins, unless the name's last character is one that only names have."""
    words = ordinary()
    twice = text[end - 1] == text[end - 2]
    if end - start > TWO and (twice or (text[end - 1] in MODERN and text[start] not in RISKY)):
        return text[start:end] in words
    return text[start : start + 2] in words or text[start : start + 3] in words


def _believable(text: str, start: int, end: int, kind: str, chained: bool) -> bool:
    """Whether this stretch may be a name at all: no school, no figure of history, no ordinary word, or a listed one."""
    if text[start:end] in PUBLIC or PLACE.match(text, start):
        return False
    if ETHNIC_NAME.match(text, start) or text[end - 1] == "宝":
        return True
    if _is_word(text, start, end):
        return _listed(text, start, end, chained) or bool(CALLED.match(text, end))
    if COMPOUNDS.match(text, start) or (text[start] in SURNAMES and text[start] not in RISKY):
        return True
    middle = end - start > TWO and text[start + 1] in MIDDLE
    if not GIVEN_SET.issuperset(text[start + 1 + middle : end]):
        return False
    return chained or kind != "unsure" or text[start] not in RISKY or end - start > TWO or _whole(text, start, end)


def _listed(text: str, start: int, end: int, chained: bool) -> bool:
    """A word that is a name because it is a whole item of a list of names: 白雪、李想、陈一诺."""
    return _whole(text, start, end) and (chained or (text[end : end + 1] == "、" and _names_ahead(text, end + 1)))


def _whole(text: str, start: int, end: int) -> bool:
    """True for a whole item between marks."""
    item = EXACT.match(text, start)
    return item is not None and item.end() == end


def _names_ahead(text: str, start: int) -> bool:
    """True where one of the next two items of a list is a name, or a doubled pet name."""
    if (
        _sure(text, start, name_end(text, start))
        or _nick_ends(text, start)
        or text[start : start + 1] == text[start + 1 : start + 2]
    ):
        return True
    item = EXACT.match(text, start)
    return bool(item and text[item.end() : item.end() + 1] == "、" and name_end(text, item.end() + 1))
