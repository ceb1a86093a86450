"""What a message means: the values that understanding returns and everything else reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from datetime import date
from operator import attrgetter
from typing import Any

from .frozen import frozen


@frozen
class Entry:
    """One thing done or planned; dates are inclusive, `count` is in the activity's own unit."""

    activity: str | None
    audience: str | None = None
    count: float | None = None
    start: date | None = None
    end: date | None = None
    total: bool = False
    attendance: int | None = None
    place: str | None = None
    method: str | None = None
    at_least: float | None = None
    met_before: int | None = None
    period: str | None = None
    colleague: str | None = None
    text: str | None = None
    of: int | None = None
    class_name: str | None = None
    invalid: str | None = None
    dated: bool = False
    full_day: bool | None = None
    ambiguous: str | None = None
    span: tuple[int, int] = (0, 0)


@frozen
class Trace:
    """Why a stretch of the text was taken for what it was: its place, its words, its reading, the rule's name."""

    start: int
    end: int
    words: str
    reading: str
    rule: str


@frozen
class Meaning:
    """One message, one intent.

    `fragment` holds what a bare answer to a question could mean (keys count, audience, activity, start, end, place),
    whatever the intent. For `amend`, `undo` and `which` it holds instead which record is meant, as far as that was said
    (昨天那条改成4名: start and end of yesterday; 刚才队员改成6名: audience pioneer; 撤销宣讲: activity lecture;
    刚才的3名队员都改成3名班主任: audience pioneer, count 3): the slots hold only what changes. `dropped` is "harm" or "secret" where the text itself must not be kept (`masked` is then empty).
    """

    intent: str
    entries: tuple[Entry, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    masked: str = ""
    fragment: Mapping[str, Any] = field(default_factory=dict)
    dropped: str | None = None
    trace: tuple[Trace, ...] = ()


JSON_NAMES = {"colleague": "for", "class_name": "class"}
ALWAYS = ("activity", "audience", "count", "start", "end")
INTERNAL = ("span", "dated", "full_day", "ambiguous")
RARE = [f.name for f in fields(Entry) if f.name not in ALWAYS + INTERNAL]
KEYS = [JSON_NAMES.get(name, name) for name in RARE]
rare = attrgetter(*RARE)
NOT_SAID = rare(Entry(None))


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as the contract writes it: five keys always, the others only where they were said."""
    answer = {
        "activity": entry.activity,
        "audience": entry.audience,
        "count": plain(entry.count),
        "start": entry.start and entry.start.isoformat(),
        "end": entry.end and entry.end.isoformat(),
    }
    said = rare(entry)
    if said != NOT_SAID:
        answer |= {
            key: plain(value) for key, value in zip(KEYS, said, strict=True) if value is not None and value is not False
        }
    return answer


def meaning_json(meaning: Meaning) -> dict[str, Any]:
    """A meaning as one JSON object of the parse command."""
    answer: dict[str, Any] = {
        "intent": meaning.intent,
        "entries": [entry_json(e) for e in meaning.entries],
        "slots": {name: plain(value) for name, value in meaning.slots.items()},
        "masked": meaning.masked,
    }
    if meaning.dropped:
        answer["dropped"] = meaning.dropped
    return answer


def plain(value: object) -> object:
    """A value as JSON knows it: dates in ISO form, whole numbers without a point, nested meanings likewise."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Entry):
        return entry_json(value)
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value
