"""What a record lacks before it may count: one short question each, answerable by one word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from handlers.wording import ACTIVITIES, PEOPLE, day, number, thing
from models.calendar import Calendar

MOST_PEOPLE_A_DAY = 60


@dataclass(frozen=True, slots=True)
class Need:
    """One open point: its kind decides how an answer is applied."""

    kind: str
    text: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A record before it is stored: its columns, words of a day that does not exist, confirmations given, the message."""

    row: Mapping[str, Any]
    invalid: str | None = None
    confirmed: Collection[str] = ()
    words: str = ""

    @property
    def activity(self) -> str | None:
        """For wording."""
        return cast("str | None", self.row["activity"])

    @property
    def audience(self) -> str | None:
        """For wording."""
        return cast("str | None", self.row["audience"])

    @property
    def start(self) -> date | None:
        """For wording."""
        return cast("date | None", self.row["start"])

    @property
    def end(self) -> date | None:
        """For wording."""
        return cast("date | None", self.row["end"])


Check = Callable[[Draft, date, Calendar], Need | None]


def first_need(draft: Draft, today: date, calendar: Calendar) -> Need | None:
    """The first open point of a record; None where it may count."""
    for kind, check in CHECKS.items():
        need = None if kind in draft.confirmed else check(draft, today, calendar)
        if need:
            return need
    return None


def _day(draft: Draft, _today: date, _calendar: Calendar) -> Need | None:
    if draft.start is not None:
        return None
    words = f"{draft.invalid}没有这一天，" if draft.invalid else ""
    return Need("day", f"{words}{thing(draft, draft.row['count'])}是哪天的事？")


def _which_term(draft: Draft, today: date, calendar: Calendar) -> Need | None:
    """In a first term 上学期 means the term before, or this very one; in a second term both are the same."""
    term = calendar.term(today)
    if "上学期" not in draft.words or not term.key.endswith("-1") or draft.end is None or draft.end >= term.start:
        return None
    before = calendar.previous_term(term)
    text = f"“上学期”是上个学期（{before.start.month}月至{before.end.month}月），还是本学年第一学期（{term.start.month}月起）？回“上个”或“第一”。"
    return Need("term", text, {"start": term.start.isoformat(), "end": today.isoformat()})


def _count(draft: Draft, _today: date, _calendar: Calendar) -> Need | None:
    if draft.row["count"] is not None:
        return None
    least = draft.row.get("at_least")
    what = thing(draft, None).replace("?", "几")
    if least is None:
        return Need("count", f"{what}？回个数字就行。")
    sure = f"{number(least)}{ACTIVITIES.get(draft.activity or '', ('', ''))[1]}"
    return Need("count", f"{thing(draft, least)}以上，按{sure}记吗？回“是”，或回准确的数。", {"suggest": float(least)})


def _audience(draft: Draft, _today: date, _calendar: Calendar) -> Need | None:
    if draft.activity not in ("interview", "pairing") or draft.audience is not None:
        return None
    return Need("audience", f"{thing(draft, draft.row['count'])}，是队员、辅导员还是别的？回一个词就行。")


def _future(draft: Draft, today: date, _calendar: Calendar) -> Need | None:
    if draft.end is None or draft.end <= today:
        return None
    return Need("future", f"{day(draft.end, today)}还没到，是哪天的事？")


def _crowd(draft: Draft, _today: date, _calendar: Calendar) -> Need | None:
    if draft.activity not in PEOPLE or draft.start != draft.end or draft.row["count"] <= MOST_PEOPLE_A_DAY:
        return None
    return Need("crowd", f"一天{thing(draft, draft.row['count'])}，人数对吗？回“是”照记，或回准确的数。")


def _days(draft: Draft, _today: date, _calendar: Calendar) -> Need | None:
    if draft.activity != "on_site" or draft.start is None or draft.end is None:
        return None
    room = (draft.end - draft.start).days + 1
    if draft.row["count"] <= room:
        return None
    return Need("days", f"这段时间只有{room}天，驻校记几天？回个数字就行。")


def _earlier(draft: Draft, today: date, calendar: Calendar) -> Need | None:
    term = calendar.term(today)
    if draft.end is None or draft.end >= term.start:
        return None
    return Need("earlier", f"{day(draft.end, today)}是上个学期了，日期对吗？回“是”照记，或回正确的日期。")


CHECKS: Mapping[str, Check] = {
    "day": _day,
    "future": _future,
    "term": _which_term,
    "earlier": _earlier,
    "count": _count,
    "days": _days,
    "crowd": _crowd,
    "audience": _audience,
}
