"""谁还没开始、谁要帮忙：本级看姓名，下级看单位"""

from __future__ import annotations

from collections import Counter

from handlers.asked import LEADER, Asked
from handlers.help_list import help_lines
from handlers.scope import periods, unit_meant
from models.audit import look
from models.team import NotStarted, children, not_started

WHO = LEADER
EXAMPLE = "谁还没开始"


def answer(asked: Asked) -> str:
    """Names for the own unit's people, numbers for the units below; each look at a person is kept."""
    unit = unit_meant(asked, asked.meaning.slots.get("region"))
    found = not_started(asked.connection, asked.policies, unit.path, periods(asked), asked.today)
    helps = help_lines(asked, unit.path)
    if not found:
        return "\n".join([f"{unit.name}应参加的人都已开始。", *helps])
    mine = [person for person in found if person.path == asked.context.unit_path]
    look(asked.connection, asked.person_id, [p.person_id for p in mine], "behind", asked.now)
    lines = [f"{unit.name}还没开始的有{len(found)}人："]
    lines += [f"本单位：{'、'.join(p.name for p in mine)}"] if mine else []
    return "\n".join(lines + _below(asked, unit.id, [p for p in found if p not in mine]) + helps)


def _below(asked: Asked, unit_id: int, found: list[NotStarted]) -> list[str]:
    units = children(asked.connection, unit_id)
    counts = Counter(next((u.name for u in units if p.path.startswith(u.path)), p.unit) for p in found)
    return [f"{name}：{count}人" for name, count in counts.items()]
