"""我的记录：今天记了什么，上周记了什么"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.asked import MEMBER, Asked
from handlers.planned import SHOWN, listed
from handlers.wording import span, thing
from models.facts import Fact

WHO = MEMBER
EXAMPLE = "我的记录"
NEWEST = 10


def answer(asked: Asked) -> str:
    """The records of the days said, by day; without days the newest ones."""
    if SHOWN.search(asked.meaning.masked):
        return listed(asked)
    start, end = asked.meaning.slots.get("start"), asked.meaning.slots.get("end")
    found = _between(asked.context.facts, start, end or start) if start else _newest(asked.context.facts)
    when = f"{span(start, end, asked.today)}" if start else "最近"
    if not found:
        return f"{when}没有记录。说做了什么就会记下，如：今天访谈3名队员。"
    return "\n".join([f"{when}的记录（{len(found)}条）：", *(_line(asked, fact) for fact in found)])


def _newest(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(sorted(facts, key=lambda f: f.id)[-NEWEST:], key=_by_day)


def _between(facts: Sequence[Fact], start: date, end: date) -> list[Fact]:
    inside = [f for f in facts if f.start and f.end and f.start <= end and f.end >= start]
    return sorted(inside, key=_by_day)


def _by_day(fact: Fact) -> tuple[date, int]:
    return fact.start or date.max, fact.id


def _line(asked: Asked, fact: Fact) -> str:
    place = f" {fact.place}" if fact.place else ""
    waits = "（待补，未计入）" if fact.state == "pending" else ""
    return f"{span(fact.start, fact.end, asked.today)}{place} {thing(fact, fact.count)}{waits}"
