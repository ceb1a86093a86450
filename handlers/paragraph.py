"""A few sentences of figures that can be passed on as they are."""

from __future__ import annotations

from datetime import date

from handlers.asked import Asked
from handlers.team_figures import figures
from models.completion import SUMS, span_sums
from models.progress import plain
from models.team import UnitRow


def paragraph(asked: Asked, unit: UnitRow | None, first: date, last: date, name: str) -> str:
    """The asker's own figures of some days, or a unit's of this term; nothing that nobody gave."""
    if unit is None:
        found = span_sums(asked.context.facts, asked.context.items, asked.calendar, first, last)
        done = "、".join(f"{SUMS[key][0]}{plain(value)}{SUMS[key][1]}" for key, value in found.items() if value)
        return f"{name}，{asked.context.unit_name}{asked.context.name}{done or '还没有记录'}。"
    whole = figures(asked, unit).whole
    done = (
        f"应参加蹲点{whole.bound}人，已开展{whole.started}人，驻校共{plain(whole.days)}天"
        if whole.bound
        else "还没有应参加的人"
    )
    return f"本学期以来（截至{asked.today.month}月{asked.today.day}日），{unit.name}及以下{done}。"
