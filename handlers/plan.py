"""记计划：明天去实验小学，下周三宣讲一场"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.understanding.meaning import Entry
from handlers.asked import MEMBER, Asked
from handlers.wording import listing
from models import journal

WHO = MEMBER
EXAMPLE = "明天去实验小学驻校"


def answer(asked: Asked) -> str:
    """Keep what is planned; it is asked about once when its day has passed."""
    entries = asked.meaning.entries
    if not entries:
        return "记不准是什么计划。说清哪天做什么就行，如：下周三去实验小学驻校。"
    journal.add_plans(asked.connection, asked.actor, [_row(entry) for entry in entries])
    what = listing([(e, e.count, e.place, e.text) for e in entries], asked.today)
    return f"记下计划：{what}。过后我问一次做了没有；做完直接告诉我也行。回“撤销”取消。"


def _row(entry: Entry) -> dict[str, Any]:
    count = None if entry.count is None else Decimal(str(entry.count))
    names = ("activity", "audience", "place", "start", "end")
    return {name: getattr(entry, name) for name in names} | {"count": count}
