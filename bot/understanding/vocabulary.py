"""The words of the trade, read from words/*.toml, and the patterns made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .frozen import frozen

WORDS = Path(__file__).with_name("words")
END = ""
LEAF, PARTS = 24, 4  # letters that are tried one by one; parts into which more of them are split

Roles = Mapping[str, str]


@frozen
class Vocabulary:
    """Every word with its roles, and patterns that find the longest word at a place."""

    roles: Mapping[str, Roles]
    words: str
    units: Mapping[str, str]
    unit: str
    other: str
    after_act: re.Pattern[str]
    after_on_site: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, loaded when first needed."""
    roles: dict[str, dict[str, str]] = {}
    add_noise(roles, table("noise"))
    add_glue(roles, table("glue"))
    add_issue_words(roles, table("issues"))
    add_activities(roles, table("activities"))
    add_people(roles, table("people"))
    units = {word: name for name, words in table("units").items() if name != "other" for word in words} | {
        "个班": "group",
        "个教学班": "group",
        "明": "person",
        "家": "house",
    }
    noise = table("noise")
    return Vocabulary(
        roles=roles,
        words=fast_pattern(roles),
        units=units,
        unit=unit_pattern(units),
        other=trie_pattern(table("units")["other"]),
        after_act=re.compile(trie_pattern(noise["after_act"])),
        after_on_site=re.compile(trie_pattern(noise["after_on_site"])),
    )


def unit_pattern(units: Mapping[str, str]) -> str:
    """Units of classes and squadrons, where no office follows them (一个班主任), then all others; 3明 is 3名 mistyped."""
    of_groups = trie_pattern(word for word, kind in units.items() if kind == "group")
    others = trie_pattern(word for word, kind in units.items() if kind != "group" and word not in ("明", "讲", "家"))
    return f"(?:(?:{of_groups})(?![主长干委会辅级])|{others}|讲(?!\\d)|家(?![长访委校教庭人里乡属企公医\\d])|明(?=$|[,。;、队学辅老家]))"


def table(name: str) -> dict[str, Any]:
    """One file of words."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


def add_noise(roles: dict[str, dict[str, str]], words: Mapping[str, list[str]]) -> None:
    """Words that only look like ours."""
    for word in words["phrases"]:
        roles[word] = {"noise": ""}


def add_glue(roles: dict[str, dict[str, str]], words: Mapping[str, list[str]]) -> None:
    """Small words; one may play several parts."""
    for role, members in words.items():
        for word in members if role != "sigh" else ():
            part(roles, word)[role] = ""
    for sigh in words["sigh"]:
        for word in (f"{sigh}{mark}{no}" for mark in ("", ",", " ") for no in ("不是", "不对", "错了", "说错了")):
            part(roles, word)["fix"] = ""


def add_issue_words(roles: dict[str, dict[str, str]], words: Mapping[str, list[str]]) -> None:
    """Words that bring up a problem."""
    for role in ("lead", "say", "quiet"):
        for word in words[role]:
            part(roles, word)[role] = ""


def add_activities(roles: dict[str, dict[str, str]], words: Mapping[str, Mapping[str, list[str]]]) -> None:
    """Names of deeds, each with its tone: words, weak or forum."""
    for activity, tones in words.items():
        for tone, members in tones.items():
            for word in members:
                part(roles, word).update(act=activity, tone=tone)


def add_people(roles: dict[str, dict[str, str]], words: Mapping[str, Mapping[str, list[str]]]) -> None:
    """Names of people, each with whether one or many bear it."""
    for audience, kinds in words.items():
        for kind, members in kinds.items():
            for word in members:
                part(roles, word).update(aud=audience, kind=kind)


def part(roles: dict[str, dict[str, str]], word: str) -> dict[str, str]:
    """The roles of a word, to be added to; a word with a meaning of ours is no noise."""
    mine = roles.setdefault(word, {})
    mine.pop("noise", None)
    return mine


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression for the longest of many words at a place."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[END] = {}
    return branch(root)


def fast_pattern(words: Iterable[str]) -> str:
    """The same for very many words: first letters are looked up in sets within sets before they are tried one by one."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], []).append(word)
    letters = sorted(by_letter, key=lambda one: (-len(by_letter[one]), one))
    return looked_up(
        letters, {one: re.escape(one) + trie_pattern(word[1:] for word in by_letter[one]) for one in letters}
    )


def looked_up(letters: list[str], patterns: Mapping[str, str]) -> str:
    """The patterns of some first letters behind a look at the letter; of many, in a few parts that do the same."""
    size = max(LEAF, -(-len(letters) // PARTS))
    if len(letters) > LEAF:
        found = (looked_up(letters[at : at + size], patterns) for at in range(0, len(letters), size))
    else:
        found = (patterns[one] for one in letters)
    return f"(?=[{re.escape(''.join(letters))}])(?:{'|'.join(found)})"


def branch(node: dict[str, Any]) -> str:
    """The pattern of what may follow at one place in the words."""
    ends = END in node
    parts = [re.escape(letter) + branch(after) for letter, after in sorted(node.items()) if letter]
    if not parts:
        return ""
    if len(parts) == 1 and not ends:
        return parts[0]
    return f"(?:{'|'.join(parts)})" + ("?" if ends else "")
