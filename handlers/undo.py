"""撤销刚才那条，或说出是哪条：撤销宣讲"""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.asked import MEMBER, Asked
from handlers.changing import withdraw
from handlers.planned import meant as plans_meant
from handlers.planned import withdraw as withdraw_plans
from handlers.selecting import matching
from models.context import OpenPlan
from models.facts import Fact
from models.journal import stated

WHO = MEMBER
EXAMPLE = "撤销"
PLAN = "计划"
TOPIC = re.compile(
    "(?:请|帮我|给我|麻烦)?[把将]?(?P<words>(?![刚这那上前最一后]|方才|先前|之前|头)[一-鿿]{2,8}?)的?[那这][条个件]"
)
EVERY = re.compile("都|全部|全删|全撤|所有|统统|通通|一起[删撤]")


def answer(asked: Asked) -> str:
    """Withdraw the records meant; said again, the message before. A plan said last is taken back likewise."""
    selector = {**asked.meaning.fragment, **asked.meaning.slots}
    meant = (
        []
        if PLAN in asked.meaning.masked
        else matching(asked, selector, EVERY.search(asked.meaning.masked) is not None)
    )
    plans = _latest_plans(asked, meant) if not selector else plans_meant(asked, selector) if not meant else []
    if plans:
        return f"已撤销计划：{withdraw_plans(asked, plans)}。"
    if meant and (words := TOPIC.match(asked.meaning.masked)) and not selector:
        meant = about(asked, words["words"])
    if not meant:
        return "没有找到可撤销的记录。回“我的记录”看看记了什么。"
    return withdraw(asked, meant)


def about(asked: Asked, words: str) -> list[Fact]:
    """津贴那条: the problems whose words hold these; never another record in their place."""
    texts = stated(asked.connection, [f.id for f in asked.context.facts if f.activity == "issue"])
    return [f for f in asked.context.facts if words in texts.get(f.id, "")]


def _latest_plans(asked: Asked, meant: Sequence[Fact]) -> list[OpenPlan]:
    """What the newest message planned, where it is newer than the newest record."""
    newest = max((plan.message_id or 0 for plan in asked.context.plans), default=0)
    told = max((fact.message_id or 0 for fact in meant), default=0)
    return [plan for plan in asked.context.plans if plan.message_id == newest and newest > told]
