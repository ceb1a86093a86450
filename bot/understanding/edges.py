"""With which letters a pattern may begin and end, read from its source: a look at them saves trying it everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

WIDEST = 300
ANY = "*"
Letters = frozenset[str]
Edge = tuple[Letters | None, bool]
NONE: Letters = frozenset()
DIGITS = frozenset("0123456789")
ZERO_WIDTH = (ops.ASSERT, ops.ASSERT_NOT, ops.AT)
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT)


def begins(*patterns: re.Pattern[str]) -> Letters:
    """The letters with which what one of the patterns matches may begin."""
    return known(edge(parsed(pattern.pattern)) for pattern in patterns)


def ends(*patterns: re.Pattern[str]) -> Letters:
    """The letters with which it may end."""
    return known(edge(parsed(pattern.pattern), ahead=False) for pattern in patterns)


def known(edges: Iterable[Edge]) -> Letters:
    """The letters, which must be known."""
    letters, empty = either(edges)
    if letters is None or empty:
        raise ValueError("a pattern that may begin or end with anything has no gate")
    return letters


def looking(source: str) -> str:
    """The source of a pattern with a look at the first letter before it, where its engine would take none by itself."""
    items = parsed(source)
    letters, empty = edge(items)
    if letters is None or empty or looks(items):
        return source
    return f"(?={one_of(letters)})(?:{source})"


def looks(items: list[Any]) -> bool:
    """True where the engine skips by itself what cannot begin a match, or tries one place alone."""
    op, value = items[0]
    if op is ops.SUBPATTERN:
        return bool(value[3]) and looks(list(value[3]))
    if op is ops.BRANCH:
        return all(len(branch) and branch[0][0] is ops.LITERAL for branch in value[1])
    return op in (ops.LITERAL, ops.IN, ops.AT, ops.ASSERT)


def glance(sources: Iterable[str]) -> str:
    """A look at the first two letters of any of several patterns, to stand before them."""
    seconds: dict[str, set[str]] = {}
    for source in sources:
        pairs, whole = openings(parsed(source))
        for pair in pairs | {letter + ANY for letter in whole}:
            seconds.setdefault(pair[0], set()).add(pair[1])
    if ANY in seconds:
        raise ValueError("a pattern that may begin with anything cannot be looked for")
    groups: dict[Letters, list[str]] = {}
    for first, behind in seconds.items():
        groups.setdefault(NONE if ANY in behind else frozenset(behind), []).append(first)
    return f"(?={one_of(seconds)})(?={'|'.join(one_of(firsts) + one_of(behind) for behind, firsts in groups.items())})"


def one_of(letters: Iterable[str]) -> str:
    """A class of letters; nothing for none."""
    listed = re.escape("".join(sorted(letters))).replace("0123456789", r"\d")
    return f"[{listed}]" if listed else ""


def openings(items: Iterable[tuple[Any, Any]]) -> tuple[set[str], set[str]]:
    """The two letters a sequence may begin with, and all it may be that is shorter."""
    pairs: set[str] = set()
    whole = {""}
    for op, value in items:
        follows = op is ops.ASSERT and value[0] > 0 and "" not in whole
        if not whole or (op in ZERO_WIDTH and not follows):
            continue
        more, short = openings(value[1]) if follows else openings_of(op, value)
        heads = {one[:1] for one in more | short}
        joined = {one + head for one in whole if one for head in heads} | (more | short if "" in whole else set())
        pairs |= {one for one in joined if len(one) > 1}
        whole = {one for one in joined if len(one) < 2}
    return pairs, whole


def openings_of(op: Any, value: Any) -> tuple[set[str], set[str]]:
    """The same for one part of a pattern."""
    if op is ops.BRANCH:
        found = [openings(branch) for branch in value[1]]
        return set().union(*(pairs for pairs, _ in found)), set().union(*(whole for _, whole in found))
    if op is ops.SUBPATTERN:
        return openings(value[3])
    if op in REPEATS:
        pairs, whole = openings(value[2])
        if value[1] > 1:
            pairs |= {one + head[:1] for one in whole for head in pairs | whole if one and head}
        return pairs, whole if value[0] else whole | {""}
    letters = edge_of(op, value)[0]
    return ({ANY * 2}, set()) if letters is None else (set(), set(letters))


def parsed(source: str) -> list[Any]:
    """A pattern as its parts, one behind the other."""
    return list(parser.parse(source))


def edge(items: list[Any], ahead: bool = True) -> Edge:
    """The letters with which a sequence may begin (or, not `ahead`, end), none if unknown; and whether it may be empty."""
    found = NONE
    for op, value in items if ahead else reversed(items):
        if op in ZERO_WIDTH:
            continue
        letters, empty = edge_of(op, value, ahead)
        if letters is None:
            return None, False
        found |= letters
        if not empty:
            return found, False
    return found, True


def edge_of(op: Any, value: Any, ahead: bool = True) -> Edge:
    """The same for one part of a pattern."""
    if op is ops.LITERAL:
        return frozenset(chr(value)), False
    if op is ops.IN:
        return of_class(value) or None, False
    if op is ops.BRANCH:
        return either(edge(list(branch), ahead) for branch in value[1])
    if op is ops.SUBPATTERN:
        return edge(list(value[3]), ahead)
    if op in REPEATS:
        letters, empty = edge(list(value[2]), ahead)
        return letters, empty or not value[0]
    return None, False


def either(edges: Iterable[Edge]) -> Edge:
    """The letters of all, if all are known."""
    found, some_empty = NONE, False
    for letters, empty in edges:
        if letters is None:
            return None, False
        found, some_empty = found | letters, some_empty or empty
    return found, some_empty


def of_class(members: Any) -> Letters:
    """The letters of a class that lists them."""
    found: set[str] = set()
    for op, value in members:
        if op is ops.LITERAL:
            found.add(chr(value))
        elif op is ops.RANGE and value[1] - value[0] < WIDEST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif op is ops.CATEGORY and value is ops.CATEGORY_DIGIT:
            found |= DIGITS
        else:
            return NONE
    return frozenset(found)
