"""Which stored record a few words mean: 刚才队员, 昨天那条, 宣讲, 实验小学那条."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers import places
from handlers.asked import Asked
from models.facts import Fact
from models.schools import same_school

OTHER_NUMBERS = {"delta", "met_before", "attendance"}  # beside these a number is no figure by which a record is known


def naming(asked: Asked) -> Mapping[str, Any]:
    """The words of a correction that say which record; what is to become of it is no such word."""
    slots = asked.meaning.slots
    taken = slots.keys() | ({"count", "at_least"} if OTHER_NUMBERS & slots.keys() else set())
    return {
        name: value
        for name, value in asked.meaning.fragment.items()
        if name not in taken or value != slots.get(name, value)
    }


def may_mean(fact: Fact, selector: Mapping[str, Any]) -> bool:
    """Whether these words can mean a record of which something is not known yet."""
    known = {name: value for name, value in selector.items() if getattr(fact, name, None) is not None}
    return _same(fact, known) and _within(fact, selector)


def matching(asked: Asked, selector: Mapping[str, Any], every: bool = False) -> list[Fact]:
    """The records meant: those of the newest message that has any which fit (of every one, if so said); without words, the newest message's."""
    found = fitting(asked, selector)
    if every and selector:
        return found
    found = _exactly(found, selector)
    if not found:
        return []
    newest = max(f.message_id or 0 for f in found)
    return [f for f in found if (f.message_id or 0) == newest]


def fitting(asked: Asked, selector: Mapping[str, Any]) -> list[Fact]:
    """All records that fit, of whatever message."""
    found = [f for f in asked.context.facts if _same(f, selector) and _within(f, selector)]
    return _there(asked, found, selector["place"]) if selector.get("place") else found


def _same(fact: Fact, selector: Mapping[str, Any]) -> bool:
    named = {name: selector[name] for name in ("activity", "audience", "count") if selector.get(name) is not None}
    return all(getattr(fact, name) == value for name, value in named.items())


def _within(fact: Fact, selector: Mapping[str, Any]) -> bool:
    first, last = selector.get("start"), selector.get("end") or selector.get("start")
    if first is None or last is None:
        return True
    return fact.start is not None and fact.end is not None and fact.start <= last and fact.end >= first


def _exactly(facts: list[Fact], selector: Mapping[str, Any]) -> list[Fact]:
    """Those of just the days that were said, where there are any: 10号 is no month that it lies in."""
    days = selector.get("start"), selector.get("end") or selector.get("start")
    return [f for f in facts if (f.start, f.end) == days] or facts


def _there(asked: Asked, facts: Sequence[Fact], words: str) -> list[Fact]:
    """Those of the school that is named, however it was written with the record."""
    school = places.find_place(asked, words).school_id
    return [f for f in facts if (school and f.school_id == school) or (f.place and same_school(f.place, words))]
