"""审定：批准张三的任务清单，退回李红的清单并写意见；待审批"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.asked import Asked
from handlers.figures import keep_of
from handlers.person import meant
from handlers.remarks import remark
from handlers.wording import pages
from models.audit import look
from models.refusal import Refusal
from models.settling import DONE, NAMES, Ruling, Waiting, settle, submitted
from models.works import Work, latest

WHO = frozenset({"approver"})
EXAMPLE = "批准张三的任务清单"
WORDS: Mapping[str, tuple[str, ...]] = {
    "report": ("report",),
    "case": ("case",),
    "school": ("school_change",),
    "list": ("task_list",),
}
LINES = 8
HINTS = {"报告": "report", "案例": "case", "申请": "school", "学校": "school", "清单": "list"}


def answer(asked: Asked) -> str:
    """Accept or return what a colleague handed in, or say what waits; a return carries a comment, the colleague hears of both."""
    name = asked.meaning.slots.get("name")
    if not name:
        return _waiting(asked)
    colleague = meant(asked, name, "approve")
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


def _waiting(asked: Asked) -> str:
    """What others handed in, the oldest first; each is decided by the name of whose it is."""
    found = submitted(asked.connection, asked.context.unit_path, _kinds(asked))
    found = [one for one in found if one.work.person_id != asked.person_id]
    if not found:
        return "现在没有等你审定的。"
    look(
        asked.connection,
        asked.person_id,
        [one.work.person_id for one in found if one.work.person_id],
        "approve",
        asked.now,
    )
    first = f"{found[0].name}的{NAMES[found[0].work.kind]}"
    foot = f"逐件说姓名来审：回“批准{first}”，或“退回{first}”并写意见。"
    return f"{pages(f'等审定的有{len(found)}件：', [_line(one) for one in found], LINES)}\n{foot}"


def _line(one: Waiting) -> str:
    title = f"《{one.work.title}》" if one.work.title else ""
    return f"{one.name}（{one.unit}）{NAMES[one.work.kind]}{title}"


def _kinds(asked: Asked) -> tuple[str, ...]:
    hint = next((key for word, key in HINTS.items() if word in asked.meaning.masked), "")
    return WORDS.get(hint, tuple(NAMES))


def _year(asked: Asked, work: Work) -> str:
    """A paper belongs to the year in which it was written, however late it is accepted."""
    late = DONE[work.kind] == "accepted" and work.day is not None and work.day.year < asked.today.year
    return f"按写成日期计入{work.day.year}年（批准晚于年底）。" if late and work.day else ""
