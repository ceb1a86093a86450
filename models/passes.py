"""Links asked for in chat: good for a day, a code, the one browser that gave it, wrong codes counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any, NamedTuple

from sqlalchemy import Connection, exists, insert, select, update

from models.items import Item, ItemEvent
from models.journal import Actor
from models.people import Account
from models.works import open_work

KIND = "link"
PAGES = "pages"  # the title of a link to the pages; any other is a form's name
GOOD = timedelta(hours=24)
TRIES = 5


class Pass(NamedTuple):
    """One link as it was asked for; `data` holds what lies behind it, and who may have it."""

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


_COLUMNS = [getattr(Item, name) for name in Pass._fields]


def issue(connection: Connection, actor: Actor, title: str, code: str, wanted: Mapping[str, Any]) -> int:
    """Keep that a link was asked for; `code` is hashed already."""
    data = dict(wanted) | {"code": code, "failures": 0}
    return open_work(connection, actor, KIND, title=title, data=data, due_at=actor.at + GOOD)


def find(connection: Connection, number: int, now: datetime, *, lock: bool = False) -> Pass | None:
    """A link that still leads somewhere; none once its day is over or its person has left the chat or joined it anew."""
    theirs = exists().where(Account.person_id == Item.person_id)
    # Whoever joins anew may have lost the telephone that older links were opened on.
    anew = exists().where(Account.person_id == Item.person_id, Account.joined_at > Item.made_at)
    statement = select(*_COLUMNS).where(Item.id == number, Item.kind == KIND, Item.due_at > now, theirs, ~anew)
    row = connection.execute(statement.with_for_update() if lock else statement).first()
    return Pass._make(row) if row else None


def give_code(connection: Connection, number: int, code: str, browser: str, now: datetime) -> str:
    """Try a code: `bound` to this browser, `wrong`, `locked` after too many, `taken` by another browser, or `gone`."""
    found = find(connection, number, now, lock=True)
    if found is None or found.status != "open":
        return {"locked": "locked", "bound": "taken"}.get(found.status, "gone") if found else "gone"
    right = compare_digest(str(found.data["code"]), code)
    failures = int(found.data["failures"]) + (0 if right else 1)
    status = "bound" if right else "locked" if failures >= TRIES else "open"
    changed = found.data | {"failures": failures} | ({"browser": browser} if right else {})
    connection.execute(update(Item).where(Item.id == number).values(status=status, data=changed))
    note(connection, found, status if status != "open" else "wrong", now)
    return status if status != "open" else "wrong"


def bind(connection: Connection, number: int, browser: str, now: datetime) -> None:
    """Give a link to a browser that the platform knows as its person's; the one that had it before has it no more."""
    found = find(connection, number, now, lock=True)
    if found is None or found.status not in ("open", "bound"):
        return
    changed = found.data | {"browser": browser}
    connection.execute(update(Item).where(Item.id == number).values(status="bound", data=changed))
    note(connection, found, "known", now)


def is_theirs(found: Pass, browser: str) -> bool:
    """Whether this browser is the one that gave the code."""
    return found.status == "bound" and compare_digest(str(found.data.get("browser", "")), browser)


def note(connection: Connection, found: Pass, kind: str, now: datetime) -> None:
    """Keep what became of a link: a wrong code, a file taken."""
    values = {"item_id": found.id, "person_id": found.person_id, "at": now, "kind": kind, "data": {}}
    connection.execute(insert(ItemEvent).values(**values))
