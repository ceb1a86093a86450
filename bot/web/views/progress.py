"""我的进度：做了多少，还差多少，到什么时候"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.forms.pace_picture import bar, drawable
from bot.web.visit import Shown, Visit
from handlers.asked import MEMBER, Asked
from handlers.figures import current
from handlers.wording import day
from models.pace import facts as pace_of
from models.pace import open_goals
from models.periods import period_of
from models.progress import Standing, line
from models.wishes import absences

WHO = MEMBER
PATH = "progress"


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """Every rule's standing by period, the most pressing first, with its source and the records behind it."""
    asked = visit.asked
    found = current(asked)
    values = {
        "groups": _groups(asked, found),
        "left": sum(1 for one in found if one.rule.kind == "hard" and not one.met),
        "first": _pressing(visit, found),
        "drawn": any(drawable(one) for one in found),
    }
    return Shown("pages/progress.html", values)


def _groups(asked: Asked, found: Sequence[Standing]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The standings by period; the period of the most pressing one comes first."""
    labels = list(dict.fromkeys(one.label for one in found))
    return [(label or "一直", [_card(asked, one) for one in found if one.label == label]) for label in labels]


def _pressing(visit: Visit, found: Sequence[Standing]) -> str:
    """The most pressing goal, and from when on it must be begun."""
    first = next(iter(open_goals(found, visit.today)), None)
    if first is None:
        return ""
    leave = absences(visit.connection, visit.person_id)
    return pace_of(first, visit.who.bound, visit.asked.calendar, visit.today, leave)


def _card(asked: Asked, one: Standing) -> dict[str, Any]:
    start = period_of(one.rule.period, asked.today, asked.calendar, one.rule.month).start
    open_still = not one.met and one.rule.kind != "shown"
    return {
        "one": one,
        "line": line(one),
        "bar": bar(one, start, asked.today) if drawable(one) else None,
        "missing": f"还差{one.missing:g}{one.rule.unit}" if open_still and one.missing else "",
        "by": f"{day(one.due, asked.today)}前" if open_still else "",
    }
