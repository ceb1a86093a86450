"""设蹲点学校：我的蹲点学校是实验小学"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from handlers.remarks import remark
from models.assignments import TooEarly, assign, known_school
from models.colleagues import with_role
from models.notices import tell
from models.works import open_work

WHO = MEMBER
EXAMPLE = "我的蹲点学校是实验小学"


def answer(asked: Asked) -> str:
    """Make a school of the roster the asker's own; before the year is over, ask the approver with the reason given."""
    words = asked.meaning.slots.get("school")
    if not words:
        return "是哪所学校？请写全名，如：我的蹲点学校是实验小学。"
    try:
        school = assign(asked.connection, asked.person_id, asked.context.unit_path, words, asked.today)
    except TooEarly:
        reason = remark(asked.meaning.masked)
        if not reason:
            raise
        return _request(asked, words, reason)
    return f"好的，你的蹲点学校是{school.name}，从今天起算。"


def _request(asked: Asked, words: str, reason: str) -> str:
    """Put the change before the approver."""
    school = known_school(asked.connection, asked.context.unit_path, words)
    values = {"title": school.name, "text": reason, "status": "submitted", "data": {"school_id": school.id}}
    number = open_work(asked.connection, asked.actor, "school_change", **values)
    name = asked.context.name
    text = f"{name}申请把蹲点学校换成{school.name}，原因：{reason}。请审：回“批准{name}的申请”，或“退回”并写意见。"
    approvers = with_role(asked.connection, asked.context.unit_path, "approver", asked.today)
    ids = [person.id for person in approvers]
    tell(asked.connection, ids, f"school:{number}", text, asked.now, item=number, status="submitted")
    names = "、".join(person.name for person in approvers) or "单位审批人"
    return f"换成{school.name}的申请已交，等{names}审批；批准前仍按原来的学校算。"
