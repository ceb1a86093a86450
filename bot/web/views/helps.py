"""需要帮助的人：提醒过两次仍然赶不上的，本人都知道"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.visit import Shown, Visit
from handlers.asked import LEADER
from handlers.help_list import help_list

WHO = LEADER
PATH = "helps"
GROUP = "单位"


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """People of the own unit with their reason, units below by how many."""
    found = help_list(visit.asked, visit.who.unit_path)
    return Shown("pages/helps.html", {"mine": found.mine, "below": found.below})
