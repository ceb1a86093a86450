"""加入码：给还没加入的人生成，打印出来发给本人"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.web import keeping
from bot.web.fields import number_in, whole
from bot.web.visit import Form, Shown, Visit
from models.refusal import Refusal
from models.roster_codes import lacking, make_codes
from models.staff import units_below

WHO = keeping.ADMIN
PATH = "codes"
GROUP = keeping.GROUP
MOST = 500


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """Who of a unit has not joined, and how many in those below; codes themselves are nowhere to be read again."""
    unit = keeping.unit_of(visit, number_in(query, "unit"))
    people = [one for one in lacking(visit.connection, unit.path, visit.today) if one.unit_id == unit.id]
    keeping.seen(visit, [one.id for one in people[:MOST]], "codes")
    values = {
        "unit": unit,
        "people": people[:MOST],
        "more": max(len(people) - MOST, 0),
        "below": [one for one in units_below(visit.connection, unit.path, visit.today) if one.people > one.joined],
        "seen": visit.now.isoformat(),
        "own": unit.id == visit.who.unit_id,
    }
    return Shown("pages/codes.html", values)


def _make(visit: Visit, form: Form) -> Shown:
    """A sheet to print: shown this once, for only the hashes are kept."""
    chosen = {number for one in form.all("person") if (number := whole(one)) is not None}
    if not chosen:
        raise Refusal("请先勾选要生成加入码的人。")
    service, now, path = visit.service, visit.now, visit.who.unit_path
    made = make_codes(visit.connection, service.vault, chosen, path, now, visit.today, _seen(form))
    if not made:
        raise Refusal("勾选的人都已经加入，不用再生成。")
    return Shown("pages/code_sheet.html", {"made": made, "day": visit.local})


def _seen(form: Form) -> datetime | None:
    """When the list was shown from which people were chosen."""
    try:
        return datetime.fromisoformat(form.get("seen")).astimezone(UTC)
    except ValueError:
        return None


ACTIONS = {"make": _make}
