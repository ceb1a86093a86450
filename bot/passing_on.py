"""What could not be delivered for three workdays gives the unit's administrator one sentence to pass on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.reminding import Books, Words
from models.outbox_rows import Row
from models.undelivered import Undelivered, still_undelivered

KIND = "pass_on"
TITLE = "有提醒没有送到"


def words(connection: Connection, books: Books, row: Row, now: datetime) -> Words | str:  # noqa: ARG001
    """The sentences for those who have not heard meanwhile."""
    left = still_undelivered(connection, row.data.get("rows", []))
    if not left:
        return "heard meanwhile"
    names = "、".join(dict.fromkeys(one.name for one in left))
    return Words(sentences(left), TITLE, f"请转告{names}", row.data)


def sentences(left: list[Undelivered]) -> str:
    """One sentence a person."""
    return "\n".join(f"有条提醒三个工作日没送到{one.name}那里，请转告：{_facts(one.text)}" for one in left)


def _facts(text: str) -> str:
    """The lines that state facts; what tells the person to answer is left out."""
    return "；".join(line for line in text.split("\n") if line and not line.startswith("回“"))
