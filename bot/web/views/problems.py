"""问题台账：谁提的、转给谁、怎么答复的"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.web.fields import page_of
from bot.web.visit import Shown, Visit
from handlers.asked import LEADER
from handlers.scope import unit_numbered
from handlers.wording import day
from models.ledger import OPEN, STATES, Problem, count_problems, problems_page
from models.team import UnitRow, children

WHO = LEADER
PATH = "problems"
GROUP = "单位"
MANY = 20
CHOICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "open": ("未解决", OPEN),
    "resolved": ("已解决", ("resolved",)),
    "all": ("全部", (*OPEN, "resolved")),
}


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """The problems of the unit and all below it, by state and by unit, the newest first."""
    unit = unit_numbered(visit.asked, query.get("unit"))
    chosen = query.get("state") if query.get("state") in CHOICES else "open"
    states = CHOICES[chosen or "open"][1]
    page = page_of(query.get("nr", ""))
    found = problems_page(visit.connection, unit.path, states, (page - 1) * MANY, MANY)
    counts = count_problems(visit.connection, unit.path)
    total = sum(counts.get(state, 0) for state in states)
    values = {
        "unit": unit,
        "units": [UnitRow(visit.who.unit_id, visit.who.unit_name, visit.who.unit_path), *_below(visit)],
        "chosen": chosen,
        "choices": [(key, f"{name}（{sum(counts.get(s, 0) for s in some)}）") for key, (name, some) in CHOICES.items()],
        "problems": [_row(visit, one) for one in found],
        "total": total,
        "pages": _pages(visit, unit, str(chosen), page, total),
    }
    return Shown("pages/problems.html", values)


def _below(visit: Visit) -> Sequence[UnitRow]:
    return children(visit.connection, visit.who.unit_id)


def _row(visit: Visit, one: Problem) -> dict[str, object]:
    raised = one.raised_at.astimezone(visit.local.tzinfo).date()
    return {
        "id": one.id,
        "url": visit.url("problem", id=one.id),
        "text": one.text,
        "unit": one.unit,
        "state": STATES[one.status],
        "done": one.status == "resolved",
        "since": waited(one, raised, visit.today),
    }


def waited(one: Problem, raised: date, today: date) -> str:
    """11月3日提，已17天; the days only while it is open."""
    age = (today - raised).days
    return f"{day(raised, today)}提" + (f"，已{age}天" if age and one.status in OPEN else "")


def _pages(visit: Visit, unit: UnitRow, chosen: str, page: int, total: int) -> dict[str, object]:
    last = max(1, -(-total // MANY))

    def url(number: int) -> str:
        return visit.url(PATH, unit=unit.id, state=chosen, nr=number) if 1 <= number <= last else ""

    return {"now": page, "last": last, "before": url(page - 1), "after": url(page + 1)}
