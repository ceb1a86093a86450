"""办问题：问题12已解决，12号问题转教育局办理"""

from __future__ import annotations

from handlers.asked import LEADER, Asked
from handlers.problem_steps import move, problem_meant

WHO = LEADER
EXAMPLE = "问题12已解决"


def answer(asked: Asked) -> str:
    """Move a problem on, keep the words, and tell the one who raised it."""
    number, status = asked.meaning.slots.get("number"), asked.meaning.slots.get("status")
    if number is None or status is None:
        return "是几号问题、办得怎样？如：问题12已解决；12号问题转教育局办理。号码看“问题台账”。"
    return move(asked, problem_meant(asked, int(number)), status, asked.meaning.masked)
