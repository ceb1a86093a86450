"""Plans put off to another day: 改到周五, of a plan that still stands or came to nothing just now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.asked import Asked
from handlers.asked_by_push import forward
from handlers.planned import meant
from handlers.selecting import naming
from handlers.wording import day, listing
from models import journal
from models.context import OpenPlan, OpenQuestion

PUT_OFF = re.compile("改到|挪到|推到|推迟到?|延到|延后|改期|换到|调到|提前到")
WHERE_TO = "改到哪天，直接说就行。"


def where_to(asked: Asked, plans: Sequence[OpenPlan]) -> str:
    """The next day that is said may be that to which these plans are moved."""
    data = {"plans": [packed(plan) for plan in plans]}
    journal.ask(asked.connection, asked.actor, [{"kind": "moved", "text": WHERE_TO, "data": data}])
    return WHERE_TO


def answer_moved(asked: Asked, pending: OpenQuestion) -> str | None:
    """改到周五, after a plan came to nothing."""
    first = _first_day(asked, {**asked.meaning.fragment, **asked.meaning.slots})
    if first is None or _anew(asked):
        return None
    journal.settle(asked.connection, pending.id)
    return _put_on(asked, [unpacked(row) for row in pending.data["plans"]], first)


def _anew(asked: Asked) -> bool:
    """Whether deeds or a school of its own are planned: a plan beside the one that came to nothing."""
    return any(entry.activity != "on_site" or entry.place for entry in asked.meaning.entries)


def put_off(asked: Asked) -> str:
    """宣讲改到周五, of a plan of which nothing newer was recorded: its plans on the new day; empty where none is meant."""
    slots = asked.meaning.slots
    if not PUT_OFF.search(asked.meaning.masked) or slots.keys() - {"start", "end"}:
        return ""
    first, plans = _first_day(asked, slots), _meant(asked)
    if first is None or not plans:
        return _not_yet(asked, slots.get("start"))
    for plan in plans:
        journal.close_plan(asked.connection, plan.id, "withdrawn")
    return _put_on(asked, [plan._asdict() for plan in plans], first)


def _not_yet(asked: Asked, start: Any) -> str:
    if not isinstance(start, date) or start <= asked.today:
        return ""
    return f"{day(start, asked.today)}还没到，记录没有改。是计划的话，说清哪天做什么，如：下周三去学校宣讲。"


def _first_day(asked: Asked, said: Mapping[str, Any]) -> date | None:
    start, end = said.get("start"), said.get("end")
    if not isinstance(start, date):
        return None
    days = forward(asked.meaning.masked, start, end if isinstance(end, date) else start, asked.today)
    return days[0] if days else None


def _meant(asked: Asked) -> list[OpenPlan]:
    ahead = [plan for plan in asked.context.plans if plan.end and plan.end >= asked.today]
    if named := naming(asked):
        return [plan for plan in ahead if plan in meant(asked, named)]
    newest = max((plan.message_id or 0 for plan in ahead), default=0)
    told = max((fact.message_id or 0 for fact in asked.context.facts), default=0)
    return [plan for plan in ahead if plan.message_id == newest and newest > told]


def _put_on(asked: Asked, plans: Sequence[Mapping[str, Any]], first: date) -> str:
    """The same deeds from another day on, as long as they were."""
    moved = [_moved(plan, first) for plan in plans]
    journal.add_plans(asked.connection, asked.actor, moved)
    what = listing(
        [(OpenPlan(id=0, message_id=None, **row), row["count"], row["place"], None) for row in moved], asked.today
    )
    return f"计划改到：{what}。过后我问一次做了没有。回“撤销”取消。"


def _moved(plan: Mapping[str, Any], first: date) -> dict[str, Any]:
    row = {name: plan[name] for name in ("activity", "audience", "place", "count")}
    return row | {"start": first, "end": first + (plan["end"] - plan["start"])}


def packed(plan: OpenPlan) -> dict[str, Any]:
    """A plan as JSON keeps it beside a question."""
    names = ("activity", "audience", "place", "start", "end", "count")
    return {name: journal.plain(getattr(plan, name)) for name in names}


def unpacked(row: Mapping[str, Any]) -> dict[str, Any]:
    """A plan's columns out of JSON."""
    days = {name: date.fromisoformat(row[name]) for name in ("start", "end")}
    count = None if row["count"] is None else Decimal(str(row["count"]))
    return {**row, **days, "count": count}
