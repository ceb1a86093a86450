"""One message a person a day: what else waits for the same person goes along, and what comes after that waits its turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.clock import CHINA, local
from bot.hours import next_opening
from bot.kinds import KINDS
from bot.reminding import NUDGE, PACE, WISH, Almanac, Books, Words
from models.bundles import Mate, take_along, told_today, waiting_with
from models.deciding import UNASKED
from models.outbox_rows import Row
from models.wishes import asks_of, slot

AT_MOST = 4  # further ones wait: a push has room for about two thousand bytes
OWN_PACE = (PACE, NUDGE, WISH)  # these keep their own time
GAP = "\n————\n"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Later:
    """Not now, but from a moment on."""

    until: datetime
    reason: str


def speak(connection: Connection, books: Books, row: Row, now: datetime) -> Words | Later | str:
    """What goes out for a claimed message and all that goes along with it; or when; or why nothing does."""
    later = _turn(connection, books, row, now)
    if later and (row.expires is None or later.until < row.expires):
        return later
    mates = [mate for mate in waiting_with(connection, row, now, tuple(KINDS)) if _fits(row, mate)][:AT_MOST]
    parts = [*row.data.get("parts", ()), *(_part(mate) for mate in mates)]
    if mates:
        row = row._replace(data={**row.data, "parts": parts})
        take_along(connection, row, mates, now)
    return spoken(connection, books, row, now)


def spoken(connection: Connection, books: Books, row: Row, now: datetime) -> Words | str:
    """The words of a message and of its parts, each asked anew."""
    rows = [row, *(_row(row, part) for part in row.data.get("parts", ()))]
    said = [(one, KINDS[one.kind].words(connection, books, one, now)) for one in rows]
    heard = [(one, words) for one, words in said if isinstance(words, Words)]
    if not heard:
        return next(words for _, words in said if isinstance(words, str))
    return heard[0][1] if len(rows) == 1 else _joined(heard)


def _joined(heard: Sequence[tuple[Row, Words]]) -> Words:
    first = heard[0][1]
    needs = [need for _, words in heard for need in _needs(words.data)]
    data = {**first.data, "kinds": [one.kind for one, _ in heard], "needs": needs}
    asks = [ask for _, words in heard for ask in words.asks]
    return Words(GAP.join(words.text for _, words in heard), first.title, first.brief, data, asks)


def _needs(data: Mapping[str, Any]) -> Sequence[str]:
    needs: Sequence[str] = data.get("needs", ())
    return needs


def _turn(connection: Connection, books: Books, row: Row, now: datetime) -> Later | None:
    """What waits on a person is told once a day, at the person's own time where there is one."""
    if row.kind in OWN_PACE:
        return None
    calendar, today = Almanac(connection, books).of(""), local(now).date()
    own = slot(asks_of(connection, row.person_id), calendar, today)
    if own and own > now:
        return Later(own, "waits for the person's own time")
    midnight = datetime.combine(today, time(), CHINA)
    if told_today(connection, row, midnight, UNASKED):
        return Later(next_opening(calendar, midnight + DAY), "one message a day")
    return None


def _fits(row: Row, mate: Mate) -> bool:
    """Two reminders of the same goals are never one message; nor does anybody's own time move others."""
    return not (row.kind in OWN_PACE and mate.kind in OWN_PACE) and mate.kind != WISH


def _part(mate: Mate) -> dict[str, Any]:
    expires = mate.expires.isoformat() if mate.expires else None
    return {"kind": mate.kind, "key": mate.key, "text": mate.text, "data": mate.data, "expires": expires}


def _row(row: Row, part: Mapping[str, Any]) -> Row:
    return row._replace(kind=part["kind"], text=part["text"], data=part["data"])
