"""撤销刚才那条，或说出是哪条：撤销宣讲"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.asked import MEMBER, Asked
from handlers.changing import withdraw
from handlers.selecting import matching
from handlers.wording import span, thing
from models import journal
from models.context import OpenPlan
from models.facts import Fact

WHO = MEMBER
EXAMPLE = "撤销"


def answer(asked: Asked) -> str:
    """Withdraw the records meant; said again, the message before. A plan said last is taken back likewise."""
    selector = {**asked.meaning.fragment, **asked.meaning.slots}
    meant = matching(asked, selector)
    plan = _latest_plan(asked, meant)
    if plan and not selector:
        journal.close_plan(asked.connection, plan.id, "withdrawn")
        return f"已撤销计划：{span(plan.start, plan.end, asked.today)} {thing(plan, plan.count)}。"
    if not meant:
        return "没有找到可撤销的记录。回“我的记录”看看记了什么。"
    return withdraw(asked, meant)


def _latest_plan(asked: Asked, meant: Sequence[Fact]) -> OpenPlan | None:
    plan = asked.context.plans[-1] if asked.context.plans else None
    newest = max((f.message_id or 0 for f in meant), default=0)
    return plan if plan and (plan.message_id or 0) > newest else None
