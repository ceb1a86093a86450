"""What one import holds while it works: the database's state, what was found wrong, what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.roster_differences import Difference
from models.roster_sheets import Fault, Row
from models.roster_tree import Spoilt, Tree, Wrong
from models.units import Unit
from models.vault import Vault


@dataclass(frozen=True, slots=True)
class Change:
    """One row that adds or changes something, in words for the operator; nothing secret is repeated."""

    sheet: str
    row: int
    name: str
    new: bool = False
    differences: tuple[Difference, ...] = ()

    @property
    def what(self) -> str:
        """The change in one line."""
        return "新增" if self.new else "；".join(map(str, self.differences))

    def __str__(self) -> str:
        return f"{self.sheet} 第{self.row}行 {self.name}：{self.what}"


@dataclass(slots=True)
class Work:
    """One import under way."""

    session: Session
    vault: Vault
    now: datetime
    today: date
    known_policies: Collection[str]
    tree: Tree
    within: str = ""  # the path of the unit whose people, and all below, this import may change; empty for all
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)  # people that the file speaks of
    touched: set[int] = field(default_factory=set)  # those of them who were there before, and changed

    def each(self, rows: list[Row], take: Callable[[Row], None]) -> None:
        """Take every row that could be read; what is wrong with it becomes a fault, and the rest goes on."""
        for row in rows:
            if "faulty" in row.said:
                continue
            try:
                take(row)
            except Wrong as fault:
                self.faults.append(Fault(row.sheet, row.number, str(fault)))
            except Spoilt:
                continue

    def count(self, row: Row, name: str, new: bool, differences: list[Difference], unit: Unit | None = None) -> None:
        """Note what a row did; raises Wrong where it changes something outside the scope."""
        if unit is not None and (new or differences):
            self.check_within(unit)
        tally = self.added if new else self.changed if differences else self.unchanged
        tally[row.sheet] += 1
        if new or differences:
            told = dict.fromkeys(differences)
            self.changes.append(Change(row.sheet, row.number, name, new, tuple(told)))

    def check_within(self, unit: Unit) -> None:
        """Raise Wrong where a unit is not of the scope."""
        if not unit.path.startswith(self.within):
            raise Wrong(f"“{unit.name}”不在本单位及以下，在这里改不了；请上级单位的管理员来改")

    def check_policies(self, said: Mapping[str, Any]) -> None:
        """Raise Wrong where a policy is named that does not exist."""
        unknown = [name for name in said.get("policies", "").split() if name not in self.known_policies]
        if unknown:
            raise Wrong(f"没有“{unknown[0][:40]}”这个适用制度，可填：{' '.join(sorted(self.known_policies))}")
