"""审定：批准张三的任务清单，退回李红的清单并写意见；待审批"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handlers.asked import Asked
from handlers.before import before
from handlers.figures import keep_of
from handlers.person import meant
from handlers.remarks import remark
from handlers.wording import pages
from models.audit import look
from models.refusal import Refusal
from models.settling import DONE, NAMES, Ruling, Waiting, settle, submitted
from models.works import Work

WHO = frozenset({"approver"})
EXAMPLE = "批准张三的任务清单"
WORDS: Mapping[str, tuple[str, ...]] = {
    "report": ("report",),
    "case": ("case",),
    "school": ("school_change",),
    "list": ("task_list",),
}
LINES = 8
BOTH = re.compile("批准.*退回|退回.*(?<!不)批准|通过.*退回")
DECIDES = re.compile("批准|同意|通过|准了|可以|退回|退了|不同意|不通过")
HINTS = {"报告": "report", "案例": "case", "申请": "school", "学校": "school", "清单": "list"}


def answer(asked: Asked) -> str:
    """Accept or return what a colleague handed in, or say what waits; a return carries a comment, the colleague hears of both."""
    if BOTH.search(asked.meaning.masked):
        raise Refusal("批准和退回请分两条说，一次定一件，如：批准张三的工作案例。都还没有动。")
    name = asked.meaning.slots.get("name") or _only_one(asked)
    if not name:
        return _waiting(asked)
    colleague = meant(asked, name, "approve")
    if colleague.id == asked.person_id:
        raise Refusal("自己的要由别的审批人来审定。")
    works = _of(asked, colleague.id)
    if not works:
        raise Refusal(f"{colleague.name}没有等审定的材料。")
    if len(works) > 1:
        return _which(colleague.name, works)
    work = works[0]
    yes = bool(asked.meaning.slots.get("approved", True))
    comment = remark(asked.meaning.masked)
    if not yes and not comment:
        return f"退回要写一句意见，如：退回{colleague.name}的{NAMES[work.kind]}，宣讲场次太少。"
    ruling = Ruling(asked.actor, work, yes, comment, asked.today)
    settle(asked.connection, ruling)
    keep_of(asked, colleague.id)
    return f"{colleague.name}的{ruling.said}。{_year(asked, work) if yes else ''}会告诉本人。"


def _of(asked: Asked, person_id: int) -> list[Work]:
    """What waits of one person: what was named by its title, else all that differ."""
    found = [one.work for one in _others(asked) if one.work.person_id == person_id]
    titled = [work for work in found if work.title and f"《{work.title}》" in asked.meaning.masked]
    return titled[-1:] or list({(work.kind, work.title): work for work in found}.values())


def _which(name: str, works: Sequence[Work]) -> str:
    listed = "、".join(_titled(work) for work in works)
    return f"{name}有{len(works)}件等审定：{listed}。请说是哪一件，如：批准{name}的{_titled(works[0])}。"


def _titled(work: Work) -> str:
    return NAMES[work.kind] + (f"《{work.title}》" if work.title else "")


def _only_one(asked: Asked) -> str | None:
    """批准 with no name, where the list was just looked at and one alone waits."""
    found = _others(asked) if DECIDES.match(asked.meaning.masked) and before(asked, ("approve",)) else []
    return found[0].name if len(found) == 1 else None


def _others(asked: Asked) -> list[Waiting]:
    found = submitted(asked.connection, asked.context.unit_path, _kinds(asked))
    return [one for one in found if one.work.person_id != asked.person_id]


def _waiting(asked: Asked) -> str:
    """What others handed in, the oldest first; each is decided by the name of whose it is."""
    found = _others(asked)
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
    return f"{one.name}（{one.unit}）{_titled(one.work)}"


def _kinds(asked: Asked) -> tuple[str, ...]:
    hint = next((key for word, key in HINTS.items() if word in asked.meaning.masked), "")
    return WORDS.get(hint, tuple(NAMES))


def _year(asked: Asked, work: Work) -> str:
    """A paper belongs to the year in which it was written, however late it is accepted."""
    late = DONE[work.kind] == "accepted" and work.day is not None and work.day.year < asked.today.year
    return f"按写成日期计入{work.day.year}年（批准晚于年底）。" if late and work.day else ""
