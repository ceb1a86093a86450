"""What comes before an answer: pushes that could not go out, a plan whose day has passed, a question still open."""

from __future__ import annotations

from datetime import date

from handlers.asked import Asked
from handlers.wording import relative, thing
from models import journal
from models.context import OpenPlan
from models.leaving import mark_shown

SETTLES = ("undo", "amend", "bind", "help")
UNASKED = ("another",)


def waiting(asked: Asked) -> str:
    """Pushes that waited for this contact; each is shown once."""
    due = [w for w in asked.context.waiting if w.due <= asked.now]
    if due:
        mark_shown(asked.connection, [w.id for w in due], asked.now)
    return "".join(f"{w.text}\n————\n" for w in due)


def question(asked: Asked) -> str:
    """The oldest open question, else a plan whose day has passed, asked once."""
    if asked.meaning.intent in SETTLES:
        return ""
    still = [q for q in asked.context.questions if q.kind not in UNASKED]
    if still:
        return f"还差一问：{still[0].text}\n"
    return _plan(asked)


def _plan(asked: Asked) -> str:
    passed = [p for p in asked.context.plans if p.end and p.end < asked.today]
    for plan in passed:
        if _told(asked, plan):
            journal.close_plan(asked.connection, plan.id, "done")
    open_ones = [p for p in passed if not _told(asked, plan=p)]
    return _ask(asked, open_ones[0]) if open_ones else ""


def _told(asked: Asked, plan: OpenPlan) -> bool:
    """Whether what was planned has been recorded since, or is in this very message."""
    done = [*asked.context.facts, *asked.meaning.entries]
    same = (d for d in done if d.activity == plan.activity and d.start and d.end and plan.start and plan.end)
    return any(
        d.start <= plan.end and d.end >= plan.start for d in same if d.start and d.end and plan.start and plan.end
    )


def _ask(asked: Asked, plan: OpenPlan) -> str:
    journal.close_plan(asked.connection, plan.id, "asked")
    where = f"（{plan.place}）" if plan.place else ""
    verb = "去了吗" if plan.activity == "on_site" else "做了吗"
    what = thing(plan, plan.count).replace("?", "")
    text = (
        f"{relative(plan.start or asked.today, asked.today)}计划的{what}{where}，{verb}？回“是”就记上，没有就回“没有”。"
    )
    journal.ask(
        asked.connection, asked.actor, [{"kind": "plan", "text": text, "plan_id": plan.id, "data": _data(plan)}]
    )
    return f"{text}\n"


def _data(plan: OpenPlan) -> dict[str, object]:
    names = ("activity", "audience", "place")
    days = {name: _iso(getattr(plan, name)) for name in ("start", "end")}
    count = None if plan.count is None else float(plan.count)
    return {name: getattr(plan, name) for name in names} | days | {"count": count}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
