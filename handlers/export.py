"""导出表格：导出问题台账，导出工作安排表，导出10月任务清单完成情况，导出统计表"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.asked import LEADER, Asked
from handlers.links import link
from handlers.scope import unit_meant
from handlers.wording import span
from models.refusal import Refusal
from models.regions import region_in

WHO = LEADER
EXAMPLE = "导出问题台账"
TITLES: Mapping[str, str] = {
    "ledger": "问题台账",
    "schedule": "工作安排表",
    "task_list": "任务清单完成情况",
    "summary": "统计表",
}
FIGURES = re.compile("统计|汇总|汇报表|总表")
CONTACTS = frozenset({"unit_admin", "responsible_office", "responsible_head"})


def answer(asked: Asked) -> str:
    """A link to a form of the own unit and below, or of a unit within it; it is made when it is taken."""
    slots = asked.meaning.slots
    form = _form(asked)
    if form == "schedule" and not asked.roles & CONTACTS:
        raise Refusal("工作安排表含电话、邮箱等联系方式，只给本单位管理员导出。要看数，回“导出统计表”。")
    unit = unit_meant(asked, slots.get("region") or region_in(asked.connection, asked.meaning.masked))
    wanted = {"unit": unit.id, "start": _iso(slots.get("start")), "end": _iso(slots.get("end"))}
    return link(asked, form, wanted, f"{unit.name}{TITLES[form]}{_days(asked)}已备好")


def _form(asked: Asked) -> str:
    """The form meant; a table of figures is none of the ledgers."""
    form = asked.meaning.slots.get("form")
    if form in (None, "ledger") and FIGURES.search(asked.meaning.masked):
        return "summary"
    if form not in TITLES:
        raise Refusal(f"要哪张表？可以导出：{'、'.join(TITLES.values())}。例如回“导出问题台账”。")
    return str(form)


def _days(asked: Asked) -> str:
    start, end = asked.meaning.slots.get("start"), asked.meaning.slots.get("end")
    return f"（{span(start, end, asked.today)}）" if start else ""


def _iso(day: Any) -> str | None:
    return day.isoformat() if isinstance(day, date) else None
