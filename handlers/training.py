"""演练：先试试，不计数"""

from __future__ import annotations

from sqlalchemy import update

from handlers.asked import MEMBER, Asked
from models.people import Person

WHO = MEMBER
EXAMPLE = "开始演练"


def answer(asked: Asked) -> str:
    """Begin or end practice: what is said in between counts nowhere."""
    ends = bool(asked.meaning.slots.get("off"))
    asked.connection.execute(update(Person).where(Person.id == asked.person_id).values(training=not ends))
    if ends:
        return "演练结束，从现在起照常记录。演练里说的都不计入。"
    return "【演练】开始了：随便说，都不计入，每条回复都会标明。回“结束演练”就恢复。"
