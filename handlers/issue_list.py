"""问题台账：未解决的问题；我反映的问题有回音吗"""

from __future__ import annotations

import re

from handlers.asked import LEADER, MEMBER, Asked
from handlers.wording import day
from models.ledger import STATES, Problem, problems, raised_by, steps

WHO = MEMBER
EXAMPLE = "问题台账"
OWN = re.compile("我(?:们)?(?:的|之前|上次|以前|前面|原来|反映|提|报|上报|反馈)")
SHOWN = 8


def answer(asked: Asked) -> str:
    """The open problems of the own unit and below, with number, age and state; to who asks for the own, those."""
    if not asked.context.roles & LEADER or OWN.search(asked.meaning.masked):
        return _own(asked)
    found = problems(asked.connection, asked.context.unit_path)
    if not found:
        return "台账里没有未解决的问题。"
    lines = [_line(asked, one) for one in found]
    foot = f"办好了就回：问题{found[0].id}已解决；转办就回：{found[0].id}号问题转教育局办理。"
    return "\n".join([f"未解决的问题{len(found)}条：", *lines, foot])


def _own(asked: Asked) -> str:
    """What the asker raised, where each stands, and what was last said of it."""
    found = raised_by(asked.connection, asked.person_id)
    if not found:
        return "你还没有反映过问题。有就直接说，如：反映问题：活动经费不足。"
    told = steps(asked.connection, [one.id for one in found[:SHOWN]])
    lines = [_mine(asked, one, told[one.id][-1].text if told.get(one.id) else "") for one in found[:SHOWN]]
    more = [f"还有{len(found) - SHOWN}条，回“打开网页”看全部。"] if len(found) > SHOWN else []
    return "\n".join([f"你反映的问题{len(found)}条：", *lines, *more])


def _mine(asked: Asked, one: Problem, last: str) -> str:
    raised = one.raised_at.astimezone(asked.now.tzinfo).date()
    said = f"：{last}" if last else ""
    return f"{one.id}号 {one.text}（{day(raised, asked.today)}提，{STATES[one.status]}{said}）"


def _line(asked: Asked, one: Problem) -> str:
    raised = one.raised_at.astimezone(asked.now.tzinfo).date()
    age = (asked.today - raised).days
    waited = f"，已{age}天" if age else ""
    return f"{one.id}号 {one.text}（{one.unit}，{day(raised, asked.today)}提{waited}，{STATES[one.status]}）"
