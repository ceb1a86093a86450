"""Whether a person recorded anything on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from models.records import Entry
from models.zone import CHINA


def recorded_on(connection: Connection, person_id: int, day: date) -> bool:
    """Whether something was recorded on this day, for whichever day it was done."""
    start = datetime.combine(day, datetime.min.time(), CHINA)
    made = (Entry.made_at >= start, Entry.made_at < start + timedelta(days=1))
    mine = (Entry.person_id == person_id, Entry.state == "active", *made)
    return connection.execute(select(Entry.id).where(*mine).limit(1)).first() is not None
