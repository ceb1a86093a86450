"""A few words that lean on what was said just before: 清河呢, 队员 after 改哪一条, 改成八点半, 去了 of a plan under way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.understanding.meaning import Entry
from handlers.asked import LEADER, Asked
from handlers.before import before, meant
from handlers.planned import SHOWN, WENT
from handlers.remarks import remark
from handlers.scope import called
from handlers.wording import EVENTS
from models import journal
from models.claims import newest
from models.context import OpenPlan
from models.regions import units_named

WHICH = "which_one"  # a question: which of several records a correction means
VAGUE = ("unknown", "smalltalk")
JUST_NOW = timedelta(minutes=10)
DAYS_SAID = ("team_progress", "my_records")
KINDS_SAID = ("my_progress", "which", "rules", "behind")
REGION_SAID = ("team_progress", "behind")
_AND = re.compile(r"(?:那么?|还有)?(?P<what>[^，,。？?！!]{1,12}?)(?:的|的?(?:呢|怎么样|咋样|如何))[？?。！!]*")
_LATER = re.compile(r"(?:改|换|调|挪)(?:成|到|为|在)?(?P<time>[^，,。]{2,8})[吧。]*")
_EVENING = re.compile("晚|下午|傍晚")
_ALSO = re.compile("(?:还有|再加|加上|另外还有|和)(?:一所)?(?P<what>[^，,。]{2,20}?(?:学|校|中|小))[。吧]*")
_THEY = re.compile("[他她](?!们)")
OF_ONE = ("unknown", "my_progress", "my_records", "which")
_PRESENT = re.compile("(?:.{0,4}(?:到场|来了|参加的?有?)[^，,]{1,8}|[^，,]{1,8}(?:参加|到场|听|来)的?)[。！!]?")
REASON = re.compile("(?:因为|原因是?|理由是?|意见是?)?[:：]?[^?？，,。]{2,40}[。]?")
TERMS = (
    (re.compile("(?:是)?(?:上一?个|前一?个|前面那?个)(?:学期)?(?:的|吧)?"), "上个学期进度"),
    (re.compile("(?:是)?(?:第一个?|后一?个|后面那?个|这个|本)(?:学期)?(?:的|吧)?"), "第一学期进度"),
)
TIMED = re.compile("每天|每晚|天天")


def carried_on(asked: Asked) -> Asked | None:
    """The same asker with what was meant in full; None where nothing before gives the words a meaning."""
    if of_them := _of_them(asked):
        return of_them
    if asked.meaning.intent not in VAGUE:
        return None
    return next((found for one in LEANS if (found := one(asked))), None)


def _as(asked: Asked, intent: str, slots: Mapping[str, Any], **more: Any) -> Asked:
    return replace(asked, meaning=replace(asked.meaning, intent=intent, slots=dict(slots), **more))


def _which_one(asked: Asked) -> Asked | None:
    """队员, after 改哪一条: the correction as it was said, of that record."""
    named = {k: v for k, v in asked.meaning.fragment.items() if k in ("audience", "activity") and v}
    waiting = [q for q in asked.context.questions if q.kind == WHICH and asked.now - q.asked_at <= JUST_NOW]
    if not named or not waiting:
        return None
    for one in waiting:
        journal.settle(asked.connection, one.id)
    data = waiting[-1].data
    return _as(asked, "amend", data["slots"], fragment={**data["named"], **named})


def _and_this(asked: Asked) -> Asked | None:
    """辅导员呢, 清河呢, 上个月的呢: what was asked, of something else."""
    found = _AND.fullmatch(asked.meaning.masked.strip())
    last = before(asked, {*DAYS_SAID, *KINDS_SAID}, VAGUE) if found else None
    if found is None or last is None:
        return None
    intent, kept, said = last.meaning.intent, last.meaning.slots, asked.meaning.fragment
    kind = {name: said[name] for name in ("audience", "activity") if said.get(name)}
    days = {name: said[name] for name in ("start", "end") if said.get(name)}
    if kind and intent in KINDS_SAID:
        return _as(asked, intent, {name: v for name, v in kept.items() if name == "region"} | kind)
    if days and intent in DAYS_SAID:
        return _as(asked, intent, {**kept, **days})
    named = asked.roles & LEADER and intent in REGION_SAID and units_named(asked.connection, found["what"])
    return _as(asked, intent, {**kept, "region": found["what"]}) if named else None


def _of_them(asked: Asked) -> Asked | None:
    """他还差什么, 她哪天去的: of the person just asked about."""
    if asked.meaning.intent not in OF_ONE or not _THEY.match(asked.meaning.masked) or not asked.roles & LEADER:
        return None
    last = before(asked, ("person_progress",), VAGUE)
    return _as(asked, "person_progress", last.meaning.slots) if last else None


def _which_term(asked: Asked) -> Asked | None:
    """上个, after 上学期 was asked back."""
    said = next((words for pattern, words in TERMS if pattern.fullmatch(asked.meaning.masked.strip())), "")
    last = before(asked, ("my_progress",)) if said else None
    if last is None or asked.reads is None or not last.meaning.slots.get("past"):
        return None
    return replace(asked, meaning=asked.reads(said, asked.now))


def _reason(asked: Asked) -> Asked | None:
    """挂职半年, after 改目标要写一句原因: what was ordered, with its reason."""
    words = asked.meaning.masked.strip()
    said = newest(asked.connection, asked.person_id) if asked.roles & LEADER and REASON.fullmatch(words) else None
    fresh = said is not None and asked.now - said.said_at <= JUST_NOW
    last = meant(asked, said, ("goal", "rate", "approve")) if fresh else None
    if last is None or asked.reads is None or not last.meaning.slots.get("name") or remark(last.meaning.masked):
        return None
    if last.meaning.intent == "approve" and last.meaning.slots.get("approved", True):
        return None
    return replace(asked, meaning=asked.reads(f"{last.meaning.masked}，{words}", asked.now))


def _attended(asked: Asked) -> Asked | None:
    """到场92人, after 宣讲一场."""
    present = asked.meaning.fragment.get("count")
    if present is None or not _PRESENT.fullmatch(asked.meaning.masked.strip()):
        return None
    number = max((fact.message_id or 0 for fact in asked.context.facts), default=0)
    last = [fact for fact in asked.context.facts if (fact.message_id or 0) == number]
    fresh = any(fact.made_at and asked.now - fact.made_at <= JUST_NOW for fact in last)
    if not fresh or not any(fact.activity in EVENTS for fact in last):
        return None
    return _as(asked, "amend", {"attendance": int(present)}, fragment={})


def _of_unit(asked: Asked) -> Asked | None:
    """沁水怎么样: a unit by the short name that the roster knows."""
    unit = called(asked) if asked.meaning.intent == "unknown" and asked.roles & LEADER else None
    return _as(asked, "team_progress", {"region": unit}) if unit else None


def _plans(asked: Asked) -> Asked | None:
    """看看我的计划."""
    return _as(asked, "my_records", {}) if SHOWN.search(asked.meaning.masked) else None


def _later(asked: Asked) -> Asked | None:
    """改成八点半, after 每天晚上九点提醒我."""
    found = _LATER.fullmatch(asked.meaning.masked.strip())
    last = before(asked, ("reminders",)) if found else None
    if found is None or last is None or asked.reads is None or not TIMED.search(last.meaning.masked):
        return None
    evening = "" if re.search("[早晚上下中]", found["time"]) or not _EVENING.search(last.meaning.masked) else "晚上"
    meaning = asked.reads(f"每天{evening}{found['time']}提醒我", asked.now)
    return replace(asked, meaning=meaning) if meaning.intent == "reminders" and meaning.slots.get("time") else None


def _went(asked: Asked) -> Asked | None:
    """去了, while the days of a plan are running: what was planned, up to today."""
    running = [
        plan for plan in asked.context.plans if plan.start and plan.end and plan.start <= asked.today <= plan.end
    ]
    if not running or not WENT.fullmatch(asked.meaning.masked):
        return None
    return _as(asked, "check_in", {}, entries=tuple(_done(plan, asked.today) for plan in running))


def _done(plan: OpenPlan, today: date) -> Entry:
    start, end = plan.start or today, min(plan.end or today, today)
    days = Decimal((end - start).days + 1)
    count = min(plan.count, days) if plan.count is not None and plan.activity == "on_site" else plan.count
    number = None if count is None else float(count)
    return Entry(plan.activity, plan.audience, number, start, end, place=plan.place, dated=True)


def _also(asked: Asked) -> Asked | None:
    """还有沁水县实验小学, after 我的联系学校是城关小学."""
    found = _ALSO.fullmatch(asked.meaning.masked.strip())
    last = before(asked, ("set_school",)) if found else None
    if found is None or last is None or "联系" not in last.meaning.masked:
        return None
    return _as(asked, "set_school", {"school": found["what"]}, masked=f"联系学校{asked.meaning.masked}")


LEANS: tuple[Callable[[Asked], Asked | None], ...] = (
    _which_one,
    _and_this,
    _also,
    _later,
    _which_term,
    _attended,
    _reason,
    _plans,
    _of_unit,
    _went,
)
