"""What was planned and turns out otherwise: taken back, or moved to another day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.understanding.meaning import Entry
from handlers.asked import Asked
from handlers.wording import listing
from models import journal
from models.context import OpenPlan
from models.schools import same_school

MOVED = re.compile("改|挪|推|延|换|调|不去了|去不了|去不成|提前")


def meant(asked: Asked, selector: Mapping[str, Any]) -> list[OpenPlan]:
    """The open plans that some words name by day, deed, people or school; none where they name nothing."""
    return [plan for plan in asked.context.plans if selector and _fits(plan, selector)]


def _fits(plan: OpenPlan, selector: Mapping[str, Any]) -> bool:
    named = {name: selector[name] for name in ("activity", "audience") if selector.get(name) is not None}
    if any(getattr(plan, name) != value for name, value in named.items()):
        return False
    place = selector.get("place")
    if place and not (plan.place and same_school(plan.place, place)):
        return False
    start = selector.get("start")
    return start is None or _meets(plan, start, selector.get("end") or start)


def _meets(plan: OpenPlan, start: date, end: date) -> bool:
    return plan.start is not None and plan.end is not None and plan.start <= end and plan.end >= start


def given_up(asked: Asked, start: date | None, end: date | None) -> list[OpenPlan]:
    """The plans of days to come on which nobody will go after all."""
    if start is None:
        return []
    days = {"start": start, "end": end}
    return [plan for plan in meant(asked, days) if plan.end is not None and plan.end >= asked.today]


def moved(asked: Asked, entries: Sequence[Entry]) -> list[OpenPlan]:
    """明天不去了,改后天: the plans of the same deeds on other days, where the words say that they are moved.

    With a stay goes all that was planned for it.
    """
    if not MOVED.search(asked.meaning.masked):
        return []
    deeds = {entry.activity: entry.start for entry in entries}
    ahead = [plan for plan in asked.context.plans if plan.end and plan.end >= asked.today]
    latest = {plan.activity: plan for plan in ahead if plan.activity in deeds and deeds[plan.activity] != plan.start}
    stay = latest.get("on_site")
    along = [plan for plan in ahead if stay and plan.start == stay.start and plan.message_id == stay.message_id]
    return list({plan.id: plan for plan in (*latest.values(), *along)}.values())


def withdraw(asked: Asked, plans: Sequence[OpenPlan]) -> str:
    """Take plans back, and name them."""
    for plan in plans:
        journal.close_plan(asked.connection, plan.id, "withdrawn")
    return listing([(plan, plan.count, plan.place, None) for plan in plans], asked.today)
