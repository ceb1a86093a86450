"""办问题：问题12已解决，12号问题转教育局办理"""

from __future__ import annotations

from handlers.asked import LEADER, Asked
from models.ledger import STATES, Problem, problem
from models.notices import tell
from models.refusal import Refusal
from models.works import step

WHO = LEADER
EXAMPLE = "问题12已解决"


def answer(asked: Asked) -> str:
    """Move a problem on, keep the words, and tell the one who raised it."""
    number, status = asked.meaning.slots.get("number"), asked.meaning.slots.get("status")
    if number is None or status is None:
        return "是几号问题、办得怎样？如：问题12已解决；12号问题转教育局办理。号码看“问题台账”。"
    one = problem(asked.connection, int(number), asked.context.unit_path)
    if one is None:
        raise Refusal(f"你能看的范围里没有{number}号问题。回“问题台账”看号码。")
    if one.status == status:
        return f"{one.id}号问题已经是“{STATES[status]}”了。"
    step(asked.connection, asked.actor, one.id, status, status, asked.meaning.masked)
    return f"{one.id}号问题已记为“{STATES[status]}”。{_tell_back(asked, one, status)}"


def _tell_back(asked: Asked, one: Problem, status: str) -> str:
    both = {one.person_id, one.holder_id}
    hear = sorted(number for number in both if number is not None and number != asked.person_id)
    if not hear:
        return ""
    text = f"你反映的问题“{one.text}”有回音：{asked.meaning.masked}"
    tell(asked.connection, hear, f"issue:{one.id}:{status}:{asked.message_id}", text, asked.now)
    return f"会告诉提出的{one.person}。"
