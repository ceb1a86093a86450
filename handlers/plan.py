"""记计划：明天去实验小学，下周三宣讲一场"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.understanding.meaning import Entry
from handlers.asked import MEMBER, Asked
from handlers.planned import moved, withdraw
from handlers.wording import listing, span, unnumbered
from models import journal
from models.context import OpenPlan

WHO = MEMBER
EXAMPLE = "明天去实验小学驻校"


def answer(asked: Asked) -> str:
    """Keep what is planned; it is asked about once when its day has passed."""
    entries = asked.meaning.entries
    if not entries:
        return "记不准是什么计划。说清哪天做什么就行，如：下周三去实验小学驻校。"
    before = moved(asked, entries)
    rows = [_row(entry) for entry in entries] if not before else _moved(entries, before)
    journal.add_plans(asked.connection, asked.actor, rows)
    if before:
        return f"计划改到{span(rows[0]['start'], rows[0]['end'], asked.today)}了，原来是{withdraw(asked, before)}。"
    what = unnumbered(listing([(e, e.count, e.place, e.text) for e in entries], asked.today))
    return f"记下计划：{what}。过后我问一次做了没有；做完直接告诉我也行。回“撤销”取消。"


def _moved(entries: Sequence[Entry], before: Sequence[OpenPlan]) -> list[dict[str, Any]]:
    """The plans of before on their new days, with what is newly said of them; and what is planned beside them."""
    said = {entry.activity: _row(entry) for entry in entries}
    days = {name: getattr(entries[0], name) for name in ("start", "end")}
    kept = [
        _row(plan) | days | {k: v for k, v in said.pop(plan.activity, {}).items() if v is not None} for plan in before
    ]
    return [*kept, *said.values()]


def _row(thing: Entry | OpenPlan) -> dict[str, Any]:
    count = None if thing.count is None else Decimal(str(thing.count))
    names = ("activity", "audience", "place", "start", "end")
    return {name: getattr(thing, name) for name in names} | {"count": count}
