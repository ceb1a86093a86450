"""办问题：问题12已解决，12号问题转教育局办理"""

from __future__ import annotations

from handlers.asked import LEADER, MEMBER, Asked
from handlers.problem_steps import move, problem_meant
from models.ledger import raised_by
from models.refusal import Refusal

WHO = MEMBER
EXAMPLE = "问题12已解决"


def answer(asked: Asked) -> str:
    """Move a problem on, keep the words, and tell the one who raised it."""
    number, status = asked.meaning.slots.get("number"), asked.meaning.slots.get("status")
    if number is None or status is None:
        return "是几号问题、办得怎样？如：问题12已解决；12号问题转教育局办理。号码看“问题台账”。"
    if not asked.roles & LEADER:
        return _own(asked, int(number), status)
    return move(asked, problem_meant(asked, int(number)), status, asked.meaning.masked)


def _own(asked: Asked, number: int, status: str) -> str:
    """Who raised a problem may say that it is solved, or that it is not; whose it is to be forwarded is a leader's matter."""
    mine = next((one for one in raised_by(asked.connection, asked.person_id) if one.id == number), None)
    if mine is None or status == "forwarded":
        raise Refusal("这件事要由单位管理员、审批人或督导来办；你自己反映的，回“问题台账”看号码。")
    return move(asked, mine, status, asked.meaning.masked)
