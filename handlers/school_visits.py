"""一所学校去了几天：上海路小学这学期去了几天"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.asked import LEADER, MEMBER, Asked
from handlers.wording import day, span, thing
from models.assignments import known_school
from models.visits import Visits, visits

WHO = MEMBER
EXAMPLE = "上海路小学这学期去了几天"


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of visit, for wording."""

    activity: str | None
    audience: str | None
    start: date | None = None
    end: date | None = None


def answer(asked: Asked) -> str:
    """What was done at a school: a leader hears of all in scope, a cadre of the own records."""
    words = asked.meaning.slots.get("school")
    if not words:
        return "是哪所学校？如：上海路小学这学期去了几天。"
    school = known_school(asked.connection, asked.context.unit_path, words)
    term = asked.calendar.term(asked.today)
    start, end = asked.meaning.slots.get("start") or term.start, asked.meaning.slots.get("end") or term.end
    when = span(start, min(end, asked.today), asked.today)
    if not asked.roles & LEADER:
        return _own(asked, school.id, school.name, start, end)
    found = visits(asked.connection, [school.id], asked.context.unit_path, start, end)
    if not found:
        return f"{school.name}，{when}还没有记录。"
    return "\n".join([f"{school.name}，{when}：", *(_line(asked, one) for one in found)])


def _line(asked: Asked, one: Visits) -> str:
    what = thing(Row(one.activity, one.audience), one.amount)
    return f"{what}，{one.people}人去过，最近{day(one.last, asked.today)}"


def _own(asked: Asked, school_id: int, name: str, start: date, end: date) -> str:
    facts = [f for f in asked.context.facts if f.school_id == school_id and f.state == "active"]
    inside = [f for f in facts if f.start and f.end and start <= f.start and f.end <= end]
    days = sum(float(f.count or 0) for f in inside if f.activity == "on_site")
    return f"你在{name}：驻校{days:g}天，共{len(inside)}条记录。" if inside else f"你在{name}还没有记录。"
