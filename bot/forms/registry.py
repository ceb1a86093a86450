"""Which maker stands behind which form, and which forms are too big to be made while somebody waits for a page."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, BinaryIO

from sqlalchemy import Connection

from bot.forms.archive import make_archive
from bot.forms.ledger import make_ledger
from bot.forms.order import Made, Order
from bot.forms.own_book import make_own_book
from bot.forms.pace_picture import make_picture
from bot.forms.papers import make_skeleton
from bot.forms.review import make_own_review, make_review
from bot.forms.schedule import make_schedule
from bot.forms.summary import make_school_mix, make_summary
from bot.forms.task_list import make_task_list
from bot.forms.year_sheet import make_year_sheet, make_year_sheets
from bot.service import Service
from models.filing import office
from models.year_sheets import how_many

MAKERS: Mapping[str, Callable[[Order], Made]] = {
    "ledger": make_ledger,
    "schedule": make_schedule,
    "task_list": make_task_list,
    "summary": make_summary,
    "school_mix": make_school_mix,
    "picture": make_picture,
    "year_sheet": make_year_sheet,
    "review": make_review,
    "own_review": make_own_review,
    "skeleton": make_skeleton,
    "own_book": make_own_book,
}
# These write as they go, since they may be large.
WRITERS: Mapping[str, Callable[[Order, BinaryIO], Made]] = {"year_sheets": make_year_sheets, "archive": make_archive}
ALONE = frozenset(
    {"picture", "year_sheet", "own_review", "skeleton", "school_mix"}
)  # one person's, or one small question
MANY = 150  # people; with more the other forms take longer than a page may


def is_big(connection: Connection, form: str, wanted: Mapping[str, Any], today: date) -> bool:
    """Whether a form is to be made in a process of its own."""
    return form not in ALONE and how_many(connection, office(connection, wanted["unit"]).path, today.year) > MANY


def make(
    service: Service, connection: Connection, form: str, wanted: Mapping[str, Any], viewer: int, now: datetime
) -> Made:
    """A file from the records as they are now; nothing of it is kept."""
    out = io.BytesIO()
    made = write(order_of(service, connection, wanted, viewer, now), form, out)
    return replace(made, content=out.getvalue())


def write(order: Order, form: str, out: BinaryIO) -> Made:
    """Write the file; what is given back has no content."""
    if form in WRITERS:
        return WRITERS[form](order, out)
    made = MAKERS[form](order)
    out.write(made.content)
    return replace(made, content=b"")


def order_of(service: Service, connection: Connection, wanted: Mapping[str, Any], viewer: int, now: datetime) -> Order:
    """What the makers are given."""
    return Order(
        connection,
        service.policies,
        service.calendars,
        service.vault,
        office(connection, wanted["unit"]),
        _day(wanted.get("start")),
        _day(wanted.get("end")),
        now,
        viewer,
        wanted.get("person"),
        str(wanted.get("kind") or ""),
        wanted.get("book"),
    )


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
