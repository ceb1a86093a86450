"""What people asked to hear at a time of their own; they may lie outside the hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.clock import local
from bot.desk import Desk, Tally
from bot.reminding import OWN_FOOT, WISH, Almanac, Books, verdicts
from models.outbox_rows import Draft, put
from models.wishes import Asks, chosen, is_off, slot

LATE = timedelta(hours=2)  # after that it is not sent: no flood after downtime


def run(desk: Desk, now: datetime) -> Tally:
    """A message for each whose time has come today and for whom something is open."""
    with desk.service.engine.begin() as connection:
        almanac = Almanac(connection, desk.service)
        due = due_now(connection, almanac, now, digest=False)
        drafts = _drafts(connection, desk.service, almanac, due, now) if due else []
        return {"due": len(due), "new": put(connection, drafts, now)}


def due_now(connection: Connection, almanac: Almanac, now: datetime, *, digest: bool) -> dict[int, datetime]:
    """Whose own time has come within the last two hours of today, with the moment."""
    moment = local(now)
    since = moment - LATE
    first = f"{since:%H:%M}" if since.date() == moment.date() else ""
    found: Mapping[int, Asks] = chosen(connection, first, f"{moment:%H:%M}")
    calendar, today = almanac.of(""), moment.date()
    slots = {who: slot(asks, calendar, today) for who, asks in found.items() if asks.digest == digest}
    return {who: at for who, at in slots.items() if at and not is_off(found[who], today)}


def _drafts(
    connection: Connection, books: Books, almanac: Almanac, due: Mapping[int, datetime], now: datetime
) -> list[Draft]:
    found = verdicts(connection, books, almanac, list(due), now, asked=True)
    day = local(now).date()
    open_ones = [one for one in found if one.open]
    return [_draft(one.candidate.bound.person_id, due, f"{one.facts}\n{OWN_FOOT}", str(day)) for one in open_ones]


def _draft(person_id: int, due: Mapping[int, datetime], text: str, day: str) -> Draft:
    at = due[person_id]
    return Draft(person_id, f"{WISH}:{person_id}:{day}", WISH, at, at + LATE, text, {})
