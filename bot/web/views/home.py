"""我的页面：能打开的都在这里"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.visit import Shown, Visit
from handlers.asked import MEMBER
from handlers.figures import brief, current

WHO = MEMBER
PATH = ""
LISTED = False


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """The visitor's most pressing figures, as the chat has them; the list itself comes with every page."""
    return Shown("pages/home.html", {"figures": brief(current(visit.asked), [])})
