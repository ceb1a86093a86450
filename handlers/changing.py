"""Stored records changed or withdrawn, with what they held before: one road for chat and pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from handlers.asked import Asked
from handlers.figures import brief, refresh
from handlers.needs import Draft, first_need
from handlers.recording import question
from handlers.wording import listing
from models import journal
from models.facts import Fact
from models.journal import stated


def withdraw(asked: Asked, meant: Sequence[Fact]) -> str:
    """Take records back; gives the sentence that says so, and what that leaves."""
    for fact in meant:
        journal.change_entry(asked.connection, asked.actor, fact.id, fact._asdict(), {"state": "withdrawn"}, "undo")
    return f"已撤销 {told(asked, meant, [])}"


def change(
    asked: Asked, pairs: Sequence[tuple[Fact, Mapping[str, Any]]], confirmed: Collection[str] = ()
) -> tuple[list[Fact], list[dict[str, Any]]]:
    """Give records new values; those that then lack something wait, and the questions about them are given back."""
    changed, asks = [], []
    for fact, changes in pairs:
        again = Draft(fact._asdict() | dict(changes), confirmed=confirmed)
        need = first_need(again, asked.today, asked.calendar)
        after = {**changes, "state": "pending" if need else "active"}
        journal.change_entry(asked.connection, asked.actor, fact.id, fact._asdict(), after, "amend")
        journal.close_questions(asked.connection, fact.id)
        changed.append(fact._replace(**after))
        asks += [question(need, fact.id, again)] if need else []
    if asks:
        journal.ask(asked.connection, asked.actor, asks)
    return changed, asks


def told(asked: Asked, before: Sequence[Fact], after: Sequence[Fact]) -> str:
    """Keep the figures with some records in place of others, and name the records and the figures they go into."""
    gone = {fact.id for fact in before}
    found = refresh(asked, [*(f for f in asked.context.facts if f.id not in gone), *after])
    meant = after or before
    progress = brief(found, meant)
    texts = stated(asked.connection, [f.id for f in meant if f.activity == "issue"])
    what = listing([(f, f.count, f.place, texts.get(f.id)) for f in meant], asked.today)
    return f"{what}。" + (f"{progress}。" if progress else "")
