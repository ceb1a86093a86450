"""Which stored record a few words mean: 刚才队员, 昨天那条, 宣讲, 实验小学那条."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers import places
from handlers.asked import Asked
from models.facts import Fact
from models.schools import same_school


def matching(asked: Asked, selector: Mapping[str, Any], every: bool = False) -> list[Fact]:
    """The records meant: those of the newest message that has any which fit (of every one, if so said); without words, the newest message's."""
    fitting = [f for f in asked.context.facts if _same(f, selector) and _within(f, selector)]
    fitting = _there(asked, fitting, selector["place"]) if selector.get("place") else fitting
    if not fitting or (every and selector):
        return fitting
    newest = max(f.message_id or 0 for f in fitting)
    return [f for f in fitting if (f.message_id or 0) == newest]


def _same(fact: Fact, selector: Mapping[str, Any]) -> bool:
    named = {name: selector[name] for name in ("activity", "audience", "count") if selector.get(name) is not None}
    return all(getattr(fact, name) == value for name, value in named.items())


def _within(fact: Fact, selector: Mapping[str, Any]) -> bool:
    first, last = selector.get("start"), selector.get("end") or selector.get("start")
    if first is None or last is None:
        return True
    return fact.start is not None and fact.end is not None and fact.start <= last and fact.end >= first


def _there(asked: Asked, facts: Sequence[Fact], words: str) -> list[Fact]:
    """Those of the school that is named, however it was written with the record."""
    school = places.find_place(asked, words).school_id
    return [f for f in facts if (school and f.school_id == school) or (f.place and same_school(f.place, words))]
