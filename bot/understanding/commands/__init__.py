"""What is said to the service rather than recorded: questions, orders, answers, corrections.

`read` tries the rules in order. A rule is a row of a table: in offices, sheets, strays, orders, spoken, pages, talk, identity or away. answers
holds the words of yes, no and thanks; changes and slips read amendments. Words are in words/commands.toml.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from . import away, changes, identity, offices, orders, pages, sheets, slips, spoken, strays, talk
from . import loosely as by_ideas
from .answers import short_answer
from .frame import Frame, frame
from .rule import LAST, STANDS, YIELDS, Command, Table, table

__all__ = ["LAST", "STANDS", "YIELDS", "Command", "Frame", "frame", "loosely", "read"]

LONGEST = 300


@cache
def before() -> Table:
    """The rules tried before corrections."""
    return table(
        (
            *offices.RULES,
            *sheets.RULES,
            *strays.RULES,
            *orders.RULES,
            *spoken.RULES,
            *pages.RULES,
            *talk.SHORT,
            *talk.OPEN,
            *identity.RULES,
            *away.RULES,
        )
    )


@cache
def venting() -> Table:
    """The rules tried after all else."""
    return table(talk.VENTING)


def read(seen: Frame) -> Command | None:
    """The command a message is, or none; how sure that is stands in its level."""
    normal = seen.normal
    if not normal.text and any(sign in normal.typed for sign in "❓❔"):
        return Command("help", {}, STANDS, "a question mark")
    if not normal.text:
        return Command("smalltalk", {}, LAST, "signs only") if normal.typed.strip() else None
    if len(normal.text) > LONGEST:
        return None
    found = offices.key_task(seen) or short_answer(seen) or before().first(seen)
    found = found or by_ideas.before_amends(seen) or slips.read(seen) or put_right(seen)
    return in_doubt(found, seen) if found and "start" in found.slots else found


def put_right(seen: Frame) -> Command | None:
    """An amendment that says what changes."""
    found = seen.once(changes.amend)
    return found if found and (found.slots or found.entries or found.level >= STANDS) else None


def loosely(seen: Frame, told: str) -> Command | None:
    """The command a message may be that no rule claimed, by its ideas, beside what it tells."""
    found = by_ideas.loosely(seen, told) or seen.once(changes.amend) or venting().first(seen)
    return in_doubt(found, seen) if found and "start" in found.slots else found


def in_doubt(found: Command, seen: Frame) -> Command:
    """The same, with the words of its days that have a second reading (上学期, 上半年) as fragment `ambiguous`."""
    days = seen.days()
    if days is None or days.ambiguous is None:
        return found
    return replace(found, fragment={**found.fragment, "ambiguous": days.ambiguous})
