"""What a unit hands in next, in what state it is, and who answers for it."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.asked import Asked
from handlers.filing_desk import Desk
from handlers.hand_in_words import name_of, until
from handlers.wording import day
from models.colleagues import with_role
from models.filing import opens
from models.hand_ins import Due

STATES = {"draft": "草稿已备，等确认", "confirmed": "已定稿，等报出", "sent": "已报送"}
LATELY = timedelta(days=31)
POSTS = {"responsible_head": "第一责任人", "responsible_office": "落实责任人"}


def schedule(asked: Asked, desk: Desk) -> str:
    """What comes next, and what is open."""
    near = [due for due in desk.dues if is_near(desk, due, asked.today)]
    lines = [f"{name_of(d)}：{until(d, asked.today)}，{state_of(asked, desk, d)[1]}" for d in near[:5]]
    posts = _posts(asked)
    return "\n".join([*(lines or ["本单位没有按日子报送的事项。"]), *([posts] if posts else [])])


def is_near(desk: Desk, due: Due, today: date) -> bool:
    """Whether it is still to come, was due lately, or was begun; what was sent is over once its day is."""
    work = desk.filed(due)
    return due.due >= today or (work.status != "sent" if work else due.due >= today - LATELY)


def state_of(asked: Asked, desk: Desk, due: Due) -> tuple[str, str]:
    """In what state it is (a key of STATES, open or later), and the words for it."""
    work = desk.filed(due)
    if work:
        return work.status, STATES.get(work.status, work.status)
    if opens(due) <= asked.today:
        return "open", "可以确认了"
    return "later", f"{day(max(due.draft, asked.today), asked.today)}备好草稿"


def _posts(asked: Asked) -> str:
    """The two responsible posts that a province names."""
    found = (
        (title, with_role(asked.connection, asked.context.unit_path, role, asked.today))
        for role, title in POSTS.items()
    )
    return "；".join(f"{title}：{'、'.join(person.name for person in people)}" for title, people in found if people)
