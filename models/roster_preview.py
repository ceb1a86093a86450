"""An import in two steps: exactly what would change, then, by the same digest, exactly that."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection, or_, select
from sqlalchemy.orm import Session

from models.people import Person
from models.refusal import Refusal
from models.roster import Report, take
from models.roster_files import read_file
from models.roster_remarks import Masks, without_people
from models.units import Unit
from models.uploads import Waiting
from models.vault import Vault
from models.zone import CHINA

MOVED_ON = "名册在你预览之后有过改动，什么都没有导入。下面是新的预览，请再看一遍。"
FAULTY = "文件里还有要改的地方，什么都没有导入。"


class Listed(NamedTuple):
    """Somebody who serves in the unit or below."""

    id: int
    name: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do. `digest` stands for the file and for each change, with what stood there before.

    `known` are the people of the roster whom the file speaks of, `silent` those whom it does not.
    """

    report: Report
    digest: str
    known: tuple[Listed, ...]
    silent: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Importing:
    """One administrator's file: within which unit, by which policies, when."""

    connection: Connection
    vault: Vault
    file: Waiting
    path: str
    policies: Collection[str]
    now: datetime
    masks: Masks = str

    @property
    def today(self) -> date:
        """The day of the import."""
        return self.now.astimezone(CHINA).date()


def preview(one: Importing) -> Preview:
    """What would change; nothing is written."""
    return _run(one, preview=True)


def carry_out(one: Importing, digest: str) -> Preview:
    """Do what the preview of this digest said; raises Refusal, with nothing written, where it would be something else."""
    savepoint = one.connection.begin_nested()
    done = _run(one, preview=False)
    if done.digest == digest and done.report.ok:
        savepoint.commit()
        return done
    savepoint.rollback()
    raise Refusal(MOVED_ON if done.report.ok else FAULTY)


def _run(one: Importing, *, preview: bool) -> Preview:
    people = _serving(one.connection, one.path, one.today)
    reading = without_people(read_file(one.file.name, one.file.content), one.masks)
    with Session(one.connection, join_transaction_mode="create_savepoint") as session:
        report = take(session, one.vault, reading, one.now, one.policies, preview=preview, within=one.path)
        if not preview:
            session.commit()
    known = tuple(person for person in people if person.id in report.seen)
    silent = tuple(person for person in people if person.id not in report.seen) if report.seen else ()
    return Preview(report, _digest(one, report), known, silent)


def _serving(connection: Connection, path: str, today: date) -> list[Listed]:
    alive = or_(Person.left_on.is_(None), Person.left_on > today)
    statement = select(Person.id, Person.name, Unit.id, Unit.name).join(Unit, Unit.id == Person.unit_id)
    here = statement.where(Unit.path.startswith(path, autoescape=True), alive)
    rows = connection.execute(here.order_by(Unit.position, Unit.id, Person.position, Person.id))
    return [Listed._make(row) for row in rows]


def _digest(one: Importing, report: Report) -> str:
    told = [[change.sheet, change.row, change.name, change.new, change.differences] for change in report.changes]
    counted = [dict(tally) for tally in (report.added, report.changed, report.unchanged)]
    faults = [str(fault) for fault in report.faults]
    parts = [one.file.digest, one.path, one.today.isoformat(), told, counted, faults, list(report.notes)]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
