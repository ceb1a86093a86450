"""请假、出差：请假到12月1日"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from handlers.planned import given_up, withdraw
from handlers.wording import span
from models.wishes import add_absence, end_absences

WHO = MEMBER
EXAMPLE = "请假到12月1日"


def answer(asked: Asked) -> str:
    """Keep a leave, during which nothing is sent and no day is expected; or end it."""
    slots = asked.meaning.slots
    if slots.get("off"):
        gone = end_absences(asked.connection, asked.person_id, asked.today)
        return "好的，假期取消，提醒恢复。" if gone else "没有登记着的请假。"
    start = slots.get("start") or asked.today
    end = slots.get("end") or start
    if end < start:
        return "请假的结束日期在开始之前，请再说一遍，如：请假12月1日到12月3日。"
    add_absence(asked.connection, asked.person_id, start, end, asked.now)
    plans = given_up(asked, start, end)
    undone = f"这几天的计划也取消了：{withdraw(asked, plans)}。" if plans else ""
    return f"好的，{span(start, end, asked.today)}请假，这几天不提醒。{undone}提前回来就回“取消请假”。"
