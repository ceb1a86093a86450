"""人员名单：一个单位及以下，谁还没开始、谁还差什么"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from bot.web.visit import Shown, Visit
from handlers.asked import LEADER
from handlers.name_list import missing, name_of, names_seen
from handlers.scope import unit_numbered
from models.progress import line
from models.team import Member

WHO = LEADER
PATH = "names"
LISTED = False


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """Names with what each still misses; who is named can see the look."""
    unit = unit_numbered(visit.asked, query.get("unit"))
    found = names_seen(visit.asked, unit)
    values = {
        "unit": unit,
        "team": visit.url("team", unit=unit.id),
        "idle": [(unit, "、".join(map(name_of, some))) for unit, some in groupby(found.idle, key=lambda one: one.unit)],
        "idle_count": len(found.idle),
        "misses": [(name_of(one), one.unit, _figures(one)) for one in found.misses],
    }
    return Shown("pages/names.html", values)


def _figures(one: Member) -> list[str]:
    return [f"{standing.label} {line(standing)}".strip() for standing in missing(one)]
