"""请假、出差：请假到12月1日"""

from __future__ import annotations

import re

from handlers.asked import MEMBER, Asked
from handlers.person import meant
from handlers.planned import given_up, withdraw
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

NAMED_FIRST = re.compile(
    "(?P<who>[一-鿿·]{2,4}?)(?:同志|老师)?(?:[今明后]天|[这本下]周|从|要|已经?|想|因[^,。，]{1,6}?)*(?:请|休)[^,。，]{0,4}假"
)


def answer(asked: Asked) -> str:
    """Keep a leave, during which nothing is sent and no day is expected; or end it."""
    slots = asked.meaning.slots
    if ASKING.search(asked.meaning.masked):
        raise Refusal("没有记请假。自己请假就说：请假到12月1日；同事的请假由单位管理员在名册里看和登记。")
    if other := _somebody(asked):
        return _for_other(asked, other)
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
