"""How far what somebody handed in is: waiting, returned with a comment, accepted."""

from __future__ import annotations

from collections.abc import Collection

from handlers.asked import Asked
from models.settling import NAMES
from models.works import Work, latest

STATES = {"submitted": "等审定", "returned": "已退回", "accepted": "已通过", "approved": "已通过"}


def own_papers(asked: Asked, kinds: Collection[str] = tuple(NAMES)) -> list[str]:
    """One line for the newest of each kind."""
    found = (latest(asked.connection, asked.person_id, (kind,), tuple(STATES)) for kind in kinds)
    return [_line(work) for work in found if work]


def _line(work: Work) -> str:
    title = f"《{work.title}》" if work.title else ""
    returned = work.status == "returned"
    comment = f"，意见：{work.data['comment']}" if returned and work.data.get("comment") else ""
    again = "。改好了再交一次就行" if returned else ""
    return f"{NAMES[work.kind]}{title}{STATES[work.status]}{comment}{again}。"
