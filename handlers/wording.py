"""Words that several answers share: names of things, days, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

ACTIVITIES = {
    "on_site": ("驻校", "天"),
    "interview": ("访谈", "名"),
    "lecture": ("宣讲", "场"),
    "unit_link": ("联系中队", "个"),
    "theme_day": ("主题活动", "次"),
    "class_visit": ("听课", "节"),
    "survey": ("问卷", "份"),
    "report": ("调研报告", "篇"),
    "case": ("工作案例", "个"),
    "key_task": ("重点工作", "项"),
    "practical_help": ("办实事", "件"),
    "pairing": ("结对", "名"),
    "exchange": ("校际交流", "次"),
    "online_contact": ("线上联系", "名"),
    "identity": ("亮身份", ""),
    "coverage": ("覆盖", "人"),
    "issue": ("问题", "条"),
}
PEOPLE = ("interview", "pairing", "online_contact")  # counted by heads
EVENTS = ("lecture", "theme_day", "exchange")  # counted by times, with those present
AUDIENCES = {
    "pioneer": "队员",
    "counselor": "辅导员",
    "student": "学生",
    "league_cadre": "团学干部",
    "head_teacher": "班主任",
    "teacher": "老师",
    "school_leader": "校领导",
    "parent": "家长",
}


PAGE = "\f"  # ends a page of a reply; 更多 gives the next


def pages(head: str, lines: Sequence[str], size: int) -> str:
    """Lines under a head, so many a page."""
    parts = ["\n".join(lines[at : at + size]) for at in range(0, len(lines), size)]
    return PAGE.join([f"{head}\n{parts[0]}", *parts[1:]]) if parts else head


def unnumbered(words: str) -> str:
    """访谈辅导员?名 without what is not known: 访谈辅导员."""
    return re.sub(r"\?[^\W\d_]?", "", words)


class Thing(Protocol):
    """What an entry, a stored fact and a plan have in common."""

    @property
    def activity(self) -> str | None: ...  # noqa: D102
    @property
    def audience(self) -> str | None: ...  # noqa: D102
    @property
    def start(self) -> date | None: ...  # noqa: D102
    @property
    def end(self) -> date | None: ...  # noqa: D102


def number(value: Decimal | float | None) -> str:
    """A count without needless zeros; "?" where it is not known yet."""
    if value is None:
        return "?"
    return f"{float(value):g}"


def thing(fact: Thing, count: Decimal | float | None, text: str | None = None) -> str:
    """访谈队员3名."""
    label, unit = ACTIVITIES.get(fact.activity or "", ("记录", ""))
    if fact.activity == "issue":
        return f"问题：{text}" if text else "问题1条"
    if not unit:
        return label
    return f"{label}{AUDIENCES.get(fact.audience or '', '')}{number(count)}{unit}"


def beside(fact: Thing) -> str:
    """（80人参加）, （2名以前谈过）: what else was said of it, so that it can be checked."""
    present, met = getattr(fact, "attendance", None), getattr(fact, "met_before", None)
    said = [f"{number(present)}人参加"] if present else []
    said += [f"{number(met)}名以前谈过"] if met else []
    return f"（{'，'.join(said)}）" if said else ""


def day(when: date, today: date) -> str:
    """11月20日, with the year where it is not this one."""
    year = f"{when.year}年" if when.year != today.year else ""
    return f"{year}{when.month}月{when.day}日"


def span(start: date | None, end: date | None, today: date) -> str:
    """11月16日, or 11月16日至20日 for several days."""
    if start is None:
        return "日期待定"
    if end is None or end == start:
        return day(start, today)
    last = f"{end.day}日" if (end.year, end.month) == (start.year, start.month) else day(end, today)
    return f"{day(start, today)}至{last}"


def relative(when: date, today: date) -> str:
    """今天, 昨天, 前天, else the date."""
    near = {today: "今天", today - timedelta(days=1): "昨天", today - timedelta(days=2): "前天"}
    return near.get(when) or day(when, today)


def listing(things: Iterable[tuple[Thing, Decimal | float | None, str | None, str | None]], today: date) -> str:
    """Things (with count, place and text) grouped by day and place: 11月20日 城关小学 驻校1天、访谈队员3名；…"""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in things:
        groups.setdefault((row[0].start, row[0].end, row[2]), []).append(row)
    return "；".join(
        " ".join(
            filter(
                None,
                [span(start, end, today), place, "、".join(thing(t, c, text) + beside(t) for t, c, _, text in group)],
            )
        )
        for (start, end, place), group in groups.items()
    )
