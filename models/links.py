"""Which squadron or branch an entry names, and how many different ones a set of entries names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from models.facts import Fact

DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
NOISE = re.compile(r"[^\w]|_|年级|中队|团总支|团支部|支部|班级|班")


def linked(facts: Iterable[Fact], part: str) -> int:
    """How many different ones of a part; those without a name may be the named ones, so the greater number holds."""
    fits = PARTS[part]
    chosen = [fact for fact in facts if fits(fact.class_name or "")]
    named = {class_key(fact.class_name) for fact in chosen if fact.class_name}
    return max([len(named), *(1 if fact.count is None else int(fact.count) for fact in chosen)])


@lru_cache(maxsize=4096)
def class_key(name: str) -> str:
    """One spelling of a class label: 五(2)中队, 五二中队 and 5.2班 are one."""
    plain = unicodedata.normalize("NFKC", name).translate(DIGITS)
    return NOISE.sub("", plain) or plain


def _general(name: str) -> bool:
    return "总支" in name or "学院" in name or name.endswith("系")


PARTS: dict[str, Callable[[str], bool]] = {
    "squadron": lambda name: "支" not in name and not _general(name),
    "branch": lambda name: "中队" not in name and not _general(name),
    "general": _general,
}
