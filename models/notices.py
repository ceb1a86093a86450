"""Messages that wait on somebody or answer them: an approval asked for, a list returned, a problem answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from models.outbox_rows import Draft, put

KIND = "notice"
KEPT = timedelta(days=14)


def tell(
    connection: Connection,
    persons: Iterable[int],
    what: str,
    text: str,
    now: datetime,
    *,
    item: int = 0,
    status: str = "",
    asks: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Put one message for each person into the outbox; `what` makes its key, so that nobody is told twice.

    With an item and a status it is sent only as long as the item still has that status. `asks` are questions that go
    out with it, for an answer in chat.
    """
    data: dict[str, Any] = {"item": item, "status": status} if item else {}
    data |= {"asks": list(asks)} if asks else {}
    drafts = [Draft(person, f"{what}:{person}", KIND, now, now + KEPT, text, data) for person in persons]
    put(connection, drafts, now)
