"""The help list: who was told twice in vain, knows that the administrator sees it, and what they said of the reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from models.items import Item
from models.records import Question

KIND = "help"
OPEN, OVER = "open", "over"


class Wanted(NamedTuple):
    """A goal that belongs on the list now."""

    person_id: int
    unit_id: int
    rule: str
    period: str
    said: str


def keep(connection: Connection, persons: Collection[int], wanted: Sequence[Wanted], now: datetime) -> int:
    """Bring the list of these people up to date; gives how many goals are new on it."""
    mine = (Item.kind == KIND, Item.status == OPEN, Item.person_id.in_(persons))
    rows = connection.execute(select(Item.id, Item.person_id, Item.title, Item.period).where(*mine)).all()
    known = {(row.person_id, row.title, row.period): row.id for row in rows}
    now_on = {(one.person_id, one.rule, one.period): one for one in wanted}
    gone = [number for key, number in known.items() if key not in now_on]
    if gone:
        connection.execute(update(Item).where(Item.id.in_(gone)).values(status=OVER))
    given = _given(connection, [one.person_id for key, one in now_on.items() if key not in known])
    new = [_row(one, given.get(key, ""), now) for key, one in now_on.items() if key not in known]
    if new:
        connection.execute(insert(Item), new)
    return len(new)


def _given(connection: Connection, persons: Collection[int]) -> dict[tuple[int, str, str], str]:
    """Reasons that people gave before they stood on the list."""
    mine = (Question.kind == "reason", Question.state == "answered", Question.person_id.in_(persons))
    rows = connection.execute(select(Question.person_id, Question.data).where(*mine).order_by(Question.id))
    return {(person, data["rule"], data["period"]): data.get("reason", "") for person, data in rows}


def _row(one: Wanted, reason: str, now: datetime) -> dict[str, object]:
    row = {"kind": KIND, "person_id": one.person_id, "unit_id": one.unit_id, "title": one.rule, "period": one.period}
    return row | {"status": OPEN, "text": reason, "data": {"said": one.said}, "made_at": now}


def give_reason(connection: Connection, person_id: int, text: str) -> None:
    """Keep what a person says of the reason, with every goal that was asked about, on the list already or not."""
    asked = (Question.person_id == person_id, Question.kind == "reason", Question.state == "open")
    for number, data in connection.execute(select(Question.id, Question.data).where(*asked)).all():
        new = {"state": "answered", "data": data | {"reason": text[:200]}}
        connection.execute(update(Question).where(Question.id == number).values(**new))
    mine = (Item.kind == KIND, Item.status == OPEN, Item.person_id == person_id)
    connection.execute(update(Item).where(*mine).values(text=text[:200]))
