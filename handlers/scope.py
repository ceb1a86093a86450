"""What a supervisor may see: the own unit and all below it, never sideways or up."""

from __future__ import annotations

import re
from typing import TypeVar

from handlers.asked import Asked
from models.audit import refused
from models.refusal import Refusal
from models.regions import unit_at, units_named
from models.team import UnitRow

MOST_DIGITS = 16
CALLED = re.compile(
    "(?:看看?|查一?下|说说)?(?P<unit>[一-鿿]{2,6}?)(?:那边|这边|那里)?(?:的|现在|最近)*(?:情况|进度|进展|数据)?(?:怎么样|咋样|如何|情况|进度|进展)了?[?？。]?"
)
Found = TypeVar("Found")


def within(asked: Asked, found: Found | None, words: str) -> Found:
    """What was looked for within the asker's scope; where there is none, the try is kept and the words say so."""
    if not found:
        refused(asked.connection, asked.person_id, None, asked.now)
        raise Refusal(words)
    return found


def unit_meant(asked: Asked, region: str | None) -> UnitRow:
    """The unit a region's words mean within the asker's scope; the asker's own where none was said."""
    who = asked.context
    own = UnitRow(who.unit_id, who.unit_name, who.unit_path)
    if not region:
        return own
    found = units_named(asked.connection, region)
    inside = [unit for unit in found if unit.path.startswith(own.path)]
    if not inside:
        refused(asked.connection, asked.person_id, found[0].id if found else None, asked.now)
        raise Refusal(f"“{region}”不在你能看的范围（{own.name}及以下），或名册里没有这个单位。")
    if len(inside) > 1:
        raise Refusal(f"“{region}”有{len(inside)}个：{'、'.join(u.name for u in inside[:5])}。请写全名。")
    return inside[0]


def called(asked: Asked) -> str | None:
    """沁水怎么样: the unit's short name, where one of the scope is called so and nothing else is said."""
    said = CALLED.fullmatch(asked.meaning.masked)
    inside = asked.context.unit_path
    found = units_named(asked.connection, said["unit"]) if said else ()
    return said["unit"] if said and any(unit.path.startswith(inside) for unit in found) else None


def unit_numbered(asked: Asked, number: str | None) -> UnitRow:
    """The unit of this number within the asker's scope; the asker's own where none was given."""
    who = asked.context
    if not number or number == str(who.unit_id):
        return UnitRow(who.unit_id, who.unit_name, who.unit_path)
    found = unit_at(asked.connection, int(number)) if number.isdecimal() and len(number) < MOST_DIGITS else None
    if found is None or not found.path.startswith(who.unit_path):
        refused(asked.connection, asked.person_id, found.id if found else None, asked.now)
        raise Refusal(f"这个单位不在你能看的范围（{who.unit_name}及以下）。")
    return found
