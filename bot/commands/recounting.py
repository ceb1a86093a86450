"""Proving the kept totals against the entries, on a live database."""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.service import Service
from models.database import reading
from models.recount import Difference, recount


def compare(service: Service, write: Callable[[str], object], *, repair: bool) -> int:
    """Write each difference as one JSON line; gives how many there are. Only a repair writes to the database."""
    engine = service.engine if repair else reading(service.engine)
    found = 0
    with engine.connect() as connection, connection.begin():
        for difference in recount(connection, service.policies, service.calendars.of, repair=repair):
            write(_line(difference))
            found += 1
    return found


def _line(one: Difference) -> str:
    row = {"person_id": one.person_id, "metric": one.metric, "period": one.period}
    return json.dumps(row | {"kept": float(one.kept), "entries": float(one.reckoned)}, ensure_ascii=False)
