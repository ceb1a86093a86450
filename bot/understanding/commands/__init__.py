"""What is said to the service rather than recorded: questions, orders, answers, corrections.

`read` tries the rules in order. A rule is a row of a table: in offices, sheets, strays, orders, spoken, pages, problems, talk, identity or away. answers
holds the words of yes, no and thanks; changes and slips read amendments. Words are in words/commands.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from .. import vocabulary
from ..gates import needed
from . import (
    away,
    changes,
    desks,
    filed,
    follow_ups,
    identity,
    mistakes,
    offices,
    orders,
    pages,
    problems,
    sheets,
    slips,
    spoken,
    strays,
    talk,
)
from . import loosely as by_ideas
from .answers import short_answer
from .frame import Frame, frame
from .ideas import heads
from .rule import LAST, STANDS, SURE, YIELDS, Command, Step, Table

__all__ = ["LAST", "STANDS", "SURE", "YIELDS", "Command", "Frame", "alone", "frame", "loosely", "read"]

LONGEST = 300


@cache
def alone() -> Mapping[str, str]:
    """The usual words that are a whole message, and what each means."""
    return {word: intent for intent, words in vocabulary.table("alone").items() for word in words}


@cache
def readers() -> Table:
    """What is tried whatever a message tells, the surest first; amendments behind all words that only look like them."""
    found = Table(
        (
            Step(offices.key_task, needed(offices.TASK_GOES_ON.pattern), LONGEST),
            Step(short_answer),
            *offices.RULES,
            *sheets.RULES,
            *pages.KEPT,
            *filed.RULES,
            *desks.RULES,
            *strays.RULES,
            *orders.RULES,
            *spoken.RULES,
            *pages.RULES,
            *problems.RULES,
            *talk.SHORT,
            *talk.OPEN,
            *identity.RULES,
            *follow_ups.RULES,
            *away.RULES,
            *by_ideas.BEFORE_AMENDS,
            *slips.steps(),
            *mistakes.steps(),
            *changes.steps(),
        )
    )
    heads.cache_clear()  # the gate has taken from it what it needs
    return found


def venting(seen: Frame, told: str) -> Command | None:
    """What is said to nobody in particular, where nothing is told."""
    return talk.VENTING.read(seen) if told == "unknown" else None


def read(seen: Frame) -> Command | None:
    """The command a message is, or none; how sure that is stands in its level."""
    normal = seen.normal
    if not normal.text and any(sign in normal.typed for sign in "❓❔"):
        return Command("help", {}, STANDS, "a question mark")
    if not normal.text:
        return Command("smalltalk", {}, LAST, "signs only") if normal.typed.strip() else None
    if len(normal.text) > LONGEST:
        return None
    found = readers().first(seen)
    return in_doubt(found, seen) if found and "start" in found.slots else found


def loosely(seen: Frame, told: str) -> Command | None:
    """The command a message may be that no rule claimed, by its ideas, beside what it tells."""
    found = by_ideas.loosely(seen, told) or seen.found.get(changes.changed) or venting(seen, told)
    return in_doubt(found, seen) if found and "start" in found.slots else found


def in_doubt(found: Command, seen: Frame) -> Command:
    """The same, with the words of its days that have a second reading (上学期, 上半年) as fragment `ambiguous`."""
    days = seen.days()
    if days is None or days.ambiguous is None:
        return found
    return replace(found, fragment={**found.fragment, "ambiguous": days.ambiguous})
