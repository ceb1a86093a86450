"""Questions that go out with a push; each is put once, however often its message is tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from models.records import Question


def ask_once(connection: Connection, person_id: int, asks: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Put these questions to a person, but for those that are open already."""
    if not asks:
        return
    mine = (Question.person_id == person_id, Question.state == "open")
    rows = connection.execute(select(Question.kind, Question.plan_id, Question.data).where(*mine)).all()
    known = [(kind, plan, data) for kind, plan, data in rows]
    plain: dict[str, Any] = {"person_id": person_id, "plan_id": None, "entry_id": None, "data": {}}
    plain |= {"state": "open", "asked_at": now}
    new = [plain | dict(ask) for ask in asks]
    fresh = [row for row in new if (row["kind"], row["plan_id"], row["data"]) not in known]
    if fresh:
        connection.execute(insert(Question), fresh)
