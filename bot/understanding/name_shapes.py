"""What a person's name looks like by its characters alone: where it may end, and when it is rather an ordinary word."""

from __future__ import annotations

from . import name_contexts as near
from .name_words import RISKY, STOP, SURNAMES, ordinary

TWO = 2


def name_end(text: str, start: int = 0) -> int:
    """Where a full name that begins at `start` would end by its shape alone, 0 where none can begin."""
    ethnic = near.ETHNIC_NAME.match(text, start)
    if ethnic and not near.NOT_ETHNIC.match(text, ethnic.end()):
        return ethnic.end()
    return next(
        (end for end in ends(text, start) if closed(text, end) and not is_word(text, start, end)),
        0,
    )


def shapes(text: str, start: int, warm: bool) -> list[int]:
    """Where a name that begins here may end, the likeliest first; beside words for people what follows may be anything."""
    ethnic = near.ETHNIC_NAME.match(text, start)
    if ethnic:
        return [] if near.NOT_ETHNIC.match(text, ethnic.end()) else [ethnic.end()]
    lengths = ends(text, start)
    likely = [end for end in lengths if closed(text, end) or (end - start > TWO and text[end - 1] == text[end - 2])]
    if text[start] not in SURNAMES or (warm and not likely):
        likely += nick_ends(text, start)
    if likely or not warm:
        return [end + _goes_on(text, end, lengths) for end in likely]
    return [end for end in lengths if guess(text, start, end)] or item_end(text, start)


def _goes_on(text: str, end: int, lengths: list[int]) -> bool:
    """True where 明 after two characters is a name's own (李小明逃课), not tomorrow's."""
    return end + 1 in lengths and bool(near.BRIGHT.match(text, end))


def item_end(text: str, start: int) -> list[int]:
    """A whole item of a list, whatever its characters, where the next item is a name: 赵今麦、张子枫."""
    item = near.EXACT.match(text, start)
    if not item or text[start] not in SURNAMES or text[start] in RISKY or item.end() - start > TWO + 1:
        return []
    return [item.end()] if text[item.end() : item.end() + 1] == "、" and names_ahead(text, item.end() + 1) else []


def ends(text: str, start: int) -> list[int]:
    """The lengths a full name may have here, by its characters alone."""
    match = near.FULL_NAME.match(text, start)
    if not match:
        return []
    if text[start + 1] == " ":
        return [match.end()]
    first = start + 1 + bool(match.group(1))
    return [end for end in (match.end(), match.end() - 1) if end > first and given(text[first:end])]


def given(words: str) -> bool:
    """True for characters of which none speaks against a given name where it stands."""
    if words in near.ALONE:
        return True
    if len(words) == TWO and words[0] in near.MIDDLE and (words[1] in near.GIVEN_SET or words[1] == words[0]):
        return True
    return words[0] not in STOP and (len(words) == 1 or words[1] not in STOP or words[1] in near.LAST)


def closed(text: str, end: int) -> bool:
    """True where what follows can follow a name: no longer word, or the next name of an unparted list."""
    if near.FOLLOW.match(text, end) or text[end - 1] in near.MODERN:
        return True
    return text[end] in SURNAMES and text[end] not in RISKY and text[end + 1 : end + 2] in near.GIVEN_SET


def guess(text: str, start: int, end: int) -> bool:
    """A name that runs into unknown words, told by its characters: 队员曹阳补课."""
    return text[start] not in RISKY and near.GIVEN_SET.issuperset(text[start + 1 : end])


def nick_ends(text: str, start: int) -> list[int]:
    """Where a pet name ends: 小明, 豆豆, 涵宝, 子涵."""
    match = near.NICKNAME.match(text, start)
    if not match or not near.FOLLOW.match(text, match.end()):
        return []
    barred = match.group() in near.NOT_NICK or text[start : match.end() + 1] in near.NOT_NICK
    return [] if barred else [match.end()]


def names_ahead(text: str, start: int) -> bool:
    """True where one of the next two items of a list is a name, or a doubled pet name."""
    if (
        sure(text, start, name_end(text, start))
        or nick_ends(text, start)
        or text[start : start + 1] == text[start + 1 : start + 2]
    ):
        return True
    item = near.EXACT.match(text, start)
    return bool(item and text[item.end() : item.end() + 1] == "、" and name_end(text, item.end() + 1))


def whole(text: str, start: int, end: int) -> bool:
    """True for a whole item between marks."""
    item = near.EXACT.match(text, start)
    return item is not None and item.end() == end


def sure(text: str, start: int, end: int) -> bool:
    """True for a name that can hardly be anything else."""
    if not end:
        return False
    if near.ETHNIC_NAME.match(text, start):
        return True
    return (
        text[start] not in RISKY and near.GIVEN_SET.issuperset(text[start + 1 : end]) and not is_word(text, start, end)
    )


def is_word(text: str, start: int, end: int) -> bool:
    """True where an ordinary word begins, unless the name's last character is one that only names have."""
    words = ordinary()
    twice = text[end - 1] == text[end - 2]
    if end - start > TWO and (twice or (text[end - 1] in near.MODERN and text[start] not in RISKY)):
        return text[start:end] in words
    return text[start : start + 2] in words or text[start : start + 3] in words
