"""People named in a message: where each name stands, and whether a child, an adult or a colleague is meant.

`people(text)` reads names by their surroundings (a word for pupils or a talk before them, a title after them, a list), never
by their shape alone. Marks that masking left (〔学生〕, 〔姓名〕, 〔老师〕 …) are names too, so a masked message counts as before.
`name_end(text, start)` is the bare shape: where a name that begins here would end, 0 where none can.
The text is one that `normal.normalise` has read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from . import name_contexts as near
from .edges import begins, ends
from .frozen import frozen
from .late import late
from .name_shapes import TWO, closed, is_word, name_end, names_ahead, shapes, sure, whole
from .name_words import COMPOUND, ETHNIC, PUBLIC, RISKY, SURNAMES, endings, ordinary

__all__ = ["Name", "name_end", "people"]

REACH = 18
REACHED = 5  # as far behind a word of two as an office or the next of a list may stand
HEAD_TEACHER = "班主任"
SURE_SIDES: Mapping[str | None, str] = {
    "child": "child",
    "adult": "adult",
    "called": "child",
    "grade": "child",
}
WARM = ("child", "adult", "talk", "grade")
PET = late(near.PETS)
COMPOUNDS = late(near.either(COMPOUND))
ENDS = ("", "、", ",", ";", "。", "(", ")")
LISTING = ("、", ",", "/")
GOING = ("去", "到", "了", "往", "进", "在")
OWNER = late("的(?!\\w)")
CALLED = late("(?:同学|小朋友)(?!们)")
DAYS = ("今天", "昨天", "前天", "上午", "下午", "今日", "早上", "中午")
BEFORE_ALONE = " \n,。:;、!?(\"'和跟与给有"


@frozen
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
    at = near.CANDIDATE.search(text)
    sides = _Sides(text) if at else None
    while at and sides:
        start, name = at.start(), None
        chained = _chain(text, start, found[-1]) if found else None
        if chained or not _only_a_word(text, start):
            side = sides.at(start)
            if chained or side or _hinted(text, start):
                name = _read(text, start, chained, side)
        if name:
            found.append(name)
        at = near.CANDIDATE.search(text, name.end if name else start + 1)
    return found


class _Sides:
    """Which kind of cue ends where a name may begin; the cues are read only as far as they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._cues = near.CUE.finditer(text)
        self._end = 0
        self._kind: str | None = None

    def at(self, start: int) -> str | None:
        """The kind of the cue right before, for places asked in order."""
        if not start or self._text[start - 1] not in cue_ends():
            return None
        while self._end < start:
            cue = next(self._cues, None)
            self._end, self._kind = (cue.end(), cue.lastgroup) if cue else (len(self._text) + 1, None)
        return self._kind if self._end == start else None


def _only_a_word(text: str, start: int) -> bool:
    """True for an ordinary word (周一, 班主任) where no list, office or classmate beside it could make it a first name."""
    end = start + (len(HEAD_TEACHER) if text.startswith(HEAD_TEACHER, start) else TWO)
    return (
        text[start:end] in plain_words()
        and text[end - 1] != text[end : end + 1]
        and makers().isdisjoint(text[end - 1 : end + REACHED])
    )


def _hinted(text: str, start: int) -> bool:
    """True where what stands beside a surname alone may make it a name."""
    if text[start] in RISKY and text[max(0, start - 1) : start + 1] in endings():
        return False
    return near.HINT.match(text, start) is not None


@cache
def cue_ends() -> frozenset[str]:
    """The letters with which a cue ends."""
    return ends(near.CUE)


@cache
def makers() -> frozenset[str]:
    """The letters of which one is near where an ordinary word is a name all the same: the next of a list, 同学, 小朋友, an office."""
    return begins(late(near.OFFICE)) | {"、", "同", "小", "宝", "·"}


@cache
def plain_words() -> frozenset[str]:
    """Ordinary words of two characters, the first a doubtful surname, that begin no longer surname, ethnic or pet name."""
    heads = {word[:TWO] for word in (COMPOUND + " " + ETHNIC).split()}
    pairs = {word for word in ordinary() - heads if len(word) == TWO and word[0] in RISKY and not PET.match(word)}
    return frozenset(pairs | {HEAD_TEACHER})  # 班主 is one of them


def _read(text: str, start: int, chained: str | None, side: str | None) -> Name | None:
    """The name that begins at `start`, where its surroundings make it one."""
    if text[start] == "〔":
        end = text.index("〕", start) + 1
        return Name(start, end, text[start:end], "mark", text[start + 1 : end - 1])
    return _titled(text, start, side) or _plain(text, start, chained, side)


def _titled(text: str, start: int, side: str | None) -> Name | None:
    """An adult by surname and office: 王校长, 李红老师."""
    match = near.TITLED.match(text, start)
    pair = text[max(0, start - 1) : start + 1]
    if not match or pair in near.TAILS or (text[start] in RISKY and pair in endings()):
        return None
    if near.YEAR.match(text, start) and (match.start(1) == start + TWO or near.TITLED.match(text, start + TWO)):
        return None
    if text[start] in near.UNTITLED and near.TITLED.match(text, start + 1):
        return None
    bare = text[start : match.start(1)]
    if bare in PUBLIC or bare in near.UNTITLED or (bare in ordinary() and len(bare) > 1):
        return None
    ordered = side == "order" or near.ORDER_AFTER.match(text, match.end())
    return Name(start, match.end(), match.group(), "colleague" if ordered else "adult", match.group(1))


def _plain(text: str, start: int, chained: str | None, side: str | None) -> Name | None:
    """A name without an office, by what stands around it."""
    if text[max(0, start - 1) : start + 1] in near.TAILS:
        return None
    if text[start] in near.UNTITLED and near.YEAR.match(text, start + 1):
        return None
    if text[start] in RISKY and not (chained or side) and text[max(0, start - 1) : start + 1] in endings():
        return None
    for end in shapes(text, start, bool(chained) or side in WARM):
        if not (chained or side or text[end - 1] == "宝" or near.AHEAD.match(text, end)):
            continue
        if side == "grade" and not (chained or _in_grade(text, start, end)):
            continue
        kind = chained or _kind(text, start, end, side)
        if kind and _believable(text, start, end, kind, bool(chained)):
            return Name(start, end, text[start:end], kind)
    return None


def _in_grade(text: str, start: int, end: int) -> bool:
    """A name after a grade without a word for pupils (高一李小明), where subjects and events stand as well."""
    if any(text[start:last] in PUBLIC for last in range(start + TWO, start + TWO + 3)) or is_word(text, start, end):
        return False
    shut = closed(text, end) or bool(near.PUPIL_LIFE.match(text, end))
    if end - start == TWO or text[start] in RISKY:
        return shut and text[start] not in near.UNTITLED and (end - start > TWO or sure(text, start, end))
    return sure(text, start, end)


def _chain(text: str, start: int, before: Name) -> str | None:
    """The kind of the list that this name goes on, if the one before stands right beside it."""
    if start - before.end > REACH or not near.JOIN.match(text, before.end, start):
        return None
    if before.kind == "mark" or (before.title and start == before.end):
        return None
    return "unsure" if before.title else before.kind


def _kind(text: str, start: int, end: int, side: str | None) -> str | None:
    """Whose name it is, told by the words before it and after the list that it begins."""
    links = near.LINKS.match(text, end)
    after = links.end() if links else end
    if side != "order" and near.RIGHT_CHILD.match(text, after):
        return "child"
    if side in SURE_SIDES:
        return SURE_SIDES[side]
    if (
        side == "order"
        and text[start - 1] == "叫"
        and text[start - 2] not in "我就"
        and text[end : end + 1] in ENDS
        and start > 1
    ):
        return "child"
    if side == "order" or near.ORDER_AFTER.match(text, end) or near.TOGETHER.match(text, after):
        return "colleague"
    if side in ("talk", "label") or (side == "with" and near.TALK_AFTER.match(text, after)):
        return "unsure"
    return _alone(text, start, end)


def _alone(text: str, start: int, end: int) -> str | None:
    """A name with nothing before it: beside a pupil's circumstances, or at the head of a list of names."""
    if text[end : end + 1] in LISTING and sure(text, start, end) and sure(text, end + 1, name_end(text, end + 1)):
        return "unsure"
    if near.HOME.match(text, end) and text[max(0, start - 1) : start] in GOING and sure(text, start, end):
        return "unsure"
    if start and text[start - 1] not in BEFORE_ALONE and text[start - 2 : start] not in DAYS:
        return "unsure" if text[start - 1] == "是" and OWNER.match(text, end) else None
    if text[end - 1] == "宝" and text[start] in near.MODERN:
        return "child"
    return "child" if near.PUPIL_LIFE.match(text, end) else None


def _believable(text: str, start: int, end: int, kind: str, chained: bool) -> bool:
    """Whether this stretch may be a name at all: no school, no figure of history, no ordinary word, or a listed one."""
    if text[start:end] in PUBLIC or near.PLACE.match(text, start):
        return False
    if near.ETHNIC_NAME.match(text, start) or text[end - 1] == "宝" or PET.match(text, start):
        return True
    if is_word(text, start, end):
        return _listed(text, start, end, chained) or _full(text, start, end, kind)
    if COMPOUNDS.match(text, start) or (text[start] in SURNAMES and text[start] not in RISKY):
        return True
    if kind == "child" and text[end : end + 1] in ENDS and whole(text, start, end):
        return True
    middle = end - start > TWO and text[start + 1] in near.MIDDLE
    if not near.GIVEN_SET.issuperset(text[start + 1 + middle : end]):
        return False
    if chained or kind != "unsure" or end - start > TWO or text[start] not in RISKY:
        return True
    return whole(text, start, end) or bool(near.TALK_AFTER.match(text, end))


def _full(text: str, start: int, end: int, kind: str) -> bool:
    """A name of three whose first two are a word (黄海涛), where it is a child's and what follows can follow it."""
    if end - start <= TWO or text[start:end] in ordinary() or not near.GIVEN_SET.issuperset(text[start + 1 : end]):
        return False
    return bool(CALLED.match(text, end)) or (kind == "child" and text[start] not in RISKY and closed(text, end))


def _listed(text: str, start: int, end: int, chained: bool) -> bool:
    """A word that is a name because it is a whole item of a list of names: 白雪、李想、陈一诺."""
    return whole(text, start, end) and (chained or (text[end : end + 1] == "、" and names_ahead(text, end + 1)))
