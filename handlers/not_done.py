"""今天没访谈, of a day of which an interview is recorded: whether that is to go."""

from __future__ import annotations

import re
from decimal import Decimal

from handlers.asked import Asked
from handlers.changing import change, told, withdraw
from handlers.recording import read_back
from handlers.selecting import fitting
from handlers.wording import listing, number
from models import journal
from models.context import OpenQuestion
from models.facts import Fact

ONE = Decimal(1)
AT_HOME = re.compile("没(?:有)?(?:去|到|在|进|下|驻)")


def ask_whether_gone(asked: Asked) -> str:
    """The question whether records that the words speak against are to be withdrawn; empty where there are none."""
    facts = _against(asked)
    if not facts:
        return _one_day_less(asked)
    what = listing([(f, f.count, f.place, None) for f in facts], asked.today)
    text = f"{what}还记着，要撤销吗？回“是”撤销，不用就回“不用”。"
    data = {"entries": [fact.id for fact in facts]}
    journal.ask(asked.connection, asked.actor, [{"kind": "not_done", "text": text, "data": data}])
    return text


def _one_day_less(asked: Asked) -> str:
    """11日没去, of a stay from the 10th to the 12th: whether it was a day shorter."""
    said = asked.meaning.fragment
    day = said.get("start")
    if not AT_HOME.search(asked.meaning.masked) or day is None or said.get("end") not in (None, day):
        return ""
    stays = [f for f in fitting(asked, {"activity": "on_site", "start": day}) if f.count and f.count > 1]
    if len(stays) != 1:
        return ""
    less = (stays[0].count or ONE) - ONE
    text = f"{listing([(stays[0], stays[0].count, stays[0].place, None)], asked.today)}还记着，改成{number(less)}天吗？回“是”改，不用就回“不用”。"
    data = {"entries": [stays[0].id], "count": float(less)}
    journal.ask(asked.connection, asked.actor, [{"kind": "not_done", "text": text, "data": data}])
    return text


def _against(asked: Asked) -> list[Fact]:
    """Records of the very day and deed that was said not to have been."""
    said = asked.meaning.fragment
    deed = said.get("activity") or ("interview" if said.get("audience") else "")
    deed = deed or ("on_site" if AT_HOME.search(asked.meaning.masked) else "")
    if not deed or said.get("start") is None:
        return []
    named = {name: said.get(name) for name in ("audience", "start", "end")} | {"activity": deed}
    whole = [fact for fact in fitting(asked, named) if fact.start and fact.start >= said["start"]]
    return [fact for fact in whole if fact.end and fact.end <= (said.get("end") or said["start"])]


def answer_not_done(asked: Asked, pending: OpenQuestion) -> str | None:
    """是 withdraws them; anything else leaves them."""
    if asked.meaning.intent not in ("confirm", "deny"):
        return None
    journal.settle(asked.connection, pending.id)
    facts = [fact for fact in asked.context.facts if fact.id in pending.data["entries"]]
    if asked.meaning.intent == "deny" or not facts:
        return f"好的，照旧：{told(asked, facts, facts)}" if facts else "好的。"
    if "count" in pending.data:
        changed, asks = change(asked, [(fact, {"count": Decimal(str(pending.data["count"]))}) for fact in facts])
        return read_back(asked, changed, asks, head="已改")
    return withdraw(asked, facts)
