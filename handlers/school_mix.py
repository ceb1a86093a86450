"""学校构成：蹲点学校的类型、城乡（只列出，不评判）"""

from __future__ import annotations

from handlers.asked import LEADER, Asked
from models.roster_differences import area_words, kind_words
from models.school_mix import Kind, school_mix

WHO = LEADER
EXAMPLE = "学校构成"


def answer(asked: Asked) -> str:
    """The mix of schools of the own unit and below, as a table without verdict."""
    found = school_mix(asked.connection, asked.context.unit_path, asked.today)
    if not found:
        return "名册里还没有蹲点学校。"
    kinds = dict.fromkeys(row.kind for row in found)
    lines = [_line(kind, [row for row in found if row.kind == kind]) for kind in kinds]
    total, weak = sum(row.schools for row in found), sum(row.weak for row in found)
    foot = f"其中基础薄弱的{weak}所。" if weak else ""
    return "\n".join([f"{asked.context.unit_name}及以下的蹲点学校{total}所：", *lines, *([foot] if foot else [])])


def _line(kind: str, rows: list[Kind]) -> str:
    areas = "、".join(f"{area_words(row.area)}{row.schools}" for row in rows if row.area)
    return f"{kind_words(kind) or '类型未填'} {sum(row.schools for row in rows)}所" + (f"（{areas}）" if areas else "")
