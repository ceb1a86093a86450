"""需要帮助的人：提醒过两次仍然赶不上的，本人都知道"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.visit import Shown, Visit
from handlers.asked import LEADER
from handlers.help_list import help_list
from handlers.scope import unit_meant
from handlers.team_figures import figures
from models.audit import look

WHO = LEADER
PATH = "helps"
GROUP = "单位"


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """People of the own unit with their reason, units below by how many."""
    own = unit_meant(visit.asked, None)
    found = help_list(figures(visit.asked, own, named=[own.id]))
    look(visit.connection, visit.person_id, [one.person_id for one in found.mine], "help", visit.local)
    return Shown("pages/helps.html", {"mine": found.mine, "below": found.below})
