"""另记：确实又做了一次同样的事"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from handlers.recording import record, unpacked
from models import journal

WHO = MEMBER
EXAMPLE = "另记"


def answer(asked: Asked) -> str:
    """Store what was not stored because it looked like the same thing said twice."""
    kept = [q for q in asked.context.questions if q.kind == "another"]
    if not kept:
        return "没有等着另记的事。直接说做了什么就行，如：今天访谈3名队员。"
    for question in kept:
        journal.settle(asked.connection, question.id)
    return record(asked, unpacked(kept[-1].data["entries"]), again=True)
