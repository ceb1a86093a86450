"""What a form is made from, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from models.calendars import Calendars
from models.filing import Office
from models.policy import Policy
from models.vault import Vault


@dataclass(frozen=True, slots=True)
class Order:
    """A form of a unit and all below it, for a span of days where one was said; `viewer` is who will read it.

    `person` is whose form it is, where it is one person's; `kind` tells forms of one maker apart,
    `book` which of the unit's own workbooks is to be filled; `progress` hears how much
    of a big one is done, from 0 to 1.
    """

    connection: Connection
    policies: Mapping[str, Policy]
    calendars: Calendars
    vault: Vault
    unit: Office
    start: date | None
    end: date | None
    now: datetime
    viewer: int
    person: int | None = None
    kind: str = ""
    book: int | None = None
    progress: Callable[[float], None] = lambda _share: None

    @property
    def today(self) -> date:
        """The day on which the form is made."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name, its kind, and whose names or figures it shows."""

    name: str
    kind: str
    content: bytes
    people: tuple[int, ...] = ()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
