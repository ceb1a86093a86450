"""Which maker stands behind which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.forms.ledger import make_ledger
from bot.forms.order import Made, Order
from bot.forms.pace_picture import make_picture
from bot.forms.schedule import make_schedule
from bot.forms.summary import make_summary
from bot.forms.task_list import make_task_list
from bot.service import Service
from models.filing import office

MAKERS: Mapping[str, Callable[[Order], Made]] = {
    "ledger": make_ledger,
    "schedule": make_schedule,
    "task_list": make_task_list,
    "summary": make_summary,
    "picture": make_picture,
}


def make(
    service: Service, connection: Connection, form: str, wanted: Mapping[str, Any], viewer: int, now: datetime
) -> Made:
    """A file from the records as they are now; nothing of it is kept."""
    order = Order(
        connection,
        service.policies,
        service.calendars,
        service.vault,
        office(connection, wanted["unit"]),
        _day(wanted.get("start")),
        _day(wanted.get("end")),
        now,
        viewer,
    )
    return MAKERS[form](order)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
