"""Every kind of message that can be pushed: what it says at the moment of sending, and whether hours bind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot import digests, notices, passing_on, reminding
from bot.reminding import Books, Words
from models.outbox_rows import Row

Speak = Callable[[Connection, Books, Row, datetime], Words | str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message. `words` gives the words, or the reason for saying nothing any more."""

    words: Speak
    hours: bool = True


KINDS: Mapping[str, Kind] = {
    reminding.PACE: Kind(reminding.words),
    reminding.NUDGE: Kind(reminding.nudge_words),
    reminding.WISH: Kind(reminding.own_words, hours=False),
    digests.KIND: Kind(digests.words, hours=False),
    passing_on.KIND: Kind(passing_on.words),
    notices.KIND: Kind(notices.words),
}
