"""谁看过我的记录：每次查看都留了名"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.fields import page_of
from bot.web.visit import Shown, Visit
from handlers.asked import MEMBER
from handlers.looks import LOOKS
from models.rights import held, viewers

WHO = MEMBER
PATH = "viewers"
SIZE = 30


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """Who looked, when and for what; looking at this page is no look."""
    whole = held(visit.connection, visit.person_id).looks
    last = max(-(-whole // SIZE), 1)
    number = min(page_of(query.get("page", "")), last)
    found = viewers(visit.connection, visit.person_id, SIZE, (number - 1) * SIZE)
    rows = [(one.at.astimezone(visit.local.tzinfo), one.unit, one.name, LOOKS.get(one.what, one.what)) for one in found]
    return Shown("pages/viewers.html", {"rows": rows, "whole": whole, "number": number, "last": last})
