"""Whose records a spot check draws from: those of a unit and all below it, or of one person who is named."""

from __future__ import annotations

import re
from typing import NamedTuple

from handlers.asked import Asked
from handlers.scope import unit_meant, within
from models.colleagues import Colleague, mentioned, named
from models.refusal import Refusal
from models.regions import region_in
from models.team import UnitRow

SAID = re.compile(r"抽查?(?:一下|下|取)?(?P<name>[一-鿿]{2,4}?)(?:同志)?的\d*[条个份]?(?:记录|材料|台账)")


class Whose(NamedTuple):
    """The unit for which the draw is kept, whose records alone (or all), and who that is in words: as told, and as asked for."""

    unit: UnitRow
    only: int | None
    told: str
    asked: str


def whose(asked: Asked) -> Whose:
    """As the words say; a name that nobody in the scope bears is refused, not passed over."""
    words = asked.meaning.masked
    region = asked.meaning.slots.get("region") or region_in(asked.connection, words)
    unit = unit_meant(asked, region)
    name = _name(asked, unit, words.replace(region or "", ""))
    if name is None:
        return Whose(unit, None, f"{unit.name}及以下", "" if unit.id == asked.context.unit_id else unit.name)
    one = _one(asked, name, unit)
    return Whose(UnitRow(one.unit_id, one.unit, one.path), one.id, f"{one.name}（{one.unit}）", one.unit + one.name)


def _name(asked: Asked, unit: UnitRow, words: str) -> str | None:
    """As understood, as the roster knows it, or as it stands before 的 where it would be a name elsewhere too."""
    known = asked.meaning.slots.get("name") or mentioned(asked.connection, words, unit.path, asked.today)
    said = SAID.search(words)
    if known or not said or not asked.reads:
        return known
    alone = asked.reads(f"查一下{said['name']}", asked.now)
    return said["name"] if alone.slots.get("name") == said["name"] else None


def _one(asked: Asked, name: str, unit: UnitRow) -> Colleague:
    listed = named(asked.connection, name, unit.path, asked.today)
    found = within(asked, listed, f"{unit.name}及以下没有叫{name}的人，没有抽。")
    here = [one for one in found if one.unit in asked.meaning.masked] or found
    if len(here) > 1:
        units = "、".join(one.unit for one in here)
        raise Refusal(f"叫{name}的有{len(here)}位：{units}。请连单位一起说，如：抽查{here[0].unit}{name}3条。")
    if here[0].id == asked.person_id:
        raise Refusal("自己的记录，要由别人来抽查。")
    return here[0]
