"""A hand-over carried out with all that follows: both are told, and what counts for them is reckoned anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from handlers.figures import keep_person
from handlers.handing_words import parts, to_giver, to_taker
from models.calendars import CalendarOf
from models.handing import hand_over
from models.handover import Handover
from models.journal import Actor
from models.notices import tell
from models.policy import Policy


def carry_out(
    connection: Connection,
    policies: Mapping[str, Policy],
    calendar_of: CalendarOf,
    actor: Actor,
    one: Handover,
    now: datetime,
    today: date,
) -> str:
    """Hand the post over; gives what went over in words."""
    handed = hand_over(connection, actor, one)
    for person_id in (one.giver_id, one.taker_id):
        keep_person(connection, policies, calendar_of, person_id, today)
    tell(connection, [one.taker_id], f"handover:{one.id}:taken", to_taker(one, handed), now)
    tell(connection, [one.giver_id], f"handover:{one.id}:given", to_giver(one, handed), now)
    return "；".join(parts(handed))
