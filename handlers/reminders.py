"""提醒：每天晚上8点提醒我，每周三下午提醒我，不要再提醒了"""

from __future__ import annotations

import re

from handlers.asked import MEMBER, Asked
from handlers.wording import day
from models.wishes import wish

WHO = MEMBER
EXAMPLE = "每天晚上8点提醒我"
DAYS = "一二三四五六日"
AFTERNOON = "15:00"
MORNING = "09:30"
_WEEKLY = re.compile(r"(?:每周|每星期|每个?礼拜)([一二三四五六日天]+)")
FOR_NOW = ("暂停", "先", "本学期", "这学期", "最近")


def answer(asked: Asked) -> str:
    """Keep what the person asks of reminders; their own wish may lie outside the usual hours."""
    slots = asked.meaning.slots
    if slots.get("off") is True:
        return _off(asked)
    if slots.get("off") is False:
        wish(asked.connection, asked.person_id, {"off": False, "off_until": None})
        return "好的，提醒恢复。只在来不及的时候提醒，一周最多一次。"
    return _timed(asked)


def _off(asked: Asked) -> str:
    """Silence to the end of the term where a pause was asked for, else until it is taken back."""
    pause = any(word in asked.meaning.masked for word in FOR_NOW)
    until = asked.calendar.term(asked.today).end if pause else None
    wish(asked.connection, asked.person_id, {"off": True, "off_until": until, "time": "", "weekdays": ""})
    when = f"到{day(until, asked.today)}为止" if until else "从现在起"
    return f"好的，{when}不再提醒。想恢复就回“恢复提醒”；进度随时可回“进度”。"


def _timed(asked: Asked) -> str:
    words = asked.meaning.masked
    weekly = _WEEKLY.search(words)
    time = asked.meaning.slots.get("time") or (AFTERNOON if "下午" in words else MORNING if weekly else None)
    if time is None:
        return "几点提醒？如：每天晚上8点提醒我；每周三下午提醒我。"
    weekdays = "".join(sorted({str(DAYS.index(ch.replace("天", "日")) + 1) for ch in weekly[1]})) if weekly else ""
    wanted = {"off": False, "off_until": None, "time": time, "weekdays": weekdays}
    wish(asked.connection, asked.person_id, wanted)
    when = "每周" + "、".join(DAYS[int(n) - 1] for n in weekdays) if weekdays else "每天"
    return f"好的，{when}{time}提醒你；当天都完成了就不打扰。不要了回“不要再提醒了”。"
