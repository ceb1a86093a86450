"""Entries and items as arithmetic sees them: plain tuples, no session, no names."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

Stretch = tuple[int, date, date | None]


class Fact(NamedTuple):
    """One entry. `away`: at no school of the person's; `linked`: at one linked beside the own. `state` as in records.ENTRY_STATES.

    `made_at` may be left out (None) of what is older than a day.
    """

    id: int
    message_id: int | None
    activity: str | None
    audience: str | None
    count: Decimal | None  # type: ignore[assignment] # a field by this name is meant, not the tuple's method
    start: date | None
    end: date | None
    method: str | None
    met_before: int | None
    of: int | None
    class_name: str | None
    place: str | None
    school_id: int | None
    full_day: bool | None
    away: bool
    linked: bool
    attendance: int | None
    at_least: Decimal | None
    state: str
    made_at: datetime | None = None


class ItemFact(NamedTuple):
    """One item that a rule may need: a report or case and whether it was accepted, a key task and its follow-ups."""

    id: int
    kind: str
    status: str
    day: date | None
    entry_id: int | None
    follow_ups: int


class Bound(NamedTuple):
    """What decides which rules bind a person, and from when: `level` and `policies` come from the unit (or the person).

    `assigned` lists the own schools as (school_id, from, to), `linked` those linked beside them; `joined_on` shifts expectations, never the goals.
    """

    person_id: int
    level: str
    post: str
    roles: frozenset[str]
    policies: tuple[str, ...]
    joined_on: date | None
    grassroots_posting: bool
    assigned: tuple[Stretch, ...]
    linked: tuple[Stretch, ...] = ()
