"""Answers to what a reminder asked: on which days somebody means to go, and what stands in the way."""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.asked import Asked
from handlers.wording import span
from models import journal
from models.context import OpenQuestion
from models.helps import give_reason

FRESH = timedelta(days=14)
UNDECIDED = re.compile("没(?:有)?(?:定|想好|打算|计划|安排)|不知道|不确定|再说|看情况|还不清楚")
SHIFTS = (("年", 0), ("月", 12), ("号", 1), ("日", 1))
WEEK = timedelta(days=7)


def answer_plan(asked: Asked, pending: OpenQuestion) -> str | None:
    """打算哪几天去? and bare days, or a stay that the words put into the past: a plan."""
    if asked.now - pending.asked_at > FRESH:
        return None
    days = _days(asked)
    if days is None:
        return _undecided(asked, pending)
    journal.settle(asked.connection, pending.id)
    row = {"activity": "on_site", "start": days[0], "end": days[1]}
    blank = dict.fromkeys(("audience", "count", "place"))
    journal.add_plans(asked.connection, asked.actor, [blank | row])
    return f"记下计划：{span(*days, asked.today)}去驻校。到时候直接告诉我去了几天就行；变了再说一次。"


def _days(asked: Asked) -> tuple[date, date] | None:
    """The days meant, looking forward; none where the message tells of something else."""
    meaning = asked.meaning
    start, end = meaning.fragment.get("start"), meaning.fragment.get("end")
    if meaning.intent not in ("unknown", "check_in", "amend") or not isinstance(start, date):
        return None
    if meaning.intent == "check_in" and not _only_going(asked, start):
        return None
    if meaning.fragment.get("count") is not None and meaning.intent != "check_in":
        return None
    last = end if isinstance(end, date) else start
    return forward(asked.meaning.masked, start, last, asked.today)


def _only_going(asked: Asked, start: date) -> bool:
    """12月7号去, which alone would be a stay of a year ago."""
    found = asked.meaning.entries
    return [e.activity for e in found] == ["on_site"] and (asked.today - start).days > 180


def forward(words: str, start: date, end: date, today: date) -> tuple[date, date] | None:
    """The same days at their next coming; none where they are said to be over."""
    if end >= today:
        return start, end
    months = next((months for sign, months in SHIFTS if sign in words), None)
    if re.search("[上昨前去]|已经|了$", words) and "去" not in words[-1:]:
        return None
    if months is None:
        return start + WEEK, end + WEEK
    if not months:
        return None
    moved = _later(start, months), _later(end, months)
    return (moved[0], moved[1]) if moved[0] and moved[1] and moved[1] >= today else None


def _later(day: date, months: int) -> date | None:
    number = day.month - 1 + months
    try:
        return day.replace(year=day.year + number // 12, month=number % 12 + 1)
    except ValueError:
        return None


def _undecided(asked: Asked, pending: OpenQuestion) -> str | None:
    said = asked.meaning.intent in ("deny", "unknown") and UNDECIDED.search(asked.meaning.masked)
    if not said:
        return None
    journal.settle(asked.connection, pending.id)
    return "好的，定了再告诉我，如：12月7日到11日去驻校。"


def answer_reason(asked: Asked, pending: OpenQuestion) -> str | None:
    """What stands in the way, in the person's own words, masked; the administrator reads it in the help list."""
    words = asked.meaning.masked.strip()
    plain = asked.meaning.intent in ("unknown", "nothing") and asked.meaning.fragment.get("count") is None
    if not plain or len(words) < 3 or asked.now - pending.asked_at > FRESH:
        return None
    give_reason(asked.connection, asked.person_id, re.sub("^(?:原因|理由)(?:是|[:：])?", "", words))
    return "记下了，单位管理员在帮助名单里看得到这句话。情况变了再说一次就行。"
