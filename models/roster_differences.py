"""What a roster changes, in words: the heading, what stood there, what will stand there; nothing secret is repeated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from models.roster_words import AREAS, KINDS, LEVELS, POSTS, ROLES

EMPTY = "（空）"


class Difference(NamedTuple):
    """One cell's change. `mark` tells two changes apart that look alike once what is secret is hidden."""

    heading: str
    before: str = ""
    after: str = ""
    mark: str = ""

    def __str__(self) -> str:
        shown = f"{self.before or EMPTY} → {self.after or EMPTY}"
        return f"{self.heading} {shown}" if self.before or self.after else self.heading


def hidden(phone: str) -> str:
    """A telephone number of which only the ends are shown."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= len("1234567890") else "已填" if phone else ""


def in_words(key: str, value: Any) -> str:
    """A stored value as people write it."""
    if isinstance(value, date):
        return value.isoformat()
    said = WORDS.get(key)
    return said(str(value)) if said and value else "" if value in (None, "") else str(value)


def _named(table: Mapping[str, str]) -> Callable[[str], str]:
    names = {identifier: name for name, identifier in table.items()}
    return lambda value: "、".join(names.get(part, part) for part in value.split())


post_words, role_words, kind_words = _named(POSTS), _named(ROLES), _named(KINDS)
level_words, area_words = _named(LEVELS), _named(AREAS)
WORDS: Mapping[str, Callable[[str], str]] = {
    "post": post_words,
    "roles": role_words,
    "kind": kind_words,
    "area": area_words,
    "level": level_words,
}
SECRET = ("phone", "phone_hash", "email", "wechat")


def put(thing: Any, values: Mapping[str, Any], headings: Mapping[str, str]) -> list[Difference]:
    """Set what differs; gives what did, by heading."""
    differing = {key: value for key, value in values.items() if getattr(thing, key) != value}
    made = [
        _difference(headings[key], key, getattr(thing, key), new) for key, new in differing.items() if key in headings
    ]
    for key, value in differing.items():
        setattr(thing, key, value)
    return made


def _difference(heading: str, key: str, before: Any, after: Any) -> Difference:
    if key in SECRET:
        return Difference(heading, "已填" if before else "", "已改" if after and before else "已填" if after else "")
    return Difference(heading, in_words(key, before), in_words(key, after))
