"""改刚才那条，或说出是哪条：改成5名；昨天那条改成4名；不是队员是辅导员"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.understanding.meaning import Entry
from handlers import places
from handlers.asked import MEMBER, Asked
from handlers.carrying_on import WHICH
from handlers.changing import change
from handlers.put_off import put_off
from handlers.recording import read_back
from handlers.selecting import matching, naming
from handlers.wording import ACTIVITIES, AUDIENCES, EVENTS, PEOPLE, listing
from models import journal
from models.facts import Fact

WHO = MEMBER
EXAMPLE = "改成5名"
COUNTED_IN = dict.fromkeys(PEOPLE, "people") | dict.fromkeys((*EVENTS, "class_visit"), "times")
_UNIT = re.compile(r"[\d一二三四五六七八九十百两俩半]\s*(名|人|位|个|场|次|节|堂|份|天|件|项|篇)")
SAID_AS: Mapping[str, tuple[str, ...]] = {
    "名": ("名", "人"),
    "人": ("名", "人"),
    "位": ("名",),
    "个": ("名", "人", "个", "件", "项"),
    "场": ("场", "次"),
    "次": ("次", "场"),
    "节": ("节", "场"),
    "堂": ("场", "节"),
} | {unit: (unit,) for unit in "份天件项篇"}
COLUMNS = ("audience", "activity", "start", "end", "attendance", "met_before")


def answer(asked: Asked) -> str:
    """Change the records meant, keep what they held, and read back the new state."""
    slots = asked.meaning.slots
    if moved := put_off(asked):
        return moved
    if asked.meaning.entries:
        return _new_state(asked, asked.meaning.entries)
    meant = matching(asked, naming(asked))
    fitting = _nearest([f for f in meant if _takes(f, slots)] or meant, asked)
    if not fitting:
        return "没有找到要改的记录。回“我的记录”看看记了什么，再说改哪条，如：昨天那条改成4名。"
    if not any(slots.get(name) is not None for name in (*COLUMNS, "count", "delta", "place")):
        return f"要改成什么？现在是：{_list(asked, fitting)}。如：改成5名；不是队员是辅导员；应该是昨天。"
    if len(fitting) > 1 and not _for_all(slots):
        return _which(asked, fitting)
    return _apply(asked, [(f, _changes(asked, f, slots)) for f in fitting])


def _which(asked: Asked, facts: Sequence[Fact]) -> str:
    """Which of several is meant: a word answers it."""
    slots = {name: journal.plain(value) for name, value in asked.meaning.slots.items()}
    named = {k: v for k, v in naming(asked).items() if k in ("audience", "activity")}
    words = list(dict.fromkeys(_called(fact) for fact in facts))
    if len(words) > 1:
        data = {"slots": slots, "named": named}
        journal.ask(asked.connection, asked.actor, [{"kind": WHICH, "text": "改哪一条？", "data": data}])
    answer = f"回“{'”或“'.join(words)}”" if len(words) > 1 else f"请连日子一起说，如：昨天的{_example(facts[0])}"
    return f"改哪一条？{_list(asked, facts)}。{answer}。"


def _called(fact: Fact) -> str:
    return AUDIENCES.get(fact.audience or "", ACTIVITIES.get(fact.activity or "", ("",))[0])


def _nearest(facts: Sequence[Fact], asked: Asked) -> Sequence[Fact]:
    """Of several, those of the kind that the new value names (改成队员4), else those counted in the unit that was said."""
    slots = asked.meaning.slots
    for name in ("audience", "activity"):
        same = [f for f in facts if slots.get(name) is not None and getattr(f, name) == slots[name]]
        if same and slots.get("count") is not None:
            return same
    said = _UNIT.search(asked.meaning.masked) if slots.get("count") is not None else None
    units = SAID_AS.get(said[1], "") if said else ""
    return [f for f in facts if ACTIVITIES.get(f.activity or "", ("", ""))[1] in units] or facts if units else facts


def _takes(fact: Fact, slots: Mapping[str, Any]) -> bool:
    """Whether a change makes sense for a record: an audience only where people are meant."""
    if slots.get("audience") is not None and slots.get("activity") is None:
        return fact.activity in ("interview", "pairing")
    if slots.get("attendance") is not None:
        return fact.activity in ("lecture", "theme_day", "exchange")
    if slots.get("count") is not None and fact.activity == "on_site" and fact.start == fact.end:
        return bool(slots["count"] <= 1)
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
    return f"{_called(fact) or label}改成5{unit}"
