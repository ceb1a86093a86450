"""The form that changes one entry: what its fields hold, and what they would change, checked before anything is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any, TypeVar

from bot.web.fields import amount, day, whole
from bot.web.visit import Form, Visit
from bot.web.words import clean
from handlers.needs import Draft, first_need
from handlers.places import find_place
from handlers.wording import AUDIENCES, number
from models.facts import Fact
from models.refusal import Refusal

Value = TypeVar("Value")

GONE = "没有这条记录，可能已经撤销。回“我的记录”看看。"
PEOPLE = ("interview", "pairing")
CROWDS = ("lecture", "theme_day", "exchange")
UNCOUNTED = ("issue", "identity")
CONFIRMABLE = ("crowd", "earlier")
LACKS = {
    "day": "请填日期。",
    "future": "这一天还没到，只能记做过的。",
    "earlier": "这是上个学期的日子。没错的话，勾上“没错，照这样记”。",
    "count": "请填数量。",
    "days": "驻校天数比这段日子还多，请改天数或日期。",
    "crowd": "一天见这么多人，数没错的话，勾上“没错，照这样记”。",
    "audience": "请选访谈的是谁。",
}
CONFIRM = tuple(LACKS[kind] for kind in CONFIRMABLE)


def fact_meant(visit: Visit, form: Form) -> Fact:
    """The entry that a form is about, as it was when the form was made."""
    number_of = whole(form.get("id"))
    fact = next((f for f in visit.who.facts if f.id == number_of), None)
    if fact is None:
        raise Refusal(GONE)
    if form.get("was") != version(fact):
        raise Refusal("这条刚刚被改过。请先看看下面的“来龙去脉”，还要改再保存。")
    return fact


def version(fact: Fact) -> str:
    """Differs as soon as anything of the entry does."""
    return blake2b(repr(fact._replace(made_at=None)).encode(), digest_size=8).hexdigest()


def typed(visit: Visit, fact: Fact) -> dict[str, str]:
    """What the form's fields hold: what was typed, else the entry's values."""
    own = {
        "audience": fact.audience or "",
        "count": number(fact.count) if fact.count is not None else "",
        "start": fact.start.isoformat() if fact.start else "",
        "end": fact.end.isoformat() if fact.end else "",
        "place": fact.place or "",
        "attendance": str(fact.attendance or ""),
    }
    return {name: visit.typed.get(name, value) for name, value in own.items()}


def _changes(visit: Visit, fact: Fact, form: Form) -> dict[str, Any]:
    """The columns that the form gives another value."""
    start, end = _days(form)
    new = {
        "start": start,
        "end": end,
        "count": _count(fact, form),
        "audience": _audience(fact, form),
        "attendance": whole(form.get("attendance")) if fact.activity in CROWDS else fact.attendance,
    }
    changes = {name: value for name, value in new.items() if value != getattr(fact, name)}
    changes |= {"at_least": None} if "count" in changes else {}
    return changes | _place(visit, fact, form.get("place"))


def _days(form: Form) -> tuple[date, date]:
    start = _must(day(form.get("start")), "请填开始的日期。")
    end = day(form.get("end")) or start
    if end < start:
        raise Refusal("结束的日期在开始之前，请改一下。")
    return start, end


def _audience(fact: Fact, form: Form) -> str | None:
    said = form.get("audience") or None
    if fact.activity not in PEOPLE:
        return fact.audience
    if said not in (None, fact.audience, *AUDIENCES):
        raise Refusal(LACKS["audience"])
    return said


def _count(fact: Fact, form: Form) -> Decimal | None:
    if fact.activity in UNCOUNTED:
        return fact.count
    return _must(amount(form.get("count")), "数量要填大于0的数；一件也没做的话，请撤销这条。")


def _must(value: Value | None, words: str) -> Value:
    if value is None:
        raise Refusal(words)
    return value


def _place(visit: Visit, fact: Fact, said: str) -> dict[str, Any]:
    if said == (fact.place or ""):
        return {}
    place = find_place(visit.asked, clean(said[:80], visit.local) or None)
    return {"place": place.words, "school_id": place.school_id, "away": place.away, "linked": place.linked}


def checked(visit: Visit, form: Form) -> tuple[Fact, dict[str, Any], tuple[str, ...]]:
    """The entry, what changes in it, and what was confirmed; refused where it would lack something then."""
    fact = fact_meant(visit, form)
    changes = _changes(visit, fact, form)
    if not changes and fact.state == "active":
        raise Refusal("和原来一样，没有要改的。")
    confirmed = CONFIRMABLE if form.get("sure") else ()
    need = first_need(Draft(fact._asdict() | changes, confirmed=confirmed), visit.today, visit.asked.calendar)
    if need:
        raise Refusal(LACKS.get(need.kind, need.text))
    return fact, changes, confirmed
