"""When an answer to a labelled message is right: intent, entries and slots, as the contract judges them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

OWN = Path(__file__).parent / "corpus"
GIVEN = Path(__file__).parents[2] / "shared" / "corpus"
JUDGED_SLOTS = {
    "amend": "count audience activity start end",
    "my_progress": "audience activity",
    "my_records": "start end",
    "bind": "name phone code",
    "set_school": "school",
    "leave": "start end off",
    "reminders": "time off",
    "team_progress": "region",
    "behind": "region activity audience",
    "person_progress": "name",
    "nudge": "name",
    "spot_check": "count",
    "issue_update": "number status",
    "approve": "name approved",
    "rate": "name rating",
    "export": "form start end",
    "issue_report": "text",
    "rules": "audience activity",
    "my_data": "action",
}
COUNTED_BY_AUDIENCE = ("interview", "pairing")
LOOSE = 3
SPARE = 8

Said = Mapping[str, Any]


def labelled(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled messages of one file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def right(gold: Said, said: Said) -> bool:
    """True where intent, entries and slots are all right."""
    return not wrong(gold, said)


def wrong(gold: Said, said: Said) -> list[str]:
    """What is wrong with an answer."""
    if gold["intent"] != said["intent"]:
        return [f"intent {said['intent']} for {gold['intent']}"]
    faults = []
    if not entries_right(gold["entries"], said["entries"]):
        faults.append(f"entries {keys(said['entries'])} for {keys(gold['entries'])}")
    elif whose(gold) != whose(said) and any("for" in entry for entry in gold["entries"]):
        faults.append(f"for {whose(said)} instead of {whose(gold)}")
    if not slots_right(gold, said):
        faults.append(f"slots {said['slots']} for {gold['slots']}")
    return faults


def entries_right(gold: Sequence[Said], said: Sequence[Said]) -> bool:
    """True where both hold the same entries in any order, and every problem is stated."""
    if keys(gold) != keys(said):
        return False
    left = [entry.get("text") for entry in said if entry["activity"] == "issue"]
    for entry in gold:
        if entry["activity"] != "issue":
            continue
        match = next((text for text in left if same_stretch(entry.get("text"), text)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def whose(meaning: Said) -> list[str]:
    """The colleagues that entries are recorded for."""
    return sorted(str(entry.get("for")) for entry in meaning["entries"])


def keys(entries: Sequence[Said]) -> list[str]:
    """What is compared of each entry."""
    return sorted(map(str, map(key, entries)))


def key(entry: Said) -> tuple[Any, ...]:
    """Activity, audience where it counts, number, days, running total."""
    audience = entry.get("audience") if entry["activity"] in COUNTED_BY_AUDIENCE else None
    count = entry.get("count")
    return (
        entry["activity"],
        audience,
        None if count is None else float(count),
        entry["start"],
        entry["end"],
        bool(entry.get("total")),
    )


def slots_right(gold: Said, said: Said) -> bool:
    """True where every judged slot of the intent is the same."""
    return all(
        same_slot(name, gold["slots"].get(name), said["slots"].get(name))
        for name in JUDGED_SLOTS.get(gold["intent"], "").split()
    )


def same_slot(name: str, gold: object, said: object) -> bool:
    """True for equal values; for the text of a problem, where one stretch holds the other."""
    if name == "text" and gold:
        return same_stretch(gold, said)
    return (gold or None) == (said or None)


def same_stretch(gold: object, said: object) -> bool:
    """True where one holds the other and neither is much longer."""
    a, b = bare(gold), bare(said)
    return bool(a and b) and (a in b or b in a) and max(len(a), len(b)) <= LOOSE * min(len(a), len(b)) + SPARE


def bare(text: object) -> str:
    """Letters and digits only."""
    return "".join(letter for letter in str(text or "") if letter.isalnum())
