"""A problem moves on: the words stay with it, and who raised it hears of them."""

from __future__ import annotations

from handlers.asked import Asked
from handlers.scope import within
from models.ledger import STATES, Problem, problem
from models.notices import tell
from models.works import step


def problem_meant(asked: Asked, number: int) -> Problem:
    """The problem of a number, within the asker's scope."""
    found = problem(asked.connection, number, asked.context.unit_path)
    return within(asked, found, f"你能看的范围里没有{number}号问题。回“问题台账”看号码。")


def move(asked: Asked, one: Problem, status: str, words: str) -> str:
    """Bring a problem to a status; gives the sentence that says so."""
    if one.status == status:
        return f"{one.id}号问题已经是“{STATES[status]}”了。"
    step(asked.connection, asked.actor, one.id, status, status, words)
    return f"{one.id}号问题已记为“{STATES[status]}”。{_tell_back(asked, one, status, words)}"


def _tell_back(asked: Asked, one: Problem, status: str, words: str) -> str:
    both = {one.person_id, one.holder_id}
    hear = sorted(number for number in both if number is not None and number != asked.person_id)
    if not hear:
        return ""
    text = f"你反映的问题“{one.text}”有回音：{words}"
    tell(asked.connection, hear, f"issue:{one.id}:{status}:{asked.now.timestamp():.0f}", text, asked.now)
    return f"会告诉提出的{one.person}。"
