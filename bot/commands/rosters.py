"""Taking a roster in, and giving lists out."""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TextIO

from sqlalchemy.orm import Session

from bot.service import Service
from models.roster import Report, import_roster
from models.roster_codes import codes


def take_in(service: Service, file: Path, now: datetime, *, preview: bool = False) -> Report:
    """Import a workbook, all or nothing; as a preview, only say what would change."""
    with Session(service.engine) as session, session.begin():
        return import_roster(session, service.vault, file, now, policies=_names(service), preview=preview)


def _names(service: Service) -> Collection[str]:
    return tuple(service.policies)


def write_codes(service: Service, out: TextIO = sys.stdout) -> None:
    """Write the open join codes as CSV: unit, name, code."""
    rows = csv.writer(out)
    rows.writerow(("单位", "姓名", "绑定码"))
    with service.engine.connect() as connection:
        rows.writerows(codes(connection))
