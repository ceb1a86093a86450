"""一条记录：看改过什么，改，撤销"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.web.fields import day, number_in
from bot.web.record_form import CONFIRM, CROWDS, GONE, PEOPLE, UNCOUNTED, checked, fact_meant, typed, version
from bot.web.views.records import card
from bot.web.visit import Done, Form, Shown, Visit
from handlers.asked import MEMBER
from handlers.changing import change, told, withdraw
from handlers.figures import brief, of_person
from handlers.wording import ACTIVITIES, AUDIENCES, number, span
from models.facts import Fact
from models.own_records import Change, OwnRecord, Wanted, history, own_records
from models.refusal import Refusal

WHO = MEMBER
PATH = "record"
LISTED = False
COLUMNS = {
    "activity": "做了什么",
    "audience": "对象",
    "count": "数量",
    "start": "开始",
    "end": "结束",
    "place": "地点",
    "attendance": "参加人数",
    "state": "状态",
}
STEPS = {"amend": "改", "answer": "补全", "undo": "撤销"}
STATES = {"active": "计入", "pending": "待补全", "withdrawn": "已撤销"}


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """One entry with its history and the form that changes it, or the question whether to withdraw it."""
    return _shown(visit, number_in(query, "id"), undo=bool(query.get("undo")))


def _shown(visit: Visit, entry_id: int, *, undo: bool = False, preview: Mapping[str, Any] | None = None) -> Shown:
    one = _own(visit, entry_id)
    fact = next((f for f in visit.who.facts if f.id == entry_id), None)
    values = {
        "card": card(visit, one),
        "fact": fact,
        "now": typed(visit, fact) if fact else {},
        "was": version(fact) if fact else "",
        "undo": undo and fact is not None,
        "after_undo": _effect(visit, [fact], []) if undo and fact else "",
        "preview": preview,
        "asks_sure": visit.fault in CONFIRM or bool(visit.typed.get("sure")),
        "audiences": AUDIENCES if fact and fact.activity in PEOPLE else {},
        "crowd": bool(fact and fact.activity in CROWDS),
        "unit": "" if fact and fact.activity in UNCOUNTED else ACTIVITIES.get(one.activity or "", ("", ""))[1],
        "history": [_step(visit, step) for step in history(visit.connection, entry_id)],
        "schools": [school.name for school in visit.who.own_schools],
    }
    return Shown("pages/record.html", values)


def _own(visit: Visit, entry_id: int) -> OwnRecord:
    """The entry, withdrawn or not, if it is the visitor's."""
    for state in ("", "withdrawn"):
        wanted = Wanted(state=state, ids=[entry_id])
        found = own_records(visit.connection, visit.person_id, visit.who.training, wanted)
        if found:
            return found[0]
    raise Refusal(GONE)


def _effect(visit: Visit, before: list[Fact], after: list[Fact]) -> str:
    """The figures as they would be."""
    gone = {fact.id for fact in before}
    context = replace(visit.who, facts=(*(f for f in visit.who.facts if f.id not in gone), *after))
    asked = visit.asked
    return brief(of_person(context, asked.calendar, asked.policies, visit.today), after or before)


def check(visit: Visit, form: Form) -> Shown:
    """Show what would change, and to what figures it leads; nothing is written."""
    fact, changes, _ = checked(visit, form)
    after = fact._replace(**changes, state="active")
    lines = [_difference(visit, name, getattr(fact, name), value) for name, value in changes.items() if name in COLUMNS]
    preview = {"lines": lines, "effect": _effect(visit, [fact], [after])}
    return _shown(replace(visit, typed=form), fact.id, preview=preview)


def amend(visit: Visit, form: Form) -> Done:
    """Change the entry as the chat does."""
    fact, changes, confirmed = checked(visit, form)
    changed, _ = change(visit.asked, [(fact, changes)], confirmed)
    return Done(f"已改 {told(visit.asked, [fact], changed)}", visit.url("records"))


def undo(visit: Visit, form: Form) -> Done:
    """Withdraw the entry as the chat does."""
    return Done(withdraw(visit.asked, [fact_meant(visit, form)]), visit.url("records"))


def _difference(visit: Visit, name: str, before: Any, after: Any) -> tuple[str, str, str]:
    return COLUMNS[name], _said(visit, name, before), _said(visit, name, after)


def _said(visit: Visit, name: str, value: Any) -> str:
    """A column's value in words, as it is now or as the history keeps it."""
    if value in (None, ""):
        return "没填"
    if name in ("start", "end"):
        return span(day(value) if isinstance(value, str) else value, None, visit.today)
    if name == "activity":
        return ACTIVITIES.get(value, (str(value), ""))[0]
    words = {"audience": AUDIENCES, "state": STATES}.get(name, {})
    return words.get(value) or (number(value) if name == "count" else str(value))


def _step(visit: Visit, step: Change) -> dict[str, Any]:
    lines = [
        _difference(visit, name, step.before.get(name), step.after[name]) for name in step.after if name in COLUMNS
    ]
    return {
        "at": step.at.astimezone(visit.local.tzinfo),
        "kind": STEPS.get(step.kind, "改"),
        "by": step.by or "",
        "lines": [line for line in lines if line[1] != line[2]],
    }


ACTIONS = {"check": check, "amend": amend, "undo": undo}
