"""Files asked for in chat: a link good for a day, a code, the one browser that gave it, wrong codes counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from models.items import Item, ItemEvent
from models.journal import Actor
from models.works import open_work

KIND = "file"
GOOD = timedelta(hours=24)
TRIES = 5


class FileAsked(NamedTuple):
    """One file as it was asked for; `data` holds what it is to be made from, and who may have it."""

    id: int
    person_id: int
    unit_id: int
    title: str
    status: str
    due_at: datetime
    data: dict[str, Any]

    @property
    def left(self) -> int:
        """How many more codes may be tried."""
        return max(TRIES - int(self.data.get("failures", 0)), 0)


_COLUMNS = [getattr(Item, name) for name in FileAsked._fields]


def ask_file(connection: Connection, actor: Actor, form: str, code: str, wanted: Mapping[str, Any]) -> int:
    """Keep that a file was asked for; `code` is hashed already."""
    data = dict(wanted) | {"code": code, "failures": 0}
    return open_work(connection, actor, KIND, title=form, data=data, due_at=actor.at + GOOD)


def file_asked(connection: Connection, number: int, now: datetime, *, lock: bool = False) -> FileAsked | None:
    """A file that is still to be had; none once its day is over."""
    statement = select(*_COLUMNS).where(Item.id == number, Item.kind == KIND, Item.due_at > now)
    row = connection.execute(statement.with_for_update() if lock else statement).first()
    return FileAsked._make(row) if row else None


def give_code(connection: Connection, number: int, code: str, browser: str, now: datetime) -> str:
    """Try a code: `bound` to this browser, `wrong`, `locked` after too many, `taken` by another browser, or `gone`."""
    found = file_asked(connection, number, now, lock=True)
    if found is None or found.status != "open":
        return {"locked": "locked", "bound": "taken"}.get(found.status, "gone") if found else "gone"
    right = compare_digest(str(found.data["code"]), code)
    failures = int(found.data["failures"]) + (0 if right else 1)
    status = "bound" if right else "locked" if failures >= TRIES else "open"
    changed = found.data | {"failures": failures} | ({"browser": browser} if right else {})
    connection.execute(update(Item).where(Item.id == number).values(status=status, data=changed))
    _note(connection, found, status if status != "open" else "wrong", now)
    return status if status != "open" else "wrong"


def is_theirs(found: FileAsked, browser: str) -> bool:
    """Whether this browser is the one that gave the code."""
    return found.status == "bound" and compare_digest(str(found.data.get("browser", "")), browser)


def note_taken(connection: Connection, found: FileAsked, now: datetime) -> None:
    """Keep that the file was downloaded."""
    _note(connection, found, "taken", now)


def _note(connection: Connection, found: FileAsked, kind: str, now: datetime) -> None:
    values = {"item_id": found.id, "person_id": found.person_id, "at": now, "kind": kind, "data": {}}
    connection.execute(insert(ItemEvent).values(**values))
