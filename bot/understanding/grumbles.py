"""Complaints without any lead word: something of school life opens the sentence, and what follows finds fault with it."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import Clause
from .deeds import Deed
from .faults import BURDEN, FAULT, KNOWN
from .issues import patterns, statement
from .late import late, several
from .reading import Reading
from .standing import stands

PEOPLE = late(r"辅导员|老师|教师|班主任|孩子|娃|学生|队员|团员|家长|团干|校医|保安|校长")
EXCUSE = late(r"没顾[上得]|没来得及|没腾出|没空|走不开|脱不开|没法(?:访谈|去|到|听|谈|聊|讲|开展|进行|蹲)")
ASKING = late(r"[?]|谁(?:去|来|有|能|知道)|[吗么嘛]$|请问|算.{0,4}吧$")
OPENS = several("prep act go visit link neg plan date orig off")
NEAR = 14


def grumble(reading: Reading) -> tuple[int, int] | None:
    """The stretch that finds fault, where the message tells nothing beside it."""
    text = reading.text
    if not patterns().matter.search(text) or not (FAULT.search(text) or BURDEN.search(text)):
        return None
    if EXCUSE.search(text) or KNOWN.search(text) or ASKING.search(text):
        return None
    if any(absent(text, deed) for deed in reading.deeds) or put_off(reading):
        return None
    found = reading.parted
    at = next((i for i, clause in enumerate(found) if at_fault(text, found, i)), None)
    if at is None or told_besides(reading, found[at].start):
        return None
    if reading.complaint and reading.complaint[0] < found[at].start:
        return reading.complaint
    last = at
    while (
        last + 1 < len(found) and not found[last + 1].hard and not patterns().after.match(text, found[last + 1].start)
    ):
        last += 1
    return statement(text, found[at].start, found[last].end)


def put_off(reading: Reading) -> bool:
    """山路不好走,就改到下周四了: what is found fault with is only why a deed is put off."""
    return any(
        deed.planned and not deed.dropped and deed.dated and deed.days[0].first and deed.days[0].first > reading.today
        for deed in reading.deeds
    ) and any(MOVED & t.roles.keys() for t in reading.tokens)


MOVED = several("off orig")


def absent(text: str, deed: Deed) -> bool:
    """True where the speaker was not there; 孩子们进不去 is no such thing."""
    return deed.negated and deed.activity == "on_site" and not PEOPLE.search(text, max(0, deed.start - 5), deed.start)


def at_fault(text: str, found: Sequence[Clause], at: int) -> bool:
    """True where a clause opens with something of school life and it, or the clause behind it, finds fault."""
    clause = found[at]
    thing = patterns().matter.search(text, clause.start, min(clause.end, clause.start + NEAR))
    if thing is None:
        return False
    if any(OPENS & t.roles.keys() for t in clause.tokens if t.end <= thing.start()):
        return False
    after = found[at + 1] if at + 1 < len(found) and not found[at + 1].hard else clause
    whose = PEOPLE.search(text, clause.start, thing.end() + 4)
    if whose is None:
        return FAULT.search(text, thing.end(), after.end) is not None
    if BURDEN.search(text, whose.end(), after.end):
        return True
    theirs = next(
        (m for m in patterns().matter.finditer(text, whose.end(), clause.end) if not PEOPLE.match(m.group())), None
    )
    return theirs is not None and FAULT.search(text, theirs.end(), after.end) is not None


def told_besides(reading: Reading, start: int) -> bool:
    """True where something done is told with its number, or in a clause of its own."""
    return any(
        stands(deed) and (deed.start < start or (deed.tone != "weak" and not deed.bare))
        for deed in reading.deeds
        if not (deed.negated or deed.dropped or deed.planned) and deed.activity != "issue"
    )
