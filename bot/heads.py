"""What comes before an answer: pushes that could not go out, a plan whose day has passed, a question still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.bundling import spoken
from bot.reminding import Words
from handlers.answering import APPLY, ASKED_ONCE, PATIENT
from handlers.asked import Asked
from handlers.put_off import packed
from handlers.wording import Thing, relative, span, thing, unnumbered
from models import journal
from models.asking import ask_once
from models.calendar import Calendar
from models.context import CAME_BACK, OpenPlan, OpenQuestion, TermRow
from models.leaving import mark_cleared, mark_shown
from models.outbox_rows import held
from models.policy import Policy

RULE = "\n————\n"  # between what waited and the answer
LOOKED_UP = ("my_progress", "my_records")  # who looks things up is told each time what waits
HEADED = ("check_in", "nothing", "plan", *LOOKED_UP, "smalltalk", "unknown", "issue_report")


@dataclass(frozen=True, slots=True)
class _Books:
    """The asker's own rules and days."""

    policies: Mapping[str, Policy]
    calendar: Calendar

    @property
    def calendars(self) -> _Books:
        return self

    def of(self, rows: tuple[TermRow, ...] = ()) -> Calendar:  # noqa: ARG002
        return self.calendar


def waiting(asked: Asked) -> str:
    """Pushes that waited for this contact, in the words of this moment; each is shown once, or cleared."""
    due = [w.id for w in asked.context.waiting if w.due <= asked.now]
    rows = held(asked.connection, due, asked.now) if due else []
    books = _Books(asked.policies, asked.calendar)
    said = {row.id: spoken(asked.connection, books, row, asked.now) for row in rows}
    texts = {number: words.text for number, words in said.items() if isinstance(words, Words)}
    mark_cleared(asked.connection, {number: why for number, why in said.items() if isinstance(why, str)}, asked.now)
    shown = mark_shown(asked.connection, texts, asked.now)
    for number in shown:
        ask_once(asked.connection, asked.person_id, _asks(said[number]), asked.now)
    return "".join(f"{texts[number]}{RULE}" for number in sorted(shown))


def _asks(words: Words | str) -> Sequence[Mapping[str, Any]]:
    return words.asks if isinstance(words, Words) else ()


def question(asked: Asked) -> str:
    """The oldest question that did not come back yet, else a plan whose day has passed, asked once."""
    if asked.meaning.intent not in HEADED:
        return ""
    still = [q for q in asked.context.questions if q.kind in APPLY and q.kind not in PATIENT]
    if still and still[0].kind in ASKED_ONCE:
        journal.settle(asked.connection, still.pop(0).id, "dropped")
    due = [q for q in still if asked.meaning.intent in LOOKED_UP or not q.came_back]
    return _put_again(asked, due[0]) if due else "" if still else _plan(asked)


def _put_again(asked: Asked, one: OpenQuestion) -> str:
    """A question comes back once by itself; after that it waits until somebody looks things up."""
    if not one.came_back:
        journal.note(asked.connection, one.id, {**one.data, CAME_BACK: True})
    return f"还差一问：{one.text}\n"


def _plan(asked: Asked) -> str:
    passed = [p for p in asked.context.plans if p.end and p.end < asked.today]
    for plan in passed:
        if _told(asked, plan):
            journal.close_plan(asked.connection, plan.id, "done")
    open_ones = [p for p in passed if not _told(asked, plan=p)]
    return _ask(asked, [p for p in open_ones if alike(p, open_ones[0])]) if open_ones else ""


def alike(one: OpenPlan, other: OpenPlan) -> bool:
    """Whether one message put both on the same day."""
    return (one.message_id, one.start, one.end) == (other.message_id, other.start, other.end)


def _told(asked: Asked, plan: OpenPlan) -> bool:
    """Whether what was planned has been recorded since, or is in this very message."""
    done: list[Thing] = [*asked.context.facts, *asked.meaning.entries]
    return any(d.activity == plan.activity and _meet(d, plan) for d in done)


def _meet(done: Thing, plan: Thing) -> bool:
    if done.start is None or done.end is None or plan.start is None or plan.end is None:
        return False
    return done.start <= plan.end and done.end >= plan.start


def _ask(asked: Asked, plans: Sequence[OpenPlan]) -> str:
    """One question for all that was planned together."""
    for one in plans:
        journal.close_plan(asked.connection, one.id, "asked")
    plan, *beside = plans
    where = f"（{plan.place}）" if plan.place else ""
    verb = "都做了吗" if beside else "去了吗" if plan.activity == "on_site" else "做了吗"
    what = unnumbered("、".join(thing(one, one.count) for one in plans))
    first = plan.start or asked.today
    when = relative(first, asked.today) if plan.end in (None, first) else span(first, plan.end, asked.today)
    text = f"{when}计划的{what}{where}，{verb}？回“是”就记上，没有就回“没有”。"
    data = packed(plan) | ({"beside": [packed(one) | {"id": one.id} for one in beside]} if beside else {})
    journal.ask(asked.connection, asked.actor, [{"kind": "plan", "text": text, "plan_id": plan.id, "data": data}])
    return f"{text}\n"
