"""交材料：交调研报告《题目》，交一个工作案例"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from models import journal
from models.colleagues import with_role
from models.notices import tell
from models.works import Work, latest, step

WHO = MEMBER
EXAMPLE = "交调研报告《题目》"
NAMES = {"report": "调研报告", "case": "工作案例"}


def answer(asked: Asked) -> str:
    """Keep a report or case as handed in; it counts when an approver has accepted it."""
    kind = asked.meaning.slots.get("kind") or "report"
    title = asked.meaning.slots.get("title") or ""
    waiting = latest(asked.connection, asked.person_id, (kind,), ("submitted",))
    if waiting and waiting.title == title:
        return _told(asked, kind, title, waiting.id)
    number = _named(asked, waiting, title) if waiting and not waiting.title else _new(asked, kind, title)
    return _told(asked, kind, title, number)


def _named(asked: Asked, waiting: Work, title: str) -> int:
    """One said to be written before, without its title, is this very one."""
    step(asked.connection, asked.actor, waiting.id, "submitted", "submitted", "", {"title": title, "text": title})
    return waiting.id


def _new(asked: Asked, kind: str, title: str) -> int:
    row = {"activity": kind, "count": 1, "start": asked.today, "end": asked.today, "text": title, "state": "active"}
    entry = journal.add_entries(asked.connection, asked.actor, [row])[0]
    number = journal.item_of(asked.connection, entry)
    step(asked.connection, asked.actor, number, "submitted", "submitted", "", {"title": title})
    return number


def _told(asked: Asked, kind: str, title: str, number: int) -> str:
    """The approvers hear of it, and the cadre what comes next."""
    approvers = with_role(asked.connection, asked.context.unit_path, "approver", asked.today)
    name = asked.context.name
    text = f"{name}交了{NAMES[kind]}{_quoted(title)}，请审：回“批准{name}的{NAMES[kind]}”，或“退回”并写意见。"
    ids = [person.id for person in approvers]
    tell(asked.connection, ids, f"paper:{number}", text, asked.now, item=number, status="submitted")
    names = "、".join(person.name for person in approvers) or "审批人（名册里还没有设）"
    return (
        f"已登记{NAMES[kind]}{_quoted(title)}，等{names}审定后计入。稿子请按单位的办法交，这里不收文件。回“撤销”取消。"
    )


def _quoted(title: str) -> str:
    return f"《{title}》" if title else ""
