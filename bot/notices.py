"""The words of a notice at the moment of sending: as they were put in, as long as their matter still stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.reminding import BRIEF, Books, Words
from models.items import Item
from models.notices import KIND
from models.outbox_rows import Row

TITLE = "工作通知"

__all__ = ["KIND", "words"]


def words(connection: Connection, books: Books, row: Row, now: datetime) -> Words | str:  # noqa: ARG001
    """The notice, or why it is not needed any more."""
    item = row.data.get("item")
    if item:
        status = connection.execute(select(Item.status).where(Item.id == item)).scalar()
        if status != row.data["status"]:
            return "settled"
    return Words(row.text, TITLE, row.text[:BRIEF], row.data, row.data.get("asks", ()))
