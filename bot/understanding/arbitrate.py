"""One reading for one message: a command, things done, things planned, nothing done, or a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from . import commands
from .entries import entries
from .explain import trace
from .fragments import fragment
from .masking import mask
from .meaning import Entry, Meaning
from .normal import Normal, normalise
from .reading import Reading, read
from .sounds import mend


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells of: done, planned, not done, or a problem alone."""

    intent: str = "unknown"
    entries: tuple[Entry, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)


FIRM = frozenset(("check_in", "plan"))


def understand(text: str, now: datetime, explain: bool = False) -> Meaning:
    """The meaning of one message sent at `now`, local time; never raises, and the same for the same words."""
    normal = normalise(text)
    masked = mask(text, normal)
    normal = replace(normal, text=mend(normal.text))
    command = commands.read(normal, now)
    reading = read(normal.text, now)
    told = Told() if command and command.level == commands.STANDS else tell(reading, normal)
    why = trace(reading, normal, command) if explain else ()
    if command and wins(command, told):
        return Meaning(
            command.intent, command.entries, command.slots, masked.text, command.fragment or fragment(reading, normal), masked.dropped, why
        )
    return Meaning(told.intent, told.entries, told.slots, masked.text, fragment(reading, normal), masked.dropped, why)


def wins(command: commands.Command, told: Told) -> bool:
    """True where the command is the surer reading."""
    if command.level == commands.STANDS or told.intent == "unknown":
        return True
    return command.level == commands.YIELDS and told.intent not in FIRM


def tell(reading: Reading, normal: Normal) -> Told:
    """What the message tells of: things done win over plans, and both over a problem alone."""
    found = [pair for scene in reading.scenes for pair in entries(scene, normal)]
    done = tuple(entry for deed, entry in found if not deed.planned)
    if any(entry.activity != "issue" for entry in done):
        return Told("check_in", done, {"asks": True} if reading.asks else {})
    if done:
        return Told("issue_report", (), {"text": done[0].text})
    if found:
        return Told("plan", tuple(entry for _, entry in found))
    if any(deed.negated for deed in reading.deeds):
        return Told("nothing")
    if reading.complaint:
        return Told("issue_report", (), {"text": normal.original(*reading.complaint)})
    return Told()
