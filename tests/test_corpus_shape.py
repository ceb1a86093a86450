"""The labelled messages are well formed: vocabulary, dates and identifiers hold in every file of the corpus."""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "corpus"
OTHER_SHAPE = {"masking.jsonl"}
FILES = sorted(path for path in HERE.glob("*.jsonl") if path.name not in OTHER_SHAPE)
INTENT_WORDS = """
    check_in plan nothing issue_report amend undo confirm deny my_progress my_records bind set_school leave
    reminders team_progress behind person_progress nudge spot_check issue_list issue_update approve rate export rules
    feedback my_data why_reminded which more submit task_list hand_in school_visits picture pages training another help
    smalltalk unknown"""
ACTIVITY_WORDS = """
    on_site interview lecture unit_link theme_day class_visit survey report case key_task practical_help pairing
    exchange online_contact identity coverage issue"""
INTENTS = set(INTENT_WORDS.split())
ACTIVITIES = set(ACTIVITY_WORDS.split())
AUDIENCES = {
    *("pioneer", "counselor", "student", "league_cadre", "head_teacher", "teacher", "school_leader", "parent"),
    None,
}
WITH_ENTRIES = {"check_in", "plan", "amend"}
ALWAYS_ONE = {"identity", "issue"}

Row = dict[str, Any]


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def flaws_of_days(entry: Row) -> list[str]:
    """What is wrong with an entry's first and last day."""
    if entry.get("invalid"):
        return [] if entry["start"] is None and entry["end"] is None else ["an invalid day has no dates"]
    first, last = date.fromisoformat(entry["start"]), date.fromisoformat(entry["end"])
    return [] if first <= last else ["start after end"]


def flaws_of_entry(entry: Row) -> list[str]:
    """What is wrong with one entry, beside its days."""
    kind, count = entry["activity"], entry["count"]
    people = kind in ("interview", "pairing")
    tests = {
        f"activity {kind}": kind in ACTIVITIES,
        "audience": entry.get("audience") in AUDIENCES and ("audience" in entry) == people,
        f"count {count}": count is None or count > 0,
        "half a thing": count is None or kind == "on_site" or count == int(count),
        "always one": kind not in ALWAYS_ONE or count == 1,
        "issue without words": kind != "issue" or bool(entry.get("text")),
        "bound": "at_least" not in entry or count is None,
    }
    return [name for name, good in tests.items() if not good]


def flaws(row: Row) -> list[str]:
    """What is wrong with one labelled message."""
    found = [] if row["intent"] in INTENTS else [f"intent {row['intent']}"]
    if row["entries"] and row["intent"] not in WITH_ENTRIES:
        found.append("entries beside another intent")
    if row["intent"] == "check_in" and not row["entries"]:
        found.append("a check-in of nothing")
    for entry in row["entries"]:
        found += flaws_of_entry(entry) + flaws_of_days(entry)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_is_well_formed(path: Path) -> None:
    bad = {row["id"]: flaws(row) for row in rows_of(path) if flaws(row)}
    assert bad == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_done_things_do_not_end_after_the_message(path: Path) -> None:
    late = [
        row["id"]
        for row in rows_of(path)
        if row["intent"] == "check_in"
        for entry in row["entries"]
        if entry["end"] and date.fromisoformat(entry["end"]) > datetime.fromisoformat(row["now"]).date()
    ]
    assert late == []


def test_identifiers_are_unique_over_all_files() -> None:
    counts = Counter(row["id"] for path in FILES for row in rows_of(path))
    assert [name for name, times in counts.items() if times > 1] == []


def test_no_message_is_written_twice() -> None:
    counts = Counter((row["text"], row["now"]) for path in FILES for row in rows_of(path))
    assert [text for text, times in counts.items() if times > 1] == []
