"""请假、出差：请假到12月1日"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handlers.asked import MEMBER, Asked
from handlers.person import meant
from handlers.planned import given_up, withdraw
from handlers.put_off import where_to
from handlers.wording import span
from models.colleagues import named
from models.notices import tell
from models.refusal import Refusal
from models.wishes import add_absence, end_absences

WHO = MEMBER
EXAMPLE = "请假到12月1日"
ASKING = re.compile("什么时候|啥时候|谁|多少|有没有|[?？]|(?:吗|呢)[。!！]?$")
OTHER = re.compile(
    "(?:给|帮|替|为)(?P<who>〔[^〕]+〕|(?!我|俺|自己|本人|大家)[一-鿿·]{2,5}?)"
    "(?:取消|撤销|结束|提前结束)?(?:登记|办理?|请|报|记|批)(?:了|一?个)?(?:[半\\d一二两三四五六七八九十]+[天周月])?的?[病事年产婚丧公探]?假"
)
NOT_AWAY = re.compile("没有?请假|不请假|不用请假|没休假|请假取消")
MOVED = re.compile("(?:改|挪|推|换|调|提前)(?:到|成|为|在)(?P<days>[^，,。]{2,12})")
CHANGED = re.compile("改到|改成|改为|改在|挪到|推到|延到|延长到|提前到")

NAMED_FIRST = re.compile(
    "(?P<who>[一-鿿·]{2,4}?)(?:同志|老师)?(?:[今明后]天|[这本下]周|从|要|已经?|想|因[^,。，]{1,6}?)*(?:请|休)[^,。，]{0,4}假"
)


def answer(asked: Asked) -> str:
    """Keep a leave, during which nothing is sent and no day is expected; or end it; of a colleague, for an administrator."""
    if ASKING.search(asked.meaning.masked):
        raise Refusal("没有记请假。自己请假就说：请假到12月1日；同事的请假由单位管理员在名册里看和登记。")
    if other := _somebody(asked):
        return _for_other(asked, other)
    slots = _moved(asked) or asked.meaning.slots
    if slots.get("off") or NOT_AWAY.search(asked.meaning.masked):
        gone = end_absences(asked.connection, asked.person_id, asked.today)
        return "好的，假期取消，提醒恢复。" if gone else "没有登记着的请假。"
    start = slots.get("start") or asked.today
    end = slots.get("end") or start
    if end < start:
        return "请假的结束日期在开始之前，请再说一遍，如：请假12月1日到12月3日。"
    instead = "原来登记的请假取消了。" if _instead(asked) else ""
    add_absence(asked.connection, asked.person_id, start, end, asked.now)
    days = "这天" if start == end else "这几天"
    plans = given_up(asked, start, end)
    undone = f"{days}的计划也取消了：{withdraw(asked, plans)}。{where_to(asked, plans)}" if plans else ""
    return f"好的，{span(start, end, asked.today)}请假，{days}不提醒。{instead}{undone}提前回来就回“取消请假”。"


def _moved(asked: Asked) -> Mapping[str, Any]:
    """出差改到下周二 is a leave of that day, not one up to it."""
    found = MOVED.search(asked.meaning.masked)
    if found is None or asked.reads is None:
        return {}
    meaning = asked.reads(f"{found['days']}请假", asked.now)
    return meaning.slots if meaning.intent == "leave" and meaning.slots.get("start") else {}


def _instead(asked: Asked) -> bool:
    """出差改到周三: the leave that was said before is another now."""
    changed = CHANGED.search(asked.meaning.masked)
    return bool(changed and end_absences(asked.connection, asked.person_id, asked.today))


def _somebody(asked: Asked) -> str | None:
    """Whose leave it is, where another is named: 给张三请假, 张三请假到12月5日."""
    if other := OTHER.search(asked.meaning.masked):
        return other["who"]
    first = NAMED_FIRST.match(asked.meaning.masked)
    found = first and named(asked.connection, first["who"], asked.context.unit_path, asked.today)
    return first["who"] if first and found and all(one.id != asked.person_id for one in found) else None


def _for_other(asked: Asked, name: str) -> str:
    """A colleague's leave, which the unit's administrator registers; the colleague hears of it."""
    if "unit_admin" not in asked.context.roles:
        raise Refusal("请假请本人来说，或由单位管理员登记；没有给你记请假。")
    one = meant(asked, name, "roster")
    slots = asked.meaning.slots
    if slots.get("off"):
        gone = end_absences(asked.connection, one.id, asked.today)
        return f"{one.name}的请假已取消。" if gone else f"{one.name}没有登记着的请假。"
    start = slots.get("start") or asked.today
    end = slots.get("end") or start
    if end < max(start, asked.today):
        raise Refusal("请假的结束日期在开始之前或已经过去，请再说一遍，如：给张三请假12月1日到12月3日。")
    add_absence(asked.connection, one.id, start, end, asked.now)
    said = span(start, end, asked.today)
    words = f"{asked.context.name}给你登记了{said}请假，这几天不提醒。提前回来就回“取消请假”。"
    tell(asked.connection, [one.id], f"leave:{one.id}:{start}:{end}", words, asked.now)
    return f"已登记{one.name}{said}请假，这几天不提醒，会告诉本人。"
