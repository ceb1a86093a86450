"""Not going on days to come: a leave, unless it is only put off or a day of this week."""

from __future__ import annotations

from datetime import timedelta

from .dates import Days
from .late import late
from .reading import Reading

LATER = late("(?:改|再|补|换|挪|推)[^,。]{0,6}(?:去|到|补|天|周)|[天周]再")
DATED = late(r"\d[日号.]|请假|起")


def one_day_soon(days: Days, reading: Reading) -> bool:
    """True for a single working day of this week, spoken of without its date."""
    friday = reading.today + timedelta(days=4 - reading.today.weekday())
    return days.first == days.last and days.last is not None and days.last <= friday and not DATED.search(reading.text)


def absence(reading: Reading) -> dict[str, object]:
    """12月1日到5日不驻校: not going on days to come is a leave, unless it is only the rest of this week."""
    for deed in reading.deeds:
        days = deed.days[0] if deed.negated and deed.activity == "on_site" and deed.days else None
        if (
            days is not None
            and days.first
            and days.last
            and days.first > reading.today
            and not LATER.search(reading.text, deed.end)
            and not one_day_soon(days, reading)
        ):
            return {"start": days.first, "end": deed.days[-1].last}
    return {}
