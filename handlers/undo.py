"""撤销刚才那条，或说出是哪条：撤销宣讲；撤错了，回“恢复”"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handlers.asked import MEMBER, Asked
from handlers.asked_by_push import forward
from handlers.behalf import take_back
from handlers.changing import change, told, withdraw
from handlers.planned import meant as plans_meant
from handlers.planned import withdraw as withdraw_plans
from handlers.selecting import matching
from models.context import OpenPlan
from models.context_query import load_person
from models.facts import Fact
from models.journal import stated
from models.undone import last_undone, restore

WHO = MEMBER
EXAMPLE = "撤销"
PLAN = "计划"
ISSUE = re.compile("(?:撤销|撤回|删掉?|取消)[了那这]?(?:个|条)?问题")
NOTHING = "没有找到可撤销的记录。回“我的记录”看看记了什么。"
RESTORE = re.compile("撤错|错撤|撤多|(?:撤回|取消|撤销).{0,4}(?:撤销|撤回)|恢复|还原|别撤|不撤|不该撤|找回")
TOPIC = re.compile(
    "(?:请|帮我|给我|麻烦)?(?:[把将]|撤销|撤回|删掉|删除|取消|删)?(?P<words>(?![刚这那上前最一后]|方才|先前|之前|头)[一-鿿]{2,8}?)的?[那这][条个件]"
)
EVERY = re.compile("都|全部|全删|全撤|所有|统统|通通|一起[删撤]|清空")


def answer(asked: Asked) -> str:
    """Withdraw the records meant; said again, the message before. A plan said last is taken back likewise."""
    if RESTORE.search(asked.meaning.masked):
        return _restored(asked)
    selector = {**asked.meaning.fragment, **asked.meaning.slots}
    if not selector and ISSUE.search(asked.meaning.masked):
        selector = {"activity": "issue"}
    named = None if selector else TOPIC.match(asked.meaning.masked)
    meant = about(asked, named["words"]) if named else _meant(asked, selector)
    plans = [] if named or (meant and selector) else _plans(asked, selector, meant)
    if plans:
        return f"已撤销计划：{withdraw_plans(asked, plans)}。"
    bare = not selector and not named
    others = take_back(asked, max((f.message_id or 0 for f in meant), default=0)) if bare else ""
    return others or (withdraw(asked, meant) if meant else NOTHING)


def _meant(asked: Asked, selector: Mapping[str, Any]) -> list[Fact]:
    words = asked.meaning.masked
    return [] if PLAN in words else matching(asked, selector, EVERY.search(words) is not None)


def _plans(asked: Asked, selector: Mapping[str, Any], meant: Sequence[Fact]) -> list[OpenPlan]:
    """Plans of the days said; 周四 of a plan is the coming one. Without words, those said last of all."""
    if not selector:
        return _latest_plans(asked, meant)
    if found := plans_meant(asked, selector):
        return found
    start = selector.get("start")
    days = forward(asked.meaning.masked, start, selector.get("end") or start, asked.today) if start else None
    return plans_meant(asked, {**selector, "start": days[0], "end": days[1]}) if days else []


def about(asked: Asked, words: str) -> list[Fact]:
    """津贴那条: the problems whose words hold these; never another record in their place."""
    texts = stated(asked.connection, [f.id for f in asked.context.facts if f.activity == "issue"])
    return [f for f in asked.context.facts if words in texts.get(f.id, "")]


def _latest_plans(asked: Asked, meant: Sequence[Fact]) -> list[OpenPlan]:
    """What the newest message planned, where it is newer than the newest record."""
    newest = max((plan.message_id or 0 for plan in asked.context.plans), default=0)
    told_last = max((fact.message_id or 0 for fact in meant), default=0)
    return [plan for plan in asked.context.plans if plan.message_id == newest and newest > told_last]


def _restored(asked: Asked) -> str:
    """What was taken back last is put back; what then lacks something is asked about once more."""
    gone = last_undone(asked.connection, asked.person_id)
    for one in gone:
        restore(asked.connection, asked.actor, one)
    context = load_person(asked.connection, asked.person_id, asked.today) if gone else None
    if context is None:
        return "没有撤销过的记录可以恢复。回“我的记录”看看记了什么。"
    now = replace(asked, context=context)
    back = [f for f in context.facts if f.id in {one.entry_id for one in gone}]
    _, asks = change(now, [(f, {}) for f in back if f.state == "pending"])
    question = f"\n{asks[0]['text']}" if asks else ""
    return f"已恢复 {told(now, back, back)}回“撤销”取消。{question}"
