"""帮助：能说什么"""

from __future__ import annotations

from handlers.asked import ANYONE, Asked

WHO = ANYONE
EXAMPLE = "帮助"


def answer(asked: Asked) -> str:
    """The first line of every handler that the asker may use."""
    lines = [command.line for command in asked.commands if command.line and command.who & asked.roles]
    return "\n".join(["像平时说话一样告诉我就行：", *(f"· {line}" for line in lines)])
