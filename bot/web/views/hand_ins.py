"""报送：到期事项、核对数字、定稿、标记报出"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.visit import Shown, Visit
from handlers.asked import LEADER
from handlers.filing_desk import Desk, below_of, desk_of, mine
from handlers.filing_schedule import is_near, state_of
from handlers.filing_steps import rows_wanted
from handlers.hand_in_words import name_of, until
from handlers.wording import day
from models.filing import confirmed_rows, opens
from models.hand_ins import Due

WHO = LEADER
PATH = "hand-ins"
GROUP = "单位"
MOST = 12


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """What the unit hands in, and its rows in what the unit above hands in; what was sent stays to be looked at."""
    asked = visit.asked
    desk, above = mine(asked), desk_of(asked, below_of(asked))
    near = [due for due in desk.dues if is_near(desk, due, visit.today)]
    sent = [due for due in desk.dues if due not in near and state_of(asked, desk, due)[0] in ("sent", "confirmed")]
    rows = [due for due in rows_wanted(asked, above) if is_near(above, due, visit.today)] if above else []
    values = {
        "near": [_line(visit, desk, due) for due in near[:MOST]],
        "sent": [_line(visit, desk, due) for due in reversed(sent[-MOST:])],
        "rows": [_row(visit, above, due) for due in rows[:MOST] if above],
        "above": above.office.name if above else "",
    }
    return Shown("pages/hand_ins.html", values)


def _line(visit: Visit, desk: Desk, due: Due) -> dict[str, object]:
    key, words = state_of(visit.asked, desk, due)
    url = visit.url("hand-in", what=due.hand_in.id, period=due.period)
    return {"name": name_of(due), "until": until(due, visit.today), "state": words, "key": key, "url": url}


def _row(visit: Visit, above: Desk, due: Due) -> dict[str, object]:
    """The unit's own row in it: confirmed, open, or not yet."""
    done = visit.who.unit_id in confirmed_rows(visit.connection, above.office.path, due)
    key = "sent" if done else "open" if opens(due) <= visit.today else "later"
    words = {"sent": "已确认", "open": "可以确认了", "later": f"{day(opens(due), visit.today)}起确认"}[key]
    last = due.rows or due.due
    url = visit.url("hand-in", what=due.hand_in.id, period=due.period, row="1")
    until_row = f"{day(last, visit.today)}前确认本单位这一行"
    return {"name": name_of(due), "until": until_row, "state": words, "key": key, "url": url}
