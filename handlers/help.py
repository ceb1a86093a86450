"""帮助：能说什么"""

from __future__ import annotations

from handlers.asked import ANYONE, LEADER, Asked
from handlers.wording import pages

WHO = ANYONE
EXAMPLE = "帮助"
LINES = 12


def answer(asked: Asked) -> str:
    """The first line of every handler that the asker may use, a few at a time; who leads and has no goals finds the figures first."""
    mine = [command for command in asked.commands if command.line and command.who & asked.roles]
    if asked.roles & LEADER and not asked.rules:
        mine.sort(key=lambda command: "cadre" in command.who)
    return pages("像平时说话一样告诉我就行：", [f"· {command.line}" for command in mine], LINES)
