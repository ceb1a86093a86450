"""我的记录：按日子翻看，改或撤销其中一条"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.web.fields import day, page_of
from bot.web.record_form import LACKS
from bot.web.visit import Shown, Visit
from handlers.asked import MEMBER
from handlers.figures import current
from handlers.wording import ACTIVITIES, span, thing
from models.credits import explain
from models.own_records import OwnRecord, Wanted, how_many, own_records
from models.progress import Standing, line
from models.sources import sources

WHO = MEMBER
PATH = "records"
SIZE = 20
STATES = {"active": "已计入", "pending": "待补全", "withdrawn": "已撤销"}
FILTERS = ("kind", "from", "to", "state", "rule")


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """The entries wanted, a page of them."""
    rule = next((one for one in current(visit.asked) if one.rule.id == query.get("rule")), None)
    wanted = _wanted(visit, query, rule)
    whole = how_many(visit.connection, visit.person_id, visit.who.training, wanted)
    last = max(-(-whole // SIZE), 1)
    number = min(page_of(query.get("page", "")), last)
    found = own_records(
        visit.connection, visit.person_id, visit.who.training, wanted, first=(number - 1) * SIZE, most=SIZE
    )
    asked = {name: query.get(name, "") for name in FILTERS}
    values = {
        "cards": [card(visit, one) for one in found],
        "whole": whole,
        "number": number,
        "last": last,
        "asked": asked,
        "filtered": any(asked.values()),
        "rule": {"one": rule, "line": line(rule)} if rule else None,
        "kinds": {name: words[0] for name, words in ACTIVITIES.items()},
        "states": STATES,
    }
    return Shown("pages/records.html", values)


def _wanted(visit: Visit, query: Mapping[str, str], rule: Standing | None) -> Wanted:
    ids = None
    if rule:
        counted, left_out = sources(visit.who.facts, rule, visit.asked.calendar)
        ids = [fact.id for fact in (*counted, *(fact for fact, _ in left_out))]
    kind, state = query.get("kind", ""), query.get("state", "")
    return Wanted(
        activity=kind if kind in ACTIVITIES else "",
        start=day(query.get("from", "")),
        end=day(query.get("to", "")),
        state=state if state in STATES else "",
        ids=ids,
    )


def card(visit: Visit, one: OwnRecord) -> dict[str, Any]:
    """An entry in the words of the chat, with what it still lacks or why it does not count."""
    return {
        "one": one,
        "what": thing(one, one.count, one.text),
        "when": span(one.start, one.end, visit.today),
        "state": STATES.get(one.state, one.state),
        "why": _why(visit, one),
    }


def _why(visit: Visit, one: OwnRecord) -> str:
    """The open question about an entry, else the reason why a goal does not take it."""
    open_ones = (question for question in visit.who.questions if question.entry_id == one.id)
    asks = next((LACKS.get(question.kind, question.text) for question in open_ones), "")
    fact = next((fact for fact in visit.who.facts if fact.id == one.id), None)
    if asks or fact is None or one.state != "active":
        return asks
    reasons = (credit.text for credit in explain(fact, visit.asked.rules, visit.asked.calendar) if credit.text)
    return "；".join(dict.fromkeys(reasons))
