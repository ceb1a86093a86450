"""一次报送：核对、定稿、报出，定稿后的更正另列"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from bot.web.visit import Form, Shown, Visit
from handlers.asked import LEADER, Asked
from handlers.filing_desk import Desk, below_of, desk_of, mine
from handlers.filing_schedule import state_of
from handlers.filing_steps import MAY, confirm, confirm_unit_row, mark_sent, rows_wanted
from handlers.hand_in_words import by_unit, differences, name_of, until
from handlers.wording import day
from models.completion import SUMS, Row
from models.filing import confirmed_rows, corrections, opens
from models.hand_ins import Due
from models.refusal import Refusal
from models.works import Work

WHO = LEADER
PATH = "hand-in"
LISTED = False
GONE = "没有这一项报送。回“报送”看看现在有哪些。"
CHANGED = "数刚刚有变化，下面是现在的数。请再核对一次。"


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """The figures of a hand-in: those of now until it is confirmed, the frozen ones after that."""
    asked = visit.asked
    desk, due = _meant(asked, query.get("what", ""), query.get("period", ""), row=bool(query.get("row")))
    shown = _row(visit, desk, due) if query.get("row") else _whole(visit, desk, due)
    common = {"name": name_of(due), "until": until(due, visit.today), "what": due.hand_in.id, "period": due.period}
    may = bool(asked.roles & MAY)
    return Shown("pages/hand_in.html", {**common, "list": visit.url("hand-ins"), "may": may, **shown})


def _meant(asked: Asked, what: str, period: str, *, row: bool) -> tuple[Desk, Due]:
    desk = desk_of(asked, below_of(asked)) if row else mine(asked)
    dues = [] if desk is None else rows_wanted(asked, desk) if row else desk.dues
    due = next((one for one in dues if (one.hand_in.id, one.period) == (what, period)), None)
    if desk is None or due is None:
        raise Refusal(GONE)
    return desk, due


def _whole(visit: Visit, desk: Desk, due: Due) -> dict[str, object]:
    asked, work = visit.asked, desk.filed(due)
    frozen = work is not None and work.status != "draft"
    rows: Sequence[Row] = work.data["rows"] if work and frozen else desk.rows(asked, due)
    waiting = frozenset() if frozen else desk.waiting(asked, due)
    later = _later(visit, desk, due, work) if work and frozen else {}
    key, words = state_of(asked, desk, due)
    return {
        **_table(rows),
        **later,
        "state": words,
        "key": key,
        "waiting": [row["unit"] for row in rows if row["unit_id"] in waiting],
        "opened": opens(due) <= visit.today,
        "opens": day(opens(due), visit.today),
        "seen": _mark(rows),
        "row": "",
        "last": day(min(due.last, visit.today), visit.today),
    }


def _later(visit: Visit, desk: Desk, due: Due, work: Work) -> dict[str, object]:
    """What was put right since the figures were frozen, and how they would read now."""
    at = datetime.fromisoformat(work.data["frozen_at"]).astimezone(visit.local.tzinfo)
    found = corrections(visit.connection, desk.office.path, due.last, at)
    return {
        "frozen": f"{day(at.date(), visit.today)} {at:%H:%M}",
        "corrections": list(by_unit(found).items()),
        "differences": differences(work.data["rows"], desk.rows(visit.asked, due)),
    }


def _row(visit: Visit, above: Desk, due: Due) -> dict[str, object]:
    """The unit's own row in what the unit above hands in."""
    unit = visit.who.unit_id
    row = above.row_of(visit.asked, due, unit)
    done = unit in confirmed_rows(visit.connection, above.office.path, due)
    rows = [row] if row else []
    return {
        **_table(rows),
        "state": "本单位这一行已确认" if done else "等本单位确认",
        "key": "row_done" if done else "row",
        "opened": opens(due) <= visit.today and bool(rows),
        "opens": day(opens(due), visit.today),
        "above": above.office.name,
        "seen": _mark(rows),
        "row": "1",
        "last": day(min(due.last, visit.today), visit.today),
    }


def _table(rows: Sequence[Row]) -> dict[str, object]:
    """The columns in which any unit has something, and the rows under them."""
    used = [key for key in SUMS if any(row["sums"].get(key, "0") != "0" for row in rows)]
    heads = [f"{SUMS[key][0]}（{SUMS[key][1]}）" for key in used]
    return {"heads": heads, "rows": [{**row, "shown": [row["sums"].get(key, "0") for key in used]} for row in rows]}


def _mark(rows: Sequence[Row]) -> str:
    """Figures as a word: who confirms stands by those that were shown."""
    return sha256(json.dumps(list(rows), sort_keys=True).encode()).hexdigest()[:16]


def _of(visit: Visit, form: Form) -> tuple[Desk, Due]:
    if not visit.who.roles & MAY:
        raise Refusal("定稿和报出由单位管理员、审批人或落实责任人来做。")
    return _meant(visit.asked, form.get("what"), form.get("period"), row=bool(form.get("row")))


def _demand_open(visit: Visit, due: Due) -> None:
    if opens(due) > visit.today:
        raise Refusal(f"还没到核对的时候，{day(opens(due), visit.today)}起可以确认。")


def _confirm(visit: Visit, form: Form) -> str:
    desk, due = _of(visit, form)
    _demand_open(visit, due)
    work = desk.filed(due)
    if (work is None or work.status == "draft") and form.get("seen") != _mark(desk.rows(visit.asked, due)):
        raise Refusal(CHANGED)
    return confirm(visit.asked, desk, due).partition("\n")[0].rstrip("：，")


def _confirm_row(visit: Visit, form: Form) -> str:
    above, due = _of(visit, form)
    _demand_open(visit, due)
    row = above.row_of(visit.asked, due, visit.who.unit_id)
    if form.get("seen") != _mark([row] if row else []):
        raise Refusal(CHANGED)
    return f"{confirm_unit_row(visit.asked, above, due).partition('：')[0]}。{above.office.name}会据此汇总。"


def _sent(visit: Visit, form: Form) -> str:
    return mark_sent(visit.asked, *_of(visit, form))


ACTIONS = {"confirm": _confirm, "confirm_row": _confirm_row, "sent": _sent}
