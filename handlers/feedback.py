"""投诉建议：提醒太多"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from models.works import open_work

WHO = MEMBER
EXAMPLE = "投诉建议：提醒太多"


def answer(asked: Asked) -> str:
    """Put a complaint or suggestion about the service on the operator's list."""
    text = asked.meaning.slots.get("text")
    if not text:
        return "请说说是什么事，如：投诉建议：提醒太多。只有运维人员看得到。"
    number = open_work(asked.connection, asked.actor, "feedback", text=text)
    return f"收到，编号{number}，运维人员会看。不影响任何记录和评价。"
