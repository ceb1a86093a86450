"""What was planned and turns out otherwise: taken back, or moved to another day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.understanding.meaning import Entry
from handlers.asked import Asked
from handlers.wording import listing, unnumbered
from models import journal
from models.context import OpenPlan, OpenQuestion
from models.schools import same_school

WENT = re.compile(
    "(?:我|都|也|已经?|刚|是|全|按计划|照计划)*(?:去|到|来|做|听|讲|办|开|搞|弄|谈|聊|访谈|宣讲|完成|上|蹲|驻)(?:了|过了?|完了?|好了|成了)(?:的|啦|呀|啊)?[。！!~]?"
)
DAYS_WENT = re.compile("(?:就|只|才|一共|总共|最后|实际)*(?:去|到|来|待|驻|在)了?.{1,3}天[。！!]?")
GONE = re.compile("没去|去不了|去不成|没能去|不去了|没[讲办做开]成|取消|泡汤|黄了")
SHOWN = re.compile("(?:看|查|我的|我有|有什么|有哪些|什么|哪些).{0,6}计划|计划.{0,3}(?:有哪些|是什么|呢)")
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


def undone_on(asked: Asked, said: Mapping[str, Any]) -> list[OpenPlan]:
    """The plans that 没去成 is about: of the days said, else of today; where another deed than going was said, of that."""
    start, end = said.get("start"), said.get("end")
    if start is None and GONE.search(asked.meaning.masked):
        start = end = asked.today
    deed = said.get("activity") if said.get("activity") != "on_site" else None
    if deed and said.get("start") is None and GONE.search(asked.meaning.masked):
        ahead = [plan for plan in asked.context.plans if plan.activity == deed and plan.end and plan.end >= asked.today]
        return [plan for plan in ahead if plan.start == min(one.start or asked.today for one in ahead)]
    return [plan for plan in given_up(asked, start, end) if deed in (None, plan.activity)]


def withdraw(asked: Asked, plans: Sequence[OpenPlan]) -> str:
    """Take plans back, and name them."""
    for plan in plans:
        journal.close_plan(asked.connection, plan.id, "withdrawn")
    return _list(plans, asked.today)


def listed(asked: Asked) -> str:
    """What is planned from today on."""
    ahead = [plan for plan in asked.context.plans if plan.end and plan.end >= asked.today]
    if not ahead:
        return "还没有记着的计划。要记，说一句就行，如：明天去实验小学驻校。"
    return f"记着的计划：{_list(sorted(ahead, key=lambda plan: (plan.start or asked.today, plan.id)), asked.today)}。"


def _list(plans: Sequence[OpenPlan], today: date) -> str:
    return unnumbered(listing([(plan, plan.count, plan.place, None) for plan in plans], today))


def days_went(asked: Asked, pending: OpenQuestion) -> float | None:
    """只去了一天, of a stay that was planned longer."""
    said = DAYS_WENT.fullmatch(asked.meaning.masked) if pending.data["activity"] == "on_site" else None
    count = asked.meaning.fragment.get("count") if said else None
    return count or None
