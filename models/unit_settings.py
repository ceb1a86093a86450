"""What a unit may set for itself: ratings, spot checks, practice, how early its hand-ins are drafted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from models.refusal import Refusal
from models.units import Unit

SWITCHES: Mapping[str, str] = {"rating": "rating_on", "spot_check": "spot_check_on", "training": "training"}
MOST_LEAD_DAYS = 10


class UnitSettings(NamedTuple):
    """A unit's settings as they are."""

    rating_on: bool
    spot_check_on: bool
    training: bool
    lead_days: int


def settings_of(connection: Connection, unit_id: int) -> UnitSettings:
    """The settings of a unit."""
    columns = [getattr(Unit, name) for name in UnitSettings._fields]
    return UnitSettings._make(connection.execute(select(*columns).where(Unit.id == unit_id)).one())


def switch(connection: Connection, unit_id: int, what: str, *, on: bool) -> None:
    """Turn one of SWITCHES on or off."""
    connection.execute(update(Unit).where(Unit.id == unit_id).values({SWITCHES[what]: on}))


def set_lead_days(connection: Connection, unit_id: int, days: str) -> int:
    """Keep how many workdays before its last day a hand-in is drafted; raises Refusal for what is no such number."""
    if not days.isascii() or not days.isdigit() or len(days) > 3 or int(days) > MOST_LEAD_DAYS:
        raise Refusal(f"提前天数请填0到{MOST_LEAD_DAYS}的整数（工作日）。")
    connection.execute(update(Unit).where(Unit.id == unit_id).values(lead_days=int(days)))
    return int(days)
