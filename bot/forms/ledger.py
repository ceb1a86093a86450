"""问题台账: every problem raised in the unit and below, with its way to an answer."""

from __future__ import annotations

from bot.forms.hardship import veiled
from bot.forms.order import XLSX, Made, Order
from bot.forms.sheets import table, workbook
from models.ledger import OPEN, STATES, Problem, problems, steps

KEYS = ("编号", "提出单位", "提出人", "提出日期", "问题", "办理过程", "状态", "已历天数", "办结日期")


def make_ledger(order: Order) -> Made:
    """The ledger, the open ones first; people below the unit stay unnamed."""
    zone = order.now.tzinfo
    found = problems(order.connection, order.unit.path, only_open=False)
    inside = [one for one in found if _within(order, one)]
    told = steps(order.connection, [one.id for one in inside])
    rows = []
    for one in inside:
        raised, last = one.raised_at.astimezone(zone).date(), told.get(one.id, [])
        closed = last[-1].at.astimezone(zone).date() if one.status not in OPEN and last else None
        way = "；".join(
            f"{step.at.astimezone(zone):%m-%d} {veiled(step.text) or STATES.get(step.status, '')}" for step in last
        )
        age = ((closed or order.today) - raised).days
        name = one.person if one.path == order.unit.path else None
        rows.append((one.id, one.unit, name, raised, veiled(one.text), way, STATES[one.status], age, closed))
    title = f"{order.unit.name}问题台账"
    grid = table("问题台账", f"{title}（截至{order.today:%Y-%m-%d}）", KEYS, rows, wide=(5, 6))
    named = {one.person_id for one in inside if one.person_id and one.path == order.unit.path}
    return Made(f"{title}.xlsx", XLSX, workbook([grid]), tuple(sorted(named)))


def _within(order: Order, one: Problem) -> bool:
    raised = one.raised_at.astimezone(order.now.tzinfo).date()
    return (order.start is None or raised >= order.start) and (order.end is None or raised <= order.end)
