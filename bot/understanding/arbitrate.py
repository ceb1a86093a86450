"""One reading for one message: a command, things done, things planned, nothing done, or a problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from . import commands
from .commands.rule import Command, Slots
from .entries import entries
from .masking import mask, stand_ins
from .meaning import Entry, Meaning
from .normal import Normal, normalise
from .reading import Reading, read
from .sounds import mend


def understand(text: str, now: datetime) -> Meaning:
    """The meaning of one message sent at `now`, local time; never raises, and the same for the same words."""
    text = stand_ins(text)
    normal = normalise(text)
    masked = mask(text, normal)
    reading = read(mend(normal.text), now)
    command = commands.read(normal, now)
    intent, found, slots = decide(reading, normal, command)
    fragment = command.fragment if command and command.intent == intent else {}
    return Meaning(intent, tuple(found), slots, masked.text, fragment, dropped=masked.dropped)


def decide(reading: Reading, normal: Normal, command: Command | None) -> tuple[str, Sequence[Entry], Slots]:
    """Intent, entries and slots; how far a command gives way stands in its level."""
    if command and command.level == commands.STANDS:
        return command.intent, command.entries, command.slots
    done: list[Entry] = []
    planned: list[Entry] = []
    for scene in reading.scenes:
        for deed, entry in entries(scene, normal):
            (planned if deed.planned else done).append(entry)
    if any(e.activity != "issue" for e in done):
        return "check_in", done, {"asks": True} if reading.asks else {}
    if done:
        return "issue_report", [], {"text": done[0].text}
    if planned:
        return "plan", planned, {}
    if command and command.level == commands.YIELDS:
        return command.intent, command.entries, command.slots
    if any(d.negated for d in reading.deeds):
        return "nothing", [], {}
    if reading.complaint:
        return "issue_report", [], {"text": normal.original(*reading.complaint)}
    return (command.intent, command.entries, command.slots) if command else ("unknown", [], {})
