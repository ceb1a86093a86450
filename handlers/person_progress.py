"""查一个人的进度：查一下张三"""

from __future__ import annotations

from handlers.asked import LEADER, Asked
from handlers.figures import by_period, of_person
from handlers.person import meant
from handlers.wording import day
from models.context_query import load_person

WHO = LEADER
EXAMPLE = "查一下张三"


def answer(asked: Asked) -> str:
    """A colleague's figures, and when they last reported; the colleague can see who asked."""
    colleague = meant(asked, asked.meaning.slots.get("name"), "person_progress")
    context = load_person(asked.connection, colleague.id, asked.today)
    if context is None:
        return f"{colleague.name}已不在名册。"
    found = of_person(context, asked.calendar, asked.policies, asked.today)
    if not found:
        return f"{colleague.name}（{colleague.unit}）不在考察对象里，没有定额。"
    dated = [f.end for f in context.facts if f.end]
    last = f"最近一条是{day(max(dated), asked.today)}的。" if dated else "还没有记录。"
    lines = [f"{colleague.name}（{colleague.unit}）", by_period([s for s in found if s.rule.hard]), last]
    return "\n".join([*lines, "这次查看本人看得到。"])
