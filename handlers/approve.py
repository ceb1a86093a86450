"""审定：批准张三的任务清单，退回李红的清单并写意见"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.asked import Asked
from handlers.figures import keep_of
from handlers.person import meant
from handlers.remarks import remark
from models.refusal import Refusal
from models.settling import DONE, NAMES, Ruling, settle
from models.works import Work, latest

WHO = frozenset({"approver"})
EXAMPLE = "批准张三的任务清单"
WORDS: Mapping[str, tuple[str, ...]] = {
    "report": ("report",),
    "case": ("case",),
    "school": ("school_change",),
    "list": ("task_list",),
}
HINTS = {"报告": "report", "案例": "case", "申请": "school", "学校": "school", "清单": "list"}


def answer(asked: Asked) -> str:
    """Accept or return what a colleague handed in; a return carries a comment, and the colleague hears of both."""
    colleague = meant(asked, asked.meaning.slots.get("name"), "approve")
    if colleague.id == asked.person_id:
        raise Refusal("自己的要由别的审批人来审定。")
    work = latest(asked.connection, colleague.id, _kinds(asked), ("submitted",))
    if work is None:
        raise Refusal(f"{colleague.name}没有等审定的材料。")
    yes = bool(asked.meaning.slots.get("approved", True))
    comment = remark(asked.meaning.masked)
    if not yes and not comment:
        return f"退回要写一句意见，如：退回{colleague.name}的{NAMES[work.kind]}，宣讲场次太少。"
    ruling = Ruling(asked.actor, work, yes, comment, asked.today)
    settle(asked.connection, ruling)
    keep_of(asked, colleague.id)
    return f"{colleague.name}的{ruling.said}。{_year(asked, work) if yes else ''}会告诉本人。"


def _kinds(asked: Asked) -> tuple[str, ...]:
    hint = next((key for word, key in HINTS.items() if word in asked.meaning.masked), "")
    return WORDS.get(hint, tuple(NAMES))


def _year(asked: Asked, work: Work) -> str:
    """A paper belongs to the year in which it was written, however late it is accepted."""
    late = DONE[work.kind] == "accepted" and work.day is not None and work.day.year < asked.today.year
    return f"按写成日期计入{work.day.year}年（批准晚于年底）。" if late and work.day else ""
