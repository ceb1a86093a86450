"""问题台账：未解决的问题"""

from __future__ import annotations

from handlers.asked import LEADER, Asked
from handlers.wording import day
from models.ledger import STATES, Problem, problems

WHO = LEADER
EXAMPLE = "问题台账"


def answer(asked: Asked) -> str:
    """The open problems of the own unit and below, with number, age and state."""
    found = problems(asked.connection, asked.context.unit_path)
    if not found:
        return "台账里没有未解决的问题。"
    lines = [_line(asked, one) for one in found]
    foot = f"办好了就回：问题{found[0].id}已解决；转办就回：{found[0].id}号问题转教育局办理。"
    return "\n".join([f"未解决的问题{len(found)}条：", *lines, foot])


def _line(asked: Asked, one: Problem) -> str:
    raised = one.raised_at.astimezone(asked.now.tzinfo).date()
    age = (asked.today - raised).days
    waited = f"，已{age}天" if age else ""
    return f"{one.id}号 {one.text}（{one.unit}，{day(raised, asked.today)}提{waited}，{STATES[one.status]}）"
