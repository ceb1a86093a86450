"""Units and schools of a roster taken into the tree, with their official order and inherited policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from models.roster_columns import SCHOOLS, UNITS
from models.roster_differences import Difference, put
from models.roster_sheets import Row
from models.roster_tree import Wrong, last_name, merged_order
from models.roster_words import fold
from models.roster_work import Work
from models.units import School, Unit

RANKS = {"national": 0, "province": 1, "prefecture": 2, "county": 3, "town": 4, "community": 5}
SCHOOL_LEVELS = {
    "university": "university",
    "middle_school": "",
    "vocational_school": "vocational_school",
    "school": "",
}
HEADINGS = {column.key: column.heading for column in (*UNITS.columns, *SCHOOLS.columns)} | {"parent_id": "上级"}


def take_units(work: Work, units: list[Row], schools: list[Row]) -> None:
    """Units, then schools; afterwards paths, order and inherited policies are right."""
    taker = _Taker(work)
    for row in (*units, *schools):
        if "faulty" in row.said:
            work.tree.spoilt.add(fold(row.said.get("name", "")))
    taker.take(units, taker.unit)
    taker.take(schools, taker.school)
    taker.set_order([*units, *schools])
    taker.inherit()


class _Taker:
    def __init__(self, work: Work) -> None:
        self.work = work
        self.schools = {s.unit_id: s for s in work.session.scalars(select(School))}
        self.before = {unit.id: unit.policies for unit in work.tree.units.values()}
        self.old_order = sorted(work.tree.units.values(), key=lambda unit: (unit.position, unit.id))
        self.taken: dict[tuple[str, int], Row] = {}
        self.repeated: set[str] = set()
        self.by_row: dict[tuple[str, int], Unit] = {}
        self.said_policies: set[int] = set()
        self.top = min((RANKS[u.level] for u in work.tree.units.values() if u.level in RANKS), default=9)

    def take(self, rows: list[Row], one: Callable[[Row], None]) -> None:
        """Parents before children, in whatever order the file has them."""
        levels = [RANKS.get(row.said.get("level", ""), 9) for row in rows if not row.said.get("parent")]
        self.top = min([self.top, *levels])
        waiting = [row for row in rows if "faulty" not in row.said]
        self.repeated = {name for name, n in Counter(fold(row.said["name"]) for row in waiting).items() if n > 1}
        while waiting:
            names = {fold(row.said["name"]) for row in waiting}
            ready = [row for row in waiting if last_name(row.said.get("parent", "")) not in names]
            if not ready:
                self.work.each(waiting, _in_a_circle)
                return
            self.work.each(ready, one)
            self.work.tree.spoilt |= {fold(r.said["name"]) for r in ready if (r.sheet, r.number) not in self.by_row}
            done = {row.number for row in ready}
            waiting = [row for row in waiting if row.number not in done]

    def unit(self, row: Row) -> None:
        """One row of the sheet 单位."""
        said = dict(row.said)
        self.work.check_policies(said)
        unit, differences = self._place(row, said.get("level"))
        if "policies" in said:
            self.said_policies.add(unit.id)
        values: dict[str, Any] = {key: said[key] for key in ("level", "policies") if key in said}
        differences += put(unit, values, HEADINGS)
        self._check_level(unit)
        if unit.level in SCHOOL_LEVELS:
            self._school_of(unit)
        self._finish(row, unit, differences)

    def school(self, row: Row) -> None:
        """One row of the sheet 学校."""
        said = row.said
        unit, differences = self._place(row, "school")
        if unit.level not in SCHOOL_LEVELS:
            raise Wrong(f"“{unit.name}”已是单位，不是学校；请改名称或从“单位”表去掉")
        if unit.id not in self.before and "kind" not in said:
            raise Wrong("缺少类型")
        values: dict[str, Any] = {key: said[key] for key in ("kind", "area", "remark") if key in said}
        if "remark" in said:
            values["weak"] = "薄弱" in said["remark"] and "不薄弱" not in said["remark"]
        differences += put(self._school_of(unit), values, HEADINGS)
        self._finish(row, unit, differences)

    def _finish(self, row: Row, unit: Unit, differences: list[Difference]) -> None:
        self.by_row[row.sheet, row.number] = unit
        if differences and unit.path == self.work.within and unit.parent_id is not None:
            raise Wrong("本单位自己的名称、级别、适用制度由上级单位改；这一行请照现在的写，或者删去")
        self.work.count(row, unit.name, unit.id not in self.before, differences, unit)

    def _school_of(self, unit: Unit) -> School:
        if unit.id not in self.schools:
            kind = SCHOOL_LEVELS[unit.level]
            self.schools[unit.id] = School(unit_id=unit.id, kind=kind, area="", remark="", weak=False)
            self.work.session.add(self.schools[unit.id])
        return self.schools[unit.id]

    def _place(self, row: Row, level: str | None) -> tuple[Unit, list[Difference]]:
        """The row's unit, found or made, under its parent and name."""
        tree, said = self.work.tree, row.said
        parent = tree.find(said["parent"]) if said.get("parent") else None
        unit = self._existing(said, parent)
        if unit is None:
            return self._make(row, parent, level), []
        other = self.taken.setdefault((row.sheet, unit.id), row)
        if other is not row:
            raise Wrong(f"与第{other.number}行重复，请只留一行")
        return unit, self._settle(unit, said["name"], parent)

    def _existing(self, said: Any, parent: Unit | None) -> Unit | None:
        tree = self.work.tree
        if parent is not None:
            same = tree.child(parent, said["name"])
        else:
            found = tree.named(said["name"])
            if len(found) > 1 or fold(said["name"]) in self.repeated:
                raise Wrong(f"“{said['name']}”不止一个，请填上级")
            same = found[0] if found else None
        return same or self._former(said)

    def _former(self, said: Any) -> Unit | None:
        found = self.work.tree.named(said["formerly"]) if said.get("formerly") else []
        if len(found) > 1:
            raise Wrong(f"原名称“{said['formerly'][:40]}”有{len(found)}个，请写成“上级/名称”")
        return found[0] if found else None

    def _make(self, row: Row, parent: Unit | None, level: str | None) -> Unit:
        if level is None:
            raise Wrong("缺少级别")
        if parent is None and RANKS.get(level, 9) > self.top:
            raise Wrong("缺少上级：只有最高一级的单位可以不填")
        unit = Unit(name=row.said["name"], level=level, parent_id=parent.id if parent else None, policies="", path="")
        self.work.session.add(unit)
        self.work.session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        self.work.tree.add(unit)
        self.taken[row.sheet, unit.id] = row
        return unit

    def _settle(self, unit: Unit, name: str, parent: Unit | None) -> list[Difference]:
        differences = []
        if fold(unit.name) != fold(name):
            self.work.tree.rename(unit, name)
        if unit.name != name:
            differences.append(Difference("名称", unit.name, name))
            unit.name = name
        if parent is not None and unit.parent_id != parent.id:
            differences.append(Difference("上级", self._above(unit), parent.name))
            self._move(unit, parent)
        return differences

    def _above(self, unit: Unit) -> str:
        above = self.work.tree.chain(unit)[1:2]
        return above[0].name if above else ""

    def _move(self, unit: Unit, parent: Unit) -> None:
        self.work.check_within(unit)
        if parent.path.startswith(unit.path):
            raise Wrong(f"上级“{parent.name}”就在它自己下面，绕成了圈")
        old, unit.parent_id = unit.path, parent.id
        for below in self.work.tree.units.values():
            if below.path.startswith(old):
                below.path = f"{parent.path}{unit.id}/{below.path[len(old) :]}"

    def _check_level(self, unit: Unit) -> None:
        above = self.work.tree.chain(unit)[1:2]
        if above and RANKS.get(unit.level, 9) < RANKS.get(above[0].level, 0):
            raise Wrong(f"级别高于它的上级“{above[0].name}”，请改正级别或上级")

    def set_order(self, rows: list[Row]) -> None:
        """The official order is the file's; units it does not name keep their place."""
        said = [self.by_row[key] for row in rows if (key := (row.sheet, row.number)) in self.by_row]
        said = [unit for unit in said if unit.path.startswith(self.work.within)]
        for position, unit in enumerate(merged_order(self.old_order, list(dict.fromkeys(said))), 1):
            if unit.position != position:
                unit.position = position

    def inherit(self) -> None:
        """A unit that was given no policies of its own goes with the one above, now and later."""
        units = self.work.tree.units
        for unit in sorted(units.values(), key=lambda u: u.path.count("/")):
            if unit.parent_id is None or unit.id in self.said_policies:
                continue
            above = units[unit.parent_id]
            followed = unit.id not in self.before or self.before[unit.id] == self.before.get(above.id, "")
            if followed and unit.policies != above.policies:
                unit.policies = above.policies


def _in_a_circle(row: Row) -> None:
    raise Wrong(f"上级“{row.said['parent'][:40]}”绕成了圈，请改正上级")
