"""The answer without what was masked: no stretch of a meaning says what the stored text may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .masking import Masked
from .meaning import Entry, Meaning

FREE = ("text", "title")
KEEPS_ITS_SLOTS = "bind"


def scrubbed(meaning: Meaning, masked: Masked) -> Meaning:
    """The meaning with its words cleaned as the text was; binding alone needs the name and the number."""
    if not (masked.hidden or masked.dropped):
        return meaning
    slots = meaning.slots if meaning.intent == KEEPS_ITS_SLOTS else cleaned(meaning.slots, masked)
    entries = tuple(clean_entry(entry, masked) for entry in meaning.entries)
    return replace(meaning, entries=entries, slots=slots, fragment=cleaned(meaning.fragment, masked))


def clean_entry(entry: Entry, masked: Masked) -> Entry:
    """One entry; of a dropped message nothing in the speaker's words stays but the counts."""
    text = masked.clean(entry.text) if entry.text else entry.text
    place = masked.without(entry.place) if entry.place else entry.place
    return replace(entry, text=text, place=place) if (text, place) != (entry.text, entry.place) else entry


def cleaned(said: Mapping[str, Any], masked: Masked) -> dict[str, Any]:
    """Slots, or a fragment: free words as the text, other words without what was hidden."""
    return {key: clean_value(key, value, masked) for key, value in said.items()}


def clean_value(key: str, value: object, masked: Masked) -> object:
    """One value of a slot, whatever it is."""
    if isinstance(value, str):
        return masked.clean(value) if key in FREE else masked.without(value)
    if isinstance(value, Entry):
        return clean_entry(value, masked)
    if isinstance(value, (list, tuple)):
        return [clean_value(key, one, masked) for one in value]
    return value
