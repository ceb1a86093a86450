"""The outbox as operators export it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from models.outbox import OutboxMessage

KEYS = ("id", "person_id", "key", "due", "channel", "state", "attempts", "reason", "text")


def outbox_lines(connection: Connection) -> Iterator[dict[str, Any]]:
    """Every message in the order in which it was put in; moments in UTC."""
    columns = [getattr(OutboxMessage, name) for name in KEYS]
    rows = connection.execution_options(yield_per=1000).execute(select(*columns).order_by(OutboxMessage.id))
    for row in rows.mappings():
        yield {**row, "due": row["due"].isoformat()}
