"""The tree of units in memory: found by name, by `上级/名称`, or by what lies nearest; and orders merged."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from models.roster_words import fold
from models.units import Unit

Thing = TypeVar("Thing", bound=Hashable)


class Wrong(Exception):
    """A row cannot be taken; the text is the reason and what to do."""


class Spoilt(Exception):
    """A row leans on one that is wrong itself and was reported already."""


def last_name(words: str) -> str:
    """The folded name itself of `上级/名称`."""
    return fold(re.split(r"[/／>]", words)[-1])


class Tree:
    """All units, those of the database and those just made."""

    def __init__(self, units: Iterable[Unit], within: str = "") -> None:
        self.within = within
        self.units: dict[int, Unit] = {}
        self._named: dict[str, list[Unit]] = {}
        self.spoilt: set[str] = set()
        self._all_spoilt = False
        for unit in units:
            self.add(unit)

    def add(self, unit: Unit) -> None:
        """Take in a unit that has its number."""
        self.units[unit.id] = unit
        self._named.setdefault(fold(unit.name), []).append(unit)

    def spoil_all(self) -> None:
        """Take every unit that is not found for one that was reported already."""
        self._all_spoilt = True

    def rename(self, unit: Unit, name: str) -> None:
        """Find a unit under its new name from now on."""
        self._named[fold(unit.name)].remove(unit)
        self._named.setdefault(fold(name), []).append(unit)

    def named(self, words: str, *, everywhere: bool = False) -> list[Unit]:
        """Every unit that `名称` or `上级/名称` may mean; within a scope, none beside it unless `everywhere`."""
        *above, own = [fold(part) for part in re.split(r"[/／>]", words) if fold(part)] or [""]
        found = [unit for unit in self._named.get(own, []) if self._is_below(unit, above)]
        return [unit for unit in found if everywhere or self._in_line(unit)]

    def _in_line(self, unit: Unit) -> bool:
        return unit.path.startswith(self.within) or self.within.startswith(unit.path)

    def child(self, parent: Unit | None, name: str) -> Unit | None:
        """The unit of this name directly below the parent."""
        wanted = parent.id if parent else None
        return next((u for u in self._named.get(fold(name), []) if u.parent_id == wanted), None)

    def find(self, words: str, near: Unit | None = None) -> Unit:
        """The one unit meant; of several, the one nearest to `near`. Raises Wrong or Spoilt.

        Who stays at a school may stay at any, so with `near` the scope does not matter.
        """
        found = self.named(words, everywhere=near is not None)
        if near and len(found) > 1:
            found = self._nearest(found, near)
        if len(found) == 1:
            return found[0]
        if last_name(words) in self.spoilt or (not found and self._all_spoilt):
            raise Spoilt
        if not found:
            raise Wrong(f"没有“{words[:40]}”这个单位或学校，请先写进“单位”或“学校”表，或改正名称")
        places = "、".join(self.full_name(unit) for unit in found[:3])
        raise Wrong(f"“{words[:40]}”有{len(found)}个({places}),请写成“上级/名称”")

    def full_name(self, unit: Unit) -> str:
        """A name with the one above it, as it may be written in a roster."""
        above = self.units.get(unit.parent_id) if unit.parent_id else None
        return f"{above.name}/{unit.name}" if above else unit.name

    def chain(self, unit: Unit | None) -> list[Unit]:
        """The unit and all above it, upwards."""
        line = []
        while unit is not None and unit not in line:
            line.append(unit)
            unit = self.units.get(unit.parent_id) if unit.parent_id else None
        return line

    def _is_below(self, unit: Unit, above: list[str]) -> bool:
        line = iter(fold(u.name) for u in self.chain(unit)[1:])
        return all(name in line for name in reversed(above))

    def _nearest(self, units: list[Unit], near: Unit) -> list[Unit]:
        home = {u.id for u in self.chain(near)}
        shared = {unit.id: sum(u.id in home for u in self.chain(unit)) for unit in units}
        return [unit for unit in units if shared[unit.id] == max(shared.values())]


def merged_order(current: Sequence[Thing], said: Sequence[Thing]) -> list[Thing]:
    """The order after a file: what it names stands in its order, new things behind the one before, the rest as it was."""
    known = set(current)
    named = set(said)
    in_turn = iter([thing for thing in said if thing in known])
    order = [next(in_turn) if thing in named else thing for thing in current]
    followers: dict[Thing, list[Thing]] = {}
    last: Thing | None = None
    leading: list[Thing] = []
    for thing in said:
        if thing in known:
            last = thing
        elif last is None:
            leading.append(thing)
        else:
            followers.setdefault(last, []).append(thing)
    merged = [kept for thing in order for kept in (thing, *followers.get(thing, ()))]
    first = next((i for i, thing in enumerate(merged) if thing in named), len(merged))
    return merged[:first] + leading + merged[first:]
