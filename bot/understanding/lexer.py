"""A message cut into tokens: dates, schools, classes, numbers with their units, and the words of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import dates, numerals
from .joining import joined, with_heads
from .numerals import Number
from .patterns import DATE_MARK, master
from .schools import find_schools, marked
from .tokens import DAY, HALF, MARK_ROLES, MARKS, OTHER, PLAIN, PUPILS, SHORT, TALKED, TIMES, UNIT_ROLES, Token, plain
from .vocabulary import Roles, vocabulary

ALIEN = re.compile(r"[.:/\d%]")


def lex(text: str) -> list[Token]:
    """The tokens of a normalised text; what is in none of them carries no meaning of ours."""
    schools = find_schools(text)
    masked = marked(text, schools) if schools else text
    said = dates.scan(masked)
    if said:
        masked = date_marked(masked, said)
    return joined(masked, with_heads(masked, list(tokens(masked, {one.start: one for one in said}))))


def date_marked(text: str, said: list[dates.Said]) -> str:
    """The text with every date replaced by marks of the same length; a date inside another is marked with it (26号9到30号)."""
    parts: list[str] = []
    at = 0
    for one in said:
        parts += [text[at : one.start], DATE_MARK * (one.end - max(at, one.start))]
        at = max(at, one.end)
    return "".join(parts) + text[at:]


def tokens(text: str, said: dict[int, dates.Said]) -> Iterator[Token]:
    """Each token as the master pattern finds it."""
    roles = vocabulary().roles
    for match in master().finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word" or kind == "spoken":
            word = match.group()
            yield plain((start, end, roles[word], word, None, None, False))
        elif kind == "mark":
            mark = match.group()
            part = mark_roles(text, mark, start, end) if mark in UNSURE else MARK_ROLES[mark]
            yield plain((start, end, part, "", None, None, False))
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


UNSURE = ("×", "-", "/")


def mark_roles(text: str, mark: str, start: int, end: int) -> Roles:
    """×3 is times three, a lone × or / in a form is nothing."""
    after = text[end : end + 1]
    if mark == "×" and after.isdecimal():
        return TIMES
    if mark == "-" and text[start - 1 : start] in ("|", ":") and after in ("", "\n", "|"):
        return MARK_ROLES["×"]
    if mark == "/" and after in ("", "\n") and text[start - 1 : start] in (":", "|", " "):
        return MARK_ROLES["×"]
    return MARK_ROLES[mark]


def split_dates(start: int, end: int, said: dict[int, dates.Said]) -> Iterator[Token]:
    """Dates that stand side by side are separate tokens."""
    while start < end:
        one = said.get(start)
        if one:
            yield Token(one.start, one.end, PLAIN["date"], one.words, None, one)
        start = one.end if one else start + 1


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


def alien(text: str, end: int, unit: str | None) -> bool:
    """True where the number is part of something longer."""
    return not unit and bool(ALIEN.match(text, end)) and text[end : end + 1] not in ":/"
