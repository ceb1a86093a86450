"""A roster taken in: all or nothing, every fault named, again without harm, changing only what it says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.roster_calendar import take_classes, take_terms
from models.roster_columns import SHEETS
from models.roster_people import take_people
from models.roster_remarks import Masks, without_people
from models.roster_sheets import HEADING_ROWS, Fault, Reading, Row, Tables, read_tables, read_workbook
from models.roster_tree import Tree
from models.roster_units import take_units
from models.roster_work import Change, Work
from models.units import Unit
from models.vault import Vault
from models.zone import CHINA

DEFAULT_POLICIES = ("pioneer_2017",)
SHOWN = 200
_LOCK = 0x726F7374


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do. With any fault nothing was written; counts are by sheet."""

    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    faults: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    seen: frozenset[int] = frozenset()
    touched: frozenset[int] = frozenset()
    preview: bool = False

    @property
    def ok(self) -> bool:
        """Whether the file was without fault."""
        return not self.faults

    def lines(self) -> list[str]:
        """The report in words for the operator."""
        if self.faults:
            head = f"有{len(self.faults)}处要改，什么都没有导入。改好后再导入一次："
            return [head, *(str(fault) for fault in self.faults), *self.notes]
        counts = [
            f"{sheet}：新增{self.added.get(sheet, 0)}，修改{self.changed.get(sheet, 0)}，不变{self.unchanged.get(sheet, 0)}"
            for sheet in SHEETS
            if any(sheet in tally for tally in (self.added, self.changed, self.unchanged))
        ]
        shown = [str(change) for change in self.changes[:SHOWN]] if self.preview else []
        more = [f"……还有{len(self.changes) - SHOWN}处"] if self.preview and len(self.changes) > SHOWN else []
        head = "将会这样修改（还没有导入）：" if self.preview else "已导入："
        return [head, *(counts or ["文件里没有数据行"]), *shown, *more, *self.notes]


def import_roster(
    session: Session,
    vault: Vault,
    file: Path | BinaryIO,
    now: datetime,
    *,
    policies: Collection[str] = DEFAULT_POLICIES,
    preview: bool = False,
    masks: Masks = str,
) -> Report:
    """Take in a workbook; the caller commits. With a fault, or as a preview, the session is left as it was."""
    return take(session, vault, without_people(read_workbook(file), masks), now, policies, preview=preview)


def import_tables(
    session: Session, vault: Vault, tables: Tables, now: datetime, *, policies: Collection[str] = DEFAULT_POLICIES
) -> Report:
    """Take in the same sheets given as plain rows; the caller commits."""
    return take(session, vault, read_tables(tables), now, policies)


def take(
    session: Session,
    vault: Vault,
    reading: Reading,
    now: datetime,
    policies: Collection[str],
    *,
    preview: bool = False,
    within: str = "",
) -> Report:
    """Take in what was read, as `import_roster` does; `within` bounds it to a unit's path and all below."""
    savepoint = session.begin_nested()
    _take_turn(session)
    tree = Tree(session.scalars(select(Unit)), within)
    work = Work(session, vault, now, now.astimezone(CHINA).date(), policies, tree, within)
    if any(fault.sheet in ("单位", "学校") and fault.row <= HEADING_ROWS for fault in reading.faults):
        tree.spoil_all()  # a sheet could not be read: do not report everybody who leans on it
    with session.no_autoflush:
        _take_sheets(work, reading.rows)
    faults = _in_order([*reading.faults, *work.faults])
    if faults or preview:
        savepoint.rollback()
    else:
        session.flush()
        savepoint.commit()
    notes = tuple(reading.notes)
    if faults:
        return Report({}, {}, {}, faults, notes=notes, preview=preview)
    tallies = (dict(work.added), dict(work.changed), dict(work.unchanged))
    return Report(
        *tallies,
        changes=tuple(work.changes),
        notes=(*notes, *work.notes),
        seen=frozenset(work.seen),
        touched=frozenset(work.touched),
        preview=preview,
    )


def _take_sheets(work: Work, rows: Mapping[str, list[Row]]) -> None:
    take_units(work, rows.get("单位", []), rows.get("学校", []))
    take_terms(work, rows.get("校历", []))
    take_classes(work, rows.get("班级", []))
    take_people(work, rows.get("人员", []))


def _take_turn(session: Session) -> None:
    # Two imports at once would each reckon from a state the other is changing; SQLite has one writer anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    places = {name: place for place, name in enumerate(SHEETS)}
    return tuple(sorted(faults, key=lambda fault: (places.get(fault.sheet, -1), fault.row)))
