"""A bare answer to an open question: 队员, 3, 昨天, 是."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.understanding.meaning import Entry
from handlers import places
from handlers.asked import Asked
from handlers.asked_by_push import answer_plan, answer_reason
from handlers.needs import Draft, first_need
from handlers.not_done import answer_not_done
from handlers.planned import WENT, days_went
from handlers.put_off import answer_moved
from handlers.recording import as_fact, question, read_back, record, row_beside
from handlers.selecting import may_mean, naming
from handlers.spot_check_answers import answer_freely, answer_marked
from handlers.task_line_answers import answer_line
from handlers.waving_off import ABOUT_RECORDS, SPLIT, dropped, in_parts, leaves_it
from models import journal
from models.assignments import assign
from models.context import OpenQuestion
from models.facts import Fact

Apply = Callable[[Asked, OpenQuestion], str | None]
ASKS = re.compile("(?:几天|多少|哪[些几天]|什么|怎么|为何|为啥|吗)[^，,]{0,4}[?？]?$")
ANSWERING = ("confirm", "deny", "unknown", "amend", "plan", "nothing")


def answer_question(asked: Asked) -> str | None:
    """The reply where the message answers an open question, the oldest that takes it; None where none does."""
    waiting = [q for q in asked.context.questions if q.kind in APPLY]
    if not waiting:
        return None
    whole = (WHOLE[q.kind](asked, q) for q in waiting if q.kind in WHOLE)
    said = next((reply for reply in whole if reply), None)
    if said or not _bare(asked) or _of_another(asked, waiting):
        return said or _split(asked, waiting)
    replies = (_waved_off(asked, q) or APPLY[q.kind](asked, q) for q in waiting)
    return next((reply for reply in replies if reply), None) or _again(asked, waiting)


def _of_another(asked: Asked, waiting: Sequence[OpenQuestion]) -> bool:
    """Whether a correction names a record (昨天的辅导员改成4个) that no question is about."""
    named = naming(asked) if asked.meaning.intent == "amend" else {}
    facts = [fact for fact in (_fact(asked, q) for q in waiting) if fact]
    return bool(named and facts) and not any(may_mean(fact, named) for fact in facts)


def _waved_off(asked: Asked, pending: OpenQuestion) -> str | None:
    """不用了: the record that the question is about is dropped; 随便: as proposed, where something was."""
    said = dropped(asked, pending, _fact(asked, pending)) if pending.kind in ABOUT_RECORDS else None
    if said:
        return _next_or(asked, pending, said)
    if not leaves_it(asked):
        return None
    word = "deny" if pending.kind in ("school", "top_up") else "confirm"
    chosen = replace(asked, meaning=replace(asked.meaning, intent=word))
    return APPLY[pending.kind](chosen, pending) or "那先放着，不计入；想起来再说，不要了回“不用了”。"


def _bare(asked: Asked) -> bool:
    """Whether the message could be an answer; one that tells of a deed or a plan of its own always wins."""
    told = asked.meaning.intent == "plan" and asked.meaning.fragment.get("activity")
    asks = ASKS.search(asked.meaning.masked) is not None
    return (asked.meaning.intent in ANSWERING or leaves_it(asked)) and not told and not asks


def _split(asked: Asked, waiting: Sequence[OpenQuestion]) -> str | None:
    """队员3，辅导员2 after 共5名: the parts of what was asked about, not something new."""
    parts = asked.meaning.entries
    asks = [q for q in waiting if q.kind == "audience"]
    fact = _fact(asked, asks[0]) if asks else None
    alike = all(e.activity == "interview" and e.audience and e.count and not e.dated for e in parts)
    if fact is None or asked.meaning.intent != "check_in" or len(parts) < 2 or not alike:
        return None
    if sum(Decimal(str(e.count)) for e in parts) != fact.count and not asks[0].data.get(SPLIT):
        return None
    return _share_out(asked, asks[0], fact, parts)


def _share_out(asked: Asked, pending: OpenQuestion, fact: Fact, parts: Sequence[Entry]) -> str:
    """The pending record becomes the first part; the others stand beside it on the same day and place."""
    first: dict[str, Any] = {"audience": parts[0].audience, "count": Decimal(str(parts[0].count)), "state": "active"}
    journal.change_entry(asked.connection, asked.actor, fact.id, fact._asdict(), first, "answer")
    journal.settle(asked.connection, pending.id)
    rows = [row_beside(fact, part) for part in parts[1:]]
    ids = journal.add_entries(asked.connection, asked.actor, rows)
    others = [as_fact(i, asked.message_id, row, asked) for i, row in zip(ids, rows, strict=True)]
    return read_back(asked, [fact._replace(**first), *others], following(asked, pending))


def _again(asked: Asked, waiting: Sequence[OpenQuestion]) -> str | None:
    """A "yes" or "no" that no question can take: the first once more, with the way out."""
    insist = [q for q in waiting if q.kind not in PATIENT and not q.came_back]
    if not insist or asked.meaning.intent not in ("confirm", "deny"):
        return None
    return f"{insist[0].text}不要这条了，回“不用了”。"


def _said(asked: Asked, name: str) -> Any:
    """A value from a bare answer, or from a correction worded as one (改成5)."""
    slots = asked.meaning.slots if asked.meaning.intent == "amend" else {}
    return slots.get(name, asked.meaning.fragment.get(name))


def _fact(asked: Asked, pending: OpenQuestion) -> Fact | None:
    return next((f for f in asked.context.facts if f.id == pending.entry_id), None)


def complete(asked: Asked, pending: OpenQuestion, changes: Mapping[str, Any], confirmed: str = "") -> str | None:
    """Apply an answer to its record; ask the next open point of it, or let it count."""
    fact = _fact(asked, pending)
    if fact is None:
        journal.settle(asked.connection, pending.id, "dropped")
        return None
    told = [*pending.data.get("confirmed", ()), *filter(None, [confirmed])]
    row = fact._asdict() | dict(changes)
    again = Draft(row, None, told)
    need = first_need(again, asked.today, asked.calendar)
    after = {**changes, "state": "pending" if need else "active"}
    journal.change_entry(asked.connection, asked.actor, fact.id, fact._asdict(), after, "answer")
    journal.settle(asked.connection, pending.id)
    asks = [question(need, fact.id, again)] if need else []
    if asks:
        journal.ask(asked.connection, asked.actor, asks)
    return read_back(asked, [fact._replace(**after)], asks or following(asked, pending))


def following(asked: Asked, answered: OpenQuestion) -> list[dict[str, Any]]:
    """The next of several open questions, asked in turn."""
    others = [q for q in asked.context.questions if q.kind in APPLY and q.id != answered.id]
    return [{"text": q.text} for q in others[:1]]


def _count(asked: Asked, pending: OpenQuestion) -> str | None:
    value = _said(asked, "count")
    if value is None and asked.meaning.intent == "confirm":
        value = pending.data.get("suggest")
    if value is not None:
        return complete(asked, pending, {"count": Decimal(str(value)), "at_least": None})
    least = asked.meaning.fragment.get("at_least")
    return complete(asked, pending, {"at_least": Decimal(str(least))}) if least and pending.kind == "count" else None


def _crowd(asked: Asked, pending: OpenQuestion) -> str | None:
    if asked.meaning.intent == "confirm":
        return complete(asked, pending, {}, "crowd")
    return _count(asked, pending)


def _audience(asked: Asked, pending: OpenQuestion) -> str | None:
    value = _said(asked, "audience")
    return complete(asked, pending, {"audience": value}) if value else in_parts(asked, pending)


def _group(asked: Asked, pending: OpenQuestion) -> str | None:
    """队员, after 学生不算在队员里: the people were such after all."""
    value = _said(asked, "audience")
    if value:
        return complete(asked, pending, {"audience": value})
    if asked.meaning.intent not in ("confirm", "deny"):
        return None
    journal.settle(asked.connection, pending.id)
    return _next_or(asked, pending, f"好的，就按{pending.data['said']}记。")


def _days_said(asked: Asked) -> dict[str, date] | None:
    start = _said(asked, "start")
    return {"start": start, "end": _said(asked, "end") or start} if start else None


def _day(asked: Asked, pending: OpenQuestion) -> str | None:
    days = _days_said(asked)
    return complete(asked, pending, days) if days else None


def _term(asked: Asked, pending: OpenQuestion) -> str | None:
    """上个 keeps the days that were understood; 第一 means the present term so far."""
    words = asked.meaning.masked
    if any(word in words for word in ("上个", "上一", "前一", "第二")):
        return complete(asked, pending, {}, "earlier")
    if any(word in words for word in ("第一", "本学", "这学", "这个", "今年")):
        return complete(asked, pending, {name: date.fromisoformat(pending.data[name]) for name in ("start", "end")})
    return None


def _earlier(asked: Asked, pending: OpenQuestion) -> str | None:
    if asked.meaning.intent == "confirm":
        return complete(asked, pending, {}, "earlier")
    return _day(asked, pending)


def _school(asked: Asked, pending: OpenQuestion) -> str | None:
    if asked.meaning.intent not in ("confirm", "deny"):
        return None
    journal.settle(asked.connection, pending.id)
    if asked.meaning.intent == "deny":
        return _next_or(asked, pending, "好的，就按这个记。")
    own = places.primary(asked)
    return _is_own(asked, pending) if own is None else _was_own(asked, pending)


def _is_own(asked: Asked, pending: OpenQuestion) -> str:
    """The place becomes the person's school."""
    place = pending.data["place"]
    chosen = assign(asked.connection, asked.person_id, asked.context.unit_path, place, asked.today, asked.calendar)
    return _next_or(asked, pending, f"好的，你的蹲点学校是{chosen.name}。")


def _was_own(asked: Asked, pending: OpenQuestion) -> str | None:
    """The place was a slip of the pen for the own school: all records of that message are put right."""
    own = places.primary(asked)
    if own is None:
        return None
    fixed: dict[str, Any] = {"place": own.name, "school_id": own.school_id, "away": False, "linked": False}
    slips = [f for f in asked.context.facts if f.away and f.place == pending.data["place"]]
    for fact in slips:
        journal.change_entry(asked.connection, asked.actor, fact.id, fact._asdict(), fixed, "answer")
    return read_back(asked, [f._replace(**fixed) for f in slips], following(asked, pending), head="已改")


def _top_up(asked: Asked, pending: OpenQuestion) -> str | None:
    if asked.meaning.intent not in ("confirm", "deny"):
        return None
    journal.settle(asked.connection, pending.id)
    if asked.meaning.intent == "deny":
        return _next_or(asked, pending, "好的，不补记。")
    return record(asked, [Entry(**pending.data, start=asked.today, end=asked.today)], again=True)


def _plan(asked: Asked, pending: OpenQuestion) -> str | None:
    """昨天计划的驻校,去了吗? 是 records it."""
    went = asked.meaning.intent == "confirm" or WENT.fullmatch(asked.meaning.masked) is not None
    days = days_went(asked, pending)
    went = went or days is not None
    other = asked.meaning.fragment.get("activity")
    if asked.meaning.intent == "nothing" and other not in (None, "on_site", pending.data["activity"]):
        return None
    if pending.plan_id is None or not (went or asked.meaning.intent in ("deny", "nothing")):
        return None
    journal.settle(asked.connection, pending.id)
    beside = [dict(one) for one in pending.data.get("beside", ())]
    for number in (pending.plan_id, *(one.pop("id") for one in beside)):
        journal.close_plan(asked.connection, number, "done" if went else "missed")
    if not went:
        return _next_or(asked, pending, "好的，没去也没关系，不记。")
    first = {name: value for name, value in pending.data.items() if name != "beside"}
    first |= {} if days is None else {"count": days}
    return record(asked, [_done(asked, data) for data in (first, *beside)], again=True)


def _done(asked: Asked, data: Mapping[str, Any]) -> Entry:
    """A plan as the deed it became, up to today."""
    start, end = (date.fromisoformat(data[name]) for name in ("start", "end"))
    return Entry(**{**data, "start": start, "end": max(start, min(end, asked.today))})


def _next_or(asked: Asked, pending: OpenQuestion, words: str) -> str:
    later = following(asked, pending)
    return f"{words}\n{later[0]['text']}" if later else words


PATIENT = ("when", "reason", "check")  # asked by a push: neither put again nor dropped
WHOLE: Mapping[str, Apply] = {"when": answer_plan, "check": answer_marked}  # these look at every message
ASKED_ONCE = ("moved", "school", "group", "top_up", "plan", "not_done")
APPLY: Mapping[str, Apply] = {
    "count": _count,
    "days": _count,
    "crowd": _crowd,
    "audience": _audience,
    "group": _group,
    "day": _day,
    "term": _term,
    "future": _day,
    "earlier": _earlier,
    "school": _school,
    "top_up": _top_up,
    "plan": _plan,
    "task_line": answer_line,
    "moved": answer_moved,
    "not_done": answer_not_done,
    "when": answer_plan,
    "reason": answer_reason,
    "check": answer_freely,
}
