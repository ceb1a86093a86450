"""为什么提醒我，怎么没提醒我"""

from __future__ import annotations

from handlers.asked import MEMBER, Asked
from handlers.wording import day
from models.wishes import last_decision, last_reminder

WHO = MEMBER
EXAMPLE = "为什么提醒我"
QUIET = {
    "on_pace": "时间还够",
    "done": "都完成了",
    "no_rules": "你没有定额",
    "leave": "你在请假",
    "plan_ahead": "你说过打算哪天去",
    "too_early": "还早",
    "joined_late": "刚加入不久",
    "off": "你让我别提醒",
    "told_before": "这件事已经说过",
    "told_lately": "一周内已经提醒过",
    "not_joined": "还没绑定",
    "vacation": "在放假",
}
RULE = "规则：来得及就不提醒；剩下的日子快不够时，提前15个教学日和最后一天各提醒一次；一周最多一条。"


def answer(asked: Asked) -> str:
    """The stored decision, in words."""
    lines = [_last(asked), _latest(asked), RULE]
    return "\n".join(line for line in lines if line)


def _last(asked: Asked) -> str:
    said = last_reminder(asked.connection, asked.person_id)
    if said is None:
        return "还没有提醒过你。"
    when = said.due.astimezone(asked.now.tzinfo)
    return f"上次提醒是{day(when.date(), asked.today)}{when:%H:%M}，因为：{said.text.splitlines()[0]}"


def _latest(asked: Asked) -> str:
    decided = last_decision(asked.connection, asked.person_id)
    if decided is None or decided.remind:
        return ""
    why = QUIET.get(decided.reason, "没有要紧的事")
    return f"{day(decided.day, asked.today)}没有提醒，因为{why}。"
