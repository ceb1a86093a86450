"""重点班级：高一3班45人、高一4班50人；团学干部一共18人"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.asked import MEMBER, Asked
from handlers.figures import brief, refresh
from handlers.recording import UNDO, as_fact
from models import journal
from models.coverage import ClassRow
from models.gauges import gauge_rows
from models.links import class_key
from models.periods import period_of
from models.policy import Rule

WHO = MEMBER
EXAMPLE = "高一3班45人"


def answer(asked: Asked) -> str:
    """Keep how many a focus class has, or the school's student officers; who was reached before stays reached."""
    rows = [_row(asked, said) for said in asked.meaning.slots["sizes"]]
    ids = journal.add_entries(asked.connection, asked.actor, rows)
    facts = [as_fact(number, asked.message_id, row, asked) for number, row in zip(ids, rows, strict=True)]
    found = refresh(asked, [*asked.context.facts, *facts])
    names = "、".join(_name(row) for row in rows)
    progress = brief(found, facts)
    hint = "覆盖了多少，说“高一3班45人，已覆盖38人”；按班级说的访谈、座谈、问卷会自动加上。"
    return f"已记重点班级：{names}。" + (f"{progress}。" if progress else "") + f"{UNDO}\n{hint}"


def _row(asked: Asked, said: Mapping[str, Any]) -> dict[str, Any]:
    officers = not said["class"]
    metric = "league_cadre_coverage" if officers else "focus_class_coverage"
    reached = _reached(asked, next((rule for rule in asked.rules if rule.metric == metric), None), said["class"])
    return {
        "activity": "coverage",
        "audience": "league_cadre" if officers else None,
        "count": min(reached, said["of"]),
        "of": said["of"],
        "class_name": said["class"] or None,
        "start": asked.today,
        "end": asked.today,
        "state": "active",
    }


def _reached(asked: Asked, rule: Rule | None, name: str) -> int:
    """How many of the class were reached by now."""
    if rule is None:
        return 0
    period = period_of(rule.period, asked.today, asked.calendar, rule.month).key
    rows = gauge_rows(asked.context.facts, asked.context.bound, asked.calendar, rule, period)
    same = class_key(name) if name else ""
    return next((row.reached for row in rows if _key(row) == same), 0)


def _key(row: ClassRow) -> str:
    return class_key(row.name) if row.name else ""


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['class_name'] or '团学干部'}{row['of']}人（已覆盖{row['count']}人）"
