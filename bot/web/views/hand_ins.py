"""报送：到期事项、核对数字、定稿、标记报出"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.visit import Shown, Visit
from handlers.asked import LEADER
from handlers.filing_desk import Desk, below_of, desk_of, mine
from handlers.filing_schedule import is_near, state_of
from handlers.hand_in_words import name_of, until
from models.hand_ins import Due

WHO = LEADER
PATH = "hand-ins"
GROUP = "单位"
MOST = 12


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """What the unit hands in, and its rows in what the unit above hands in; what was sent stays to be looked at."""
    asked = visit.asked
    desk, above = mine(asked), desk_of(asked, below_of(asked))
    near = [due for due in desk.dues if is_near(asked, desk, due)]
    sent = [due for due in desk.dues if due not in near and state_of(asked, desk, due)[0] in ("sent", "confirmed")]
    rows = [due for due in above.dues if asked.context.level in due.hand_in.asks_below] if above else []
    values = {
        "near": [_line(visit, desk, due) for due in near[:MOST]],
        "sent": [_line(visit, desk, due) for due in reversed(sent[-MOST:])],
        "rows": [_line(visit, above, due, above=True) for due in rows if above and is_near(asked, above, due)][:MOST],
        "above": above.office.name if above else "",
    }
    return Shown("pages/hand_ins.html", values)


def _line(visit: Visit, desk: Desk, due: Due, *, above: bool = False) -> dict[str, object]:
    key, words = state_of(visit.asked, desk, due)
    url = visit.url("hand-in", what=due.hand_in.id, period=due.period, row="1" if above else "")
    done = key == "sent"
    return {"name": name_of(due), "until": until(due, visit.today), "state": words, "done": done, "url": url}
