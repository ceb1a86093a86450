"""改刚才那条，或说出是哪条：改成5名；昨天那条改成4名；不是队员是辅导员"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.understanding.meaning import Entry
from handlers import places
from handlers.asked import MEMBER, Asked
from handlers.changing import change
from handlers.recording import read_back
from handlers.selecting import matching
from handlers.wording import ACTIVITIES, AUDIENCES, listing
from models.facts import Fact

WHO = MEMBER
EXAMPLE = "改成5名"
PEOPLE = ("interview", "pairing", "online_contact")
EVENTS = ("lecture", "theme_day", "exchange")
OTHER_NUMBERS = {"delta", "met_before", "attendance"}  # beside these a number is no figure by which a record is known
COUNTED_IN = dict.fromkeys(PEOPLE, "people") | dict.fromkeys((*EVENTS, "class_visit"), "times")
COLUMNS = ("audience", "activity", "start", "end", "attendance", "met_before")


def answer(asked: Asked) -> str:
    """Change the records meant, keep what they held, and read back the new state."""
    slots = asked.meaning.slots
    if asked.meaning.entries:
        return _new_state(asked, asked.meaning.entries)
    meant = matching(asked, _selector(asked))
    fitting = [f for f in meant if _takes(f, slots)] or meant
    if not fitting:
        return "没有找到要改的记录。回“我的记录”看看记了什么，再说改哪条，如：昨天那条改成4名。"
    if not any(slots.get(name) is not None for name in (*COLUMNS, "count", "delta", "place")):
        return f"要改成什么？现在是：{_list(asked, fitting)}。如：改成5名；不是队员是辅导员；应该是昨天。"
    if len(fitting) > 1 and not _for_all(slots):
        return f"改哪一条？{_list(asked, fitting)}。请连名称一起说，如：{_example(fitting[0])}。"
    return _apply(asked, [(f, _changes(asked, f, slots)) for f in fitting])


def _selector(asked: Asked) -> Mapping[str, Any]:
    """The words that say which record; what is to become of it is no such word."""
    slots = asked.meaning.slots
    taken = slots.keys() | ({"count", "at_least"} if OTHER_NUMBERS & slots.keys() else set())
    return {
        name: value
        for name, value in asked.meaning.fragment.items()
        if name not in taken or value != slots.get(name, value)
    }


def _takes(fact: Fact, slots: Mapping[str, Any]) -> bool:
    """Whether a change makes sense for a record: an audience only where people are meant."""
    if slots.get("audience") is not None and slots.get("activity") is None:
        return fact.activity in ("interview", "pairing")
    if slots.get("attendance") is not None:
        return fact.activity in ("lecture", "theme_day", "exchange")
    return slots.get("count") is None or fact.activity not in ("issue", "identity")


def _for_all(slots: Mapping[str, Any]) -> bool:
    """Day and place hold for all that one message said; a figure does not."""
    return all(name in ("start", "end", "place") for name, value in slots.items() if value is not None)


def _changes(asked: Asked, fact: Fact, slots: Mapping[str, Any]) -> dict[str, Any]:
    changes = {name: slots[name] for name in COLUMNS if slots.get(name) is not None}
    changes |= _of_kind(fact, changes.get("activity", fact.activity))
    if slots.get("count") is not None:
        changes |= {"count": Decimal(str(slots["count"])), "at_least": None}
    if slots.get("delta") is not None:
        changes["count"] = max(Decimal(0), (fact.count or Decimal(0)) + Decimal(str(slots["delta"])))
    if slots.get("place"):
        place = places.find_place(asked, slots["place"])
        changes |= {"place": place.words, "school_id": place.school_id, "away": place.away, "linked": place.linked}
    return _with_days(fact, changes)


def _of_kind(fact: Fact, activity: str | None) -> dict[str, Any]:
    """What a record that turns out to be of another kind is counted in: 10 people are not 10 lectures."""
    if fact.activity == activity or COUNTED_IN.get(fact.activity or "") == COUNTED_IN.get(activity or ""):
        return {}
    if activity in PEOPLE:
        met = None if fact.attendance is None else Decimal(fact.attendance)
        return {"count": met, "at_least": None, "attendance": None}
    heard = int(fact.count) if fact.count and fact.activity in PEOPLE and activity in EVENTS else None
    return {"count": Decimal(1), "at_least": None, "audience": None, "attendance": heard}


def _with_days(fact: Fact, changes: dict[str, Any]) -> dict[str, Any]:
    """What was on one day stays on one, a stay keeps its count as long as it fits; an end before its start moves along."""
    if fact.activity != "on_site" and fact.start == fact.end and len({"start", "end"} & changes.keys()) == 1:
        changes["start"] = changes["end"] = changes.get("start") or changes.get("end")
    start, end = changes.get("start", fact.start), changes.get("end", fact.end)
    if start and end and end < start:
        changes["end" if "start" in changes else "start"] = start if "start" in changes else end
    if fact.activity == "on_site" and "count" not in changes and {"start", "end"} <= changes.keys():
        changes["count"] = Decimal((changes["end"] - changes["start"]).days + 1)
    return changes


def _new_state(asked: Asked, entries: Sequence[Entry]) -> str:
    """队员是两个辅导员是三个: each record of the last message takes the figure said for its kind."""
    meant = matching(asked, {})
    pairs = []
    for entry in entries:
        fact = next((f for f in meant if (f.activity, f.audience) == (entry.activity, entry.audience)), None)
        if fact and entry.count is not None:
            pairs.append((fact, {"count": Decimal(str(entry.count)), "at_least": None}))
    if not pairs:
        return f"没对上刚才的记录：{_list(asked, meant)}。请说改哪条、改成几，如：队员改成2名。"
    return _apply(asked, pairs)


def _apply(asked: Asked, pairs: Sequence[tuple[Fact, dict[str, Any]]]) -> str:
    changed, asks = change(asked, pairs)
    return read_back(asked, changed, asks, head="已改")


def _list(asked: Asked, facts: Sequence[Fact]) -> str:
    return listing([(f, f.count, f.place, None) for f in facts], asked.today)


def _example(fact: Fact) -> str:
    label, unit = ACTIVITIES.get(fact.activity or "", ("", ""))
    return f"{AUDIENCES.get(fact.audience or '', label)}改成5{unit}"
