"""确认报送：确认报送10月完成情况，已报送10月完成情况"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handlers.asked import Asked
from handlers.filing_desk import below_of, desk_of, mine
from handlers.filing_steps import MAY, confirm, confirm_unit_row, mark_sent, rows_wanted
from models.filing import opens
from models.hand_ins import Due
from models.refusal import Refusal

WHO = MAY
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
        return mark_sent(asked, desk, own) if asked.meaning.slots.get("sent") else confirm(asked, desk, own)
    above = desk_of(asked, below_of(asked))
    due = _meant(asked, rows_wanted(asked, above)) if above else None
    if above and due and not asked.meaning.slots.get("sent"):
        return confirm_unit_row(asked, above, due)
    raise Refusal("现在没有要由本单位确认的报送事项。回“报送情况”看日程。")


def _meant(asked: Asked, dues: Sequence[Due]) -> Due | None:
    """The newest that is open, of the kind and the days that were said."""
    words, slots = asked.meaning.masked, asked.meaning.slots
    kinds = {kind for kind, found in WORDS.items() if found.search(words)}
    inside = [d for d in dues if (not kinds or d.hand_in.what in kinds) and opens(d) <= asked.today]
    if slots.get("start"):
        inside = [d for d in inside if d.first <= slots["start"] <= d.last]
    return inside[-1] if inside else None
