"""People's names among the tokens, where a talk is told: they are counted, and nothing in them is a number or a verb."""

from __future__ import annotations

from collections.abc import Sequence

from .deeds import PEOPLE
from .joining import SURNAMES
from .late import late
from .names import Name, people
from .tokens import Token

NAME = {"name": ""}
LEFT = late(r"(?:^|[、,和跟与及 :(员生学友子娃了])([一-鿿]{2,3})[、,和跟与及 ]$")
RIGHT = late(r"[、和跟与及]([一-鿿]{2,3})(?=[、,。;!和跟与及等)\s]|$|[一二两三四五六七八九十\d]+[名位个人])")
HIDDEN = late(f"([x某*〇])(?<=[{''.join(SURNAMES)}].)\\1?(?![一-鿿x某*])")
FAR = 12


def with_names(text: str, tokens: list[Token], names: Sequence[Name] | None = None) -> list[Token]:
    """The tokens with those of names in place of whatever stood there; only where people may have been talked to."""
    hidden = [(one.start() - 1, one.end()) for one in HIDDEN.finditer(text)]
    if not (names or hidden or names is None):
        return tokens
    if not any(t.roles.get("act") in PEOPLE or t.word.startswith("走访") for t in tokens):
        return tokens
    found = people(text) if names is None else names
    words = [
        t
        for t in tokens
        if ("act" in t.roles and len(t.word) > 1) or "class" in t.roles or ("aud" in t.roles and t.number is not None)
    ]
    spans = [
        (n.start, n.end)
        for n in found
        if not n.title
        and text[n.start - 1 : n.start] != "们"
        and not any(t.start < n.end and n.start < t.end for t in words)
    ] + hidden
    if not spans:
        return tokens
    families = {t.start for t in tokens if t.roles.get("aud") == "parent"}
    spans = [one for one in spans if one[1] not in families]
    return placed(tokens, [Token(start, end, NAME, text[start:end]) for start, end in listed(text, spans)])


def listed(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The names, and their neighbours in a list that are words as well (白雪、李想、陈一诺)."""
    found = sorted(spans)
    for start, end in spans:
        found += neighbours(text, start, end, found)
    return sorted(set(found))


def neighbours(text: str, start: int, end: int, known: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The items before and behind a name in its list, as far as they look like names."""
    out: list[tuple[int, int]] = []
    at = start
    while (left := LEFT.search(text, max(0, at - FAR), at)) and text[left.start(1)] in SURNAMES:
        out.append(left.span(1))
        at = left.start(1)
    at = end
    while (right := RIGHT.match(text, at)) and text[right.start(1)] in SURNAMES:
        out.append(right.span(1))
        at = right.end(1)
    return [one for one in out if not any(a < one[1] and one[0] < b for a, b in known)]


def placed(tokens: list[Token], names: list[Token]) -> list[Token]:
    """The tokens with the names in place of what they overlap."""
    out: list[Token] = []
    at = 0
    for token in tokens:
        while at < len(names) and names[at].end <= token.start:
            out.append(names[at])
            at += 1
        if at == len(names) or token.end <= names[at].start:
            out.append(token)
    return out + names[at:]
