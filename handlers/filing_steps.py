"""What is done with a hand-in, from chat and from its page: confirmed and frozen, marked as sent, a row stood by."""

from __future__ import annotations

from handlers.asked import Asked
from handlers.filing_desk import Desk
from handlers.hand_in_words import name_of, row_line, rows_text, until
from handlers.wording import day
from models.filing import confirm_row, confirmed_rows, filed, freeze, offices, open_draft, policy_of
from models.hand_ins import Due
from models.refusal import Refusal
from models.works import step

MAY = frozenset({"unit_admin", "approver", "responsible_office"})


def rows_wanted(asked: Asked, above: Desk) -> list[Due]:
    """The hand-ins of the unit above that want a row of the asker's unit, where their document holds there too."""
    mine = offices(asked.connection, [asked.context.unit_id])[0]
    asks = (due for due in above.dues if mine.level in due.hand_in.asks_below)
    return [due for due in asks if policy_of(asked.policies, due.hand_in).id in mine.policies]


def confirm(asked: Asked, desk: Desk, due: Due) -> str:
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


def mark_sent(asked: Asked, desk: Desk, due: Due) -> str:
    """What was confirmed went out by the prescribed way; no more reminders of it."""
    work = filed(asked.connection, desk.office.id, due)
    if work is None or work.status == "draft":
        return f"{name_of(due)}还没有定稿。先核对，回“确认报送{name_of(due)}”。"
    if work.status == "sent":
        return f"{name_of(due)}已经标记为报送了。"
    step(asked.connection, asked.actor, work.id, "sent", "sent")
    return f"好的，{name_of(due)}标记为已报送，不再提醒。"


def confirm_unit_row(asked: Asked, above: Desk, due: Due) -> str:
    """The unit's own row, as it stands now."""
    row = above.row_of(asked, due, asked.context.unit_id)
    if row is None:
        raise Refusal("本单位没有应参加的人，不用确认。")
    again = asked.context.unit_id in confirmed_rows(asked.connection, above.office.path, due)
    confirm_row(asked.connection, asked.actor, asked.context.unit_id, due, row)
    head = "已按现在的数重新确认" if again else "已确认"
    return f"{head}{name_of(due)}里本单位这一行：\n{row_line(row)}\n{above.office.name}会据此汇总。"
