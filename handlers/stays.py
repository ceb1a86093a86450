"""A stay that is known already: said again it is no second record, as a day counts once."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.asked import Asked
from handlers.needs import Draft
from handlers.wording import number, span
from models.facts import Fact

WHOLE_DAY = 1


def known(asked: Asked, draft: Draft) -> Fact | None:
    """The record that holds this day at this school in full."""
    row = draft.row
    if draft.activity != "on_site" or draft.start is None or draft.start != draft.end:
        return None
    if row["count"] is None or row["count"] > WHOLE_DAY:
        return None
    return next((fact for fact in asked.context.facts if _holds(fact, draft)), None)


def _holds(fact: Fact, draft: Draft) -> bool:
    if fact.activity != "on_site" or fact.state != "active" or not _there(fact, draft):
        return False
    if fact.start is None or fact.end is None or draft.start is None or not fact.start <= draft.start <= fact.end:
        return False
    every_day = fact.count == (fact.end - fact.start).days + 1
    return every_day and not (draft.row["full_day"] and not fact.full_day)


def _there(fact: Fact, draft: Draft) -> bool:
    named = ("school_id", "away") if fact.school_id else ("school_id", "place")
    return all(getattr(fact, name) == draft.row[name] for name in named)


def told(asked: Asked, found: Sequence[tuple[Draft, Fact]]) -> str:
    """Which days were known already, and the word that makes one shorter."""
    days = "、".join(dict.fromkeys(span(draft.start, draft.end, asked.today) for draft, _ in found))
    short = [draft.row["count"] for draft, fact in found if draft.row["count"] < WHOLE_DAY]
    hint = f"其实只有{number(short[0])}天的话，回“驻校改成{number(short[0])}天”。" if short else ""
    return f"{days}的驻校记过了，没有重复记。{hint}"
