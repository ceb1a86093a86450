"""Why a person was, or was not, reminded on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from models.outbox import Decision
from models.outbox_rows import INSERTS


class Decided(NamedTuple):
    """One person's decision of a day."""

    person_id: int
    day: date
    remind: bool
    reason: str
    data: Mapping[str, Any]


def keep(connection: Connection, decided: Sequence[Decided]) -> None:
    """Store decisions; a day on which somebody was reminded stays one, whatever a later run decides."""
    if not decided:
        return
    insert = INSERTS[connection.dialect.name](Decision)
    new = {name: getattr(insert.excluded, name) for name in ("remind", "reason", "data")}
    merge = insert.on_conflict_do_update(
        index_elements=["person_id", "day"], set_=new, where=Decision.remind.is_(False)
    )
    connection.execute(merge, [one._asdict() for one in decided])


def last(connection: Connection, person_id: int) -> Decided | None:
    """The newest decision about a person."""
    columns = [getattr(Decision, name) for name in Decided._fields]
    statement = select(*columns).where(Decision.person_id == person_id).order_by(Decision.day.desc()).limit(1)
    row = connection.execute(statement).first()
    return Decided(*row) if row else None
