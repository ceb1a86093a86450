"""确认报送：确认报送10月完成情况，已报送10月完成情况"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handlers.asked import Asked
from handlers.filing_desk import Desk, below_of, desk_of, mine
from handlers.hand_in_words import name_of, row_line, rows_text, until
from handlers.wording import day
from models.filing import confirm_row, confirmed_rows, filed, freeze, open_draft, opens
from models.hand_ins import Due
from models.refusal import Refusal
from models.works import step

WHO = frozenset({"unit_admin", "approver", "responsible_office"})
EXAMPLE = "确认报送10月完成情况"
WORDS: Mapping[str, re.Pattern[str]] = {
    "monthly_completion": re.compile("完成情况|清单"),
    "half_year_summary": re.compile("总结"),
    "half_year_research": re.compile("调研报告"),
    "schedule": re.compile("安排表"),
    "annual_summary": re.compile("汇总|年度|年终|全年"),
}


def answer(asked: Asked) -> str:
    """Confirm a hand-in of the own unit, or its row in the hand-in of the unit above; or mark one as sent."""
    desk = mine(asked)
    own = _meant(asked, desk.dues)
    if own:
        return _mark_sent(asked, desk, own) if asked.meaning.slots.get("sent") else _confirm(asked, desk, own)
    above = desk_of(asked, below_of(asked))
    due = _meant(asked, [d for d in above.dues if asked.context.level in d.hand_in.asks_below]) if above else None
    if above and due and not asked.meaning.slots.get("sent"):
        return _confirm_row(asked, above, due)
    raise Refusal("现在没有要由本单位确认的报送事项。回“报送情况”看日程。")


def _meant(asked: Asked, dues: Sequence[Due]) -> Due | None:
    """The newest that is open, of the kind and the days that were said."""
    words, slots = asked.meaning.masked, asked.meaning.slots
    kinds = {kind for kind, found in WORDS.items() if found.search(words)}
    inside = [d for d in dues if (not kinds or d.hand_in.what in kinds) and opens(d) <= asked.today]
    if slots.get("start"):
        inside = [d for d in inside if d.first <= slots["start"] <= d.last]
    return inside[-1] if inside else None


def _confirm(asked: Asked, desk: Desk, due: Due) -> str:
    """Freeze the figures of this moment; a draft is not needed for it."""
    work = filed(asked.connection, desk.office.id, due)
    if work and work.status != "draft":
        return f"{name_of(due)}已经定稿，数不再变；更正另列，回“{name_of(due)}报送的数”可看。"
    rows = desk.rows(asked, due)
    number = work.id if work else open_draft(asked.connection, desk.office.id, due, rows, asked.now)
    freeze(asked.connection, asked.actor, number, rows)
    waiting = desk.waiting(asked, due)
    names = "、".join(row["unit"] for row in rows if row["unit_id"] in waiting)
    return "\n".join(
        [
            f"{name_of(due)}已定稿（截至{day(min(due.last, asked.today), asked.today)}），这些数不再变，以后的更正另列：",
            rows_text(rows, waiting),
            *([f"还没确认的照样列入并标注：{names}。"] if names else []),
            f"请按规定的渠道报出（{until(due, asked.today)}），报出后回“已报送{name_of(due)}”。",
        ]
    )


def _mark_sent(asked: Asked, desk: Desk, due: Due) -> str:
    work = filed(asked.connection, desk.office.id, due)
    if work is None or work.status == "draft":
        return f"{name_of(due)}还没有定稿。先核对，回“确认报送{name_of(due)}”。"
    if work.status == "sent":
        return f"{name_of(due)}已经标记为报送了。"
    step(asked.connection, asked.actor, work.id, "sent", "sent")
    return f"好的，{name_of(due)}标记为已报送，不再提醒。"


def _confirm_row(asked: Asked, above: Desk, due: Due) -> str:
    """The unit's own row, as it stands now."""
    row = above.row_of(asked, due, asked.context.unit_id)
    if row is None:
        raise Refusal("本单位没有应参加的人，不用确认。")
    again = asked.context.unit_id in confirmed_rows(asked.connection, above.office.path, due)
    confirm_row(asked.connection, asked.actor, asked.context.unit_id, due, row)
    head = "已按现在的数重新确认" if again else "已确认"
    return f"{head}{name_of(due)}里本单位这一行：\n{row_line(row)}\n{above.office.name}会据此汇总。"
