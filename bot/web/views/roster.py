"""名册：本单位的人，请假、交接、改岗位都在这里"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web import keeping
from bot.web.fields import number_in
from bot.web.visit import Shown, Visit
from models.roster_differences import post_words, role_words
from models.staff import staff, units_below

WHO = keeping.ADMIN
PATH = "roster"
GROUP = keeping.GROUP
MOST = 100


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """The people of one unit, and how many serve in those below; with words, everybody whose name has them."""
    words = query.get("words", "").strip()[:20]
    unit = keeping.unit_of(visit, number_in(query, "unit"))
    found = staff(visit.connection, unit.path, visit.today, words, below=bool(words))
    people = found[:MOST]
    keeping.seen(visit, [one.id for one in people], "roster")
    values = {
        "unit": unit,
        "words": words,
        "people": [(one, post_words(one.post), role_words(one.roles)) for one in people],
        "more": len(found) - len(people),
        "below": [] if words else units_below(visit.connection, unit.path, visit.today),
        "own": unit.id == visit.who.unit_id,
    }
    return Shown("pages/roster.html", values)
