"""报送情况：要报什么、何时报，报出的数和现在的差别"""

from __future__ import annotations

from datetime import datetime

from handlers.asked import LEADER, Asked
from handlers.filing_desk import Desk, mine
from handlers.filing_schedule import STATES, schedule
from handlers.hand_in_words import by_unit, differences, name_of
from handlers.wording import day
from models.filing import corrections
from models.hand_ins import Due
from models.works import Work

WHO = LEADER
EXAMPLE = "报送情况"


def answer(asked: Asked) -> str:
    """What the unit hands in, and when; of one that was handed in, the frozen figures beside those of now."""
    desk = mine(asked)
    asks_figures = any(word in asked.meaning.masked for word in ("数", "更正"))
    return _compare(asked, desk) if asks_figures else schedule(asked, desk)


def _compare(asked: Asked, desk: Desk) -> str:
    start = asked.meaning.slots.get("start")
    done = [(d, w) for d in desk.dues if (w := desk.filed(d)) and w.status != "draft"]
    chosen = [(d, w) for d, w in done if not start or d.first <= start <= d.last]
    if not chosen:
        return "还没有定稿的报送。回“报送情况”看日程。"
    return _beside(asked, desk, *chosen[-1])


def _beside(asked: Asked, desk: Desk, due: Due, work: Work) -> str:
    """The frozen figures stay; what changed since stands beside them."""
    frozen_at = datetime.fromisoformat(work.data["frozen_at"])
    found = corrections(asked.connection, desk.office.path, due.last, frozen_at)
    changed = differences(work.data["rows"], desk.rows(asked, due))
    head = f"{name_of(due)}（{day(frozen_at.date(), asked.today)}定稿，{STATES[work.status]}）"
    if not found and not changed:
        return f"{head}：定稿后没有更正，和现在的数一致。"
    lines = [f"{head}，报出的数不变；定稿后更正{sum(one.changes for one in found)}处："]
    lines += [f"{unit}：{'、'.join(words)}" for unit, words in by_unit(found).items()]
    return "\n".join(lines + ([f"现在的数：{'；'.join(changed)}。"] if changed else []))
