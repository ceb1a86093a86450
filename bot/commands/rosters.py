"""Taking a roster in, and giving lists out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from bot.clock import local
from bot.commands.opening import fail
from bot.forms.entries import export_entries
from bot.forms.tables import write_csv
from bot.service import Service
from bot.understanding.masking import kept_words
from handlers.figures import keep_person
from models.database import reading
from models.refusal import Refusal
from models.roster import Report, import_roster
from models.roster_codes import lacking, make_codes, without_code


def take_in(service: Service, file: Path, now: datetime, *, preview: bool = False) -> Report:
    """Import a workbook, all or nothing; as a preview, only say what would change."""
    with Session(service.engine) as session, session.begin():
        known = tuple(service.policies)
        report = import_roster(session, service.vault, file, now, policies=known, preview=preview, masks=kept_words)
        session.flush()
        for one in () if preview else sorted(report.touched):
            keep_person(session.connection(), service.policies, service.calendars.of, one, local(now).date())
        return report


def take_in_or_fail(service: Service, file: Path, now: datetime) -> None:
    """Import a workbook; end the process where it has faults."""
    report = take_in(service, file, now)
    if not report.ok:
        fail("\n".join(report.lines()))


def write_codes(service: Service, out: BinaryIO, now: datetime, *, again: bool) -> None:
    """Make codes for who has neither account nor code (`again`: nor account); CSV, marked as UTF-8 so that Excel reads it."""
    with service.engine.begin() as connection:
        people = lacking(connection, "/", now.date())
        chosen = [one.id for one in people] if again else without_code(people)
        made = make_codes(connection, service.vault, chosen, "/", now, now.date())
        write_csv(("单位", "姓名", "绑定码"), made, out, "utf-8-sig")


def write_entries(
    service: Service, out: BinaryIO, form: str, start: date | None, end: date | None, unit: str | None
) -> None:
    """Write the records of a time and a unit."""
    try:
        with reading(service.engine).connect() as connection:
            export_entries(connection, out, form, start, end, unit)
    except Refusal as refusal:
        fail(str(refusal))
