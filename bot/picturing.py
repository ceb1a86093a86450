"""The picture that a reply leads to, for a platform that can show it at once."""

from __future__ import annotations

import re
from datetime import datetime

from bot import clock
from bot.forms.registry import make
from bot.links import number_of
from bot.service import Service
from models.database import reading
from models.passes import find, note
from models.refusal import Refusal

LINK = re.compile(r"/f/([\w.\-]+)")


def picture_behind(service: Service, reply: str, now: datetime) -> bytes | None:
    """The drawing behind a reply's link; None where it leads to another thing, or cannot be drawn."""
    found = LINK.search(reply)
    number = number_of(service.settings, found[1]) if found else None
    if number is None:
        return None
    with reading(service.engine).connect() as connection:
        link = find(connection, number, now)
        if link is None or link.title != "picture":
            return None
        try:
            made = make(service, connection, link.title, link.data, link.person_id, clock.local(now))
        except Refusal:
            return None
    with service.engine.begin() as connection:
        note(connection, link, "taken", now)
    return made.content
