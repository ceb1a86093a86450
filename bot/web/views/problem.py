"""一个问题：经过和答复"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.fields import number_in
from bot.web.views.problems import waited
from bot.web.visit import Form, Shown, Visit
from bot.web.words import clean
from handlers.asked import LEADER
from handlers.problem_steps import move, problem_meant
from handlers.wording import day
from models.ledger import STATES, Event, Problem, history
from models.refusal import Refusal

WHO = LEADER
PATH = "problem"
LISTED = False
MOVES: Mapping[str, Mapping[str, str]] = {
    "open": {"forwarded": "转办", "resolved": "办好了"},
    "reopened": {"forwarded": "转办", "resolved": "办好了"},
    "forwarded": {"resolved": "办好了"},
    "resolved": {"reopened": "重新打开"},
}


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """One problem with all that was done about it."""
    one = _meant(visit, number_in(query, "id"))
    raised = one.raised_at.astimezone(visit.local.tzinfo).date()
    near = one.path == visit.who.unit_path
    values = {
        "one": one,
        "state": STATES[one.status],
        "by": f"{one.unit}{one.person}" if near and one.person else one.unit,
        "since": waited(one, raised, visit.today),
        "steps": [_step(visit, step) for step in history(visit.connection, one.id)],
        "moves": MOVES.get(one.status, {}),
        "list": visit.url("problems"),
    }
    return Shown("pages/problem.html", values)


def _meant(visit: Visit, number: int) -> Problem:
    if not number:
        raise Refusal("没有这个问题。")
    return problem_meant(visit.asked, number)


def _step(visit: Visit, step: Event) -> dict[str, str]:
    at = step.at.astimezone(visit.local.tzinfo)
    who = f"{step.unit}{step.person}" if step.person and step.unit else ""
    state = STATES.get(step.status, "")
    return {"when": f"{day(at.date(), visit.today)} {at:%H:%M}", "who": who, "state": state, "text": step.text}


def _move(visit: Visit, form: Form) -> str:
    one = _meant(visit, number_in(form, "id"))
    status = form.get("status")
    if status not in MOVES.get(one.status, {}):
        raise Refusal("请选一种办理结果。别人刚刚办过的话，下面的经过里看得到。")
    words = clean(form.get("words"), visit.local)
    if not words:
        raise Refusal("请写一句办理情况，提出的人看得到。")
    return move(visit.asked, one, status, words)


ACTIONS = {"move": _move}
