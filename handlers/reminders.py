"""提醒：每天晚上8点提醒我，每周三下午提醒我，不要再提醒了；每周五推送进度（管理员、督导）"""

from __future__ import annotations

import re
from typing import Any

from handlers.asked import LEADER, MEMBER, Asked
from handlers.wording import day
from models.wishes import asks_of, wish

WHO = MEMBER
EXAMPLE = "每天晚上8点提醒我"
DAYS = "一二三四五六日"
AFTERNOON = "15:00"
MORNING = "09:30"
_WEEKLY = re.compile(
    r"(?:每周|每星期|每个?礼拜|逢周|周周|每逢周)([一二三四五六日天](?:[、和,，]?(?:周|星期)?[一二三四五六日天])*)"
)
_EVERY_WEEK = re.compile("每周|每星期|每个?礼拜|周周|周报")
_WORKDAYS = re.compile("工作日|上班日")
_DIGEST = re.compile("推送|周报|汇总|发给我|报给我|发我|进度给我")
FREE_DAYS = re.compile("周末|双休|[周期拜][六日天]|节假日|放假|休息日|假期")
_DAILY = re.compile("每天|天天|每日|每个工作日")
WORKDAYS = "12345"
FOR_NOW = ("暂停", "先", "本学期", "这学期", "最近")


def answer(asked: Asked) -> str:
    """Keep what the person asks of reminders; their own wish may lie outside the usual hours."""
    slots = asked.meaning.slots
    if slots.get("off") is True:
        return _off(asked)
    if slots.get("off") is False:
        return _on(asked)
    return _digest(asked) if _wants_digest(asked) else _timed(asked)


def _off(asked: Asked) -> str:
    """Silence to the end of the term where a pause was asked for, and then as before; else until it is taken back."""
    if FREE_DAYS.search(asked.meaning.masked):
        return _workdays_only(asked)
    pause = any(word in asked.meaning.masked for word in FOR_NOW)
    until = asked.calendar.term(asked.today).end if pause else None
    gone: dict[str, Any] = {} if pause else {"time": "", "weekdays": "", "digest": False}
    wish(asked.connection, asked.person_id, {"off": True, "off_until": until} | gone)
    when = f"到{day(until, asked.today)}为止" if until else "从现在起"
    return f"好的，{when}不再提醒。想恢复就回“恢复提醒”；进度随时可回“进度”。"


def _workdays_only(asked: Asked) -> str:
    """周末别提醒: what is the rule anyway, but for weekdays of one's own."""
    kept = "".join(day for day in asks_of(asked.connection, asked.person_id).weekdays if day < "6")
    wish(asked.connection, asked.person_id, {"off": False, "off_until": None, "weekdays": kept})
    return "好的，周末和放假都不提醒，上班的日子照旧。都不要了回“不要再提醒了”。"


def _on(asked: Asked) -> str:
    wish(asked.connection, asked.person_id, {"off": False, "off_until": None})
    asks = asks_of(asked.connection, asked.person_id)
    own = f"你定的{_when(asks.weekdays)}{asks.time}照旧。" if asks.time else ""
    return f"好的，提醒恢复。只在来不及的时候提醒，一周最多一次。{own}"


def _wants_digest(asked: Asked) -> bool:
    """A leader who wants the unit's figures by themselves."""
    return bool(asked.roles & LEADER and _DIGEST.search(asked.meaning.masked))


def _digest(asked: Asked) -> str:
    daily = WORKDAYS if _DAILY.search(asked.meaning.masked) else ""
    weekdays = daily or _weekdays(asked.meaning.masked)[:1] or "5"
    time = _time(asked) or MORNING
    wanted = {"off": False, "off_until": None, "time": time, "weekdays": weekdays, "digest": True}
    wish(asked.connection, asked.person_id, wanted)
    return f"好的，{_when(weekdays)}{time}推送本单位及以下的进度和待办，放假不推。不要了回“不要再提醒了”。"


def _timed(asked: Asked) -> str:
    words = asked.meaning.masked
    weekdays = _weekdays(words)
    time = _time(asked) or (MORNING if weekdays else None)
    if time is None or (_EVERY_WEEK.search(words) and not weekdays):
        return "几点提醒？如：每天晚上8点提醒我；每周三下午提醒我。"
    wanted = {"off": False, "off_until": None, "time": time, "weekdays": weekdays, "digest": False}
    wish(asked.connection, asked.person_id, wanted)
    done = "都完成了就不打扰" if weekdays else "当天记过或都完成了就不打扰"
    return f"好的，{_when(weekdays)}{time}提醒你；放假不提醒，{done}。不要了回“不要再提醒了”。"


def _time(asked: Asked) -> str | None:
    said = asked.meaning.slots.get("time")
    return str(said) if said else AFTERNOON if "下午" in asked.meaning.masked else None


def _weekdays(words: str) -> str:
    """1 for Monday to 7; empty for every day."""
    found = _WEEKLY.search(words)
    if found is None:
        return WORKDAYS if _WORKDAYS.search(words) else ""
    named = [ch.replace("天", "日") for ch in found[1]]
    return "".join(sorted({str(DAYS.index(ch) + 1) for ch in named if ch in DAYS}))


def _when(weekdays: str) -> str:
    if weekdays == WORKDAYS:
        return "每个工作日"
    return "每周" + "、".join(DAYS[int(n) - 1] for n in weekdays) if weekdays else "每天"
