"""Whether somebody should hear something now, and why, or why not: a function of where they stand at this moment.

Nobody is expected to move evenly. Days at school are pressed by the last day from which they still fit, counts only after
half of the time with less than half done, and in the last weeks. Leave and a late start shorten the time, never the goal.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from models.calendar import Calendar, last_start
from models.catalogue import CATALOGUE
from models.facts import Bound
from models.periods import period_of, workable
from models.progress import IN_DAYS, Standing, line

SOON = 15  # teaching days before the last safe start
LAST_WEEKS = 20  # teaching days: four weeks
LAST_OF_MONTH = 5
SETTLED = 20  # teaching days after which the one planning question is asked
WEEK, FORTNIGHT, ONCE = 7, 14, 0

Absences = Sequence[tuple[date, date]]
Days = tuple[date, ...]


class Planned(Protocol):
    """A plan that is still open: what, and when."""

    @property
    def activity(self) -> str | None:
        """What is planned; None where it was not said."""

    @property
    def start(self) -> date | None:
        """Its first day."""

    @property
    def end(self) -> date | None:
        """Its last day."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing worth saying. `every` is the least number of days between two of them, 0 once; `key` tells them apart."""

    standing: Standing
    kind: str
    text: str
    every: int
    key: str


@dataclass(frozen=True, slots=True)
class Pace:
    """What there is to say, most pressing first, and the reason: of the first need, or of keeping quiet."""

    needs: tuple[Need, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Time:
    """A person's own time for one goal: days all in all, gone, and left (today among the left)."""

    own: Days
    gone: int
    left: Days
    late: bool
    gone_for_all: int
    whole: int


def assess(
    standings: Sequence[Standing],
    bound: Bound,
    calendar: Calendar,
    today: date,
    plans: Sequence[Planned] = (),
    absences: Absences = (),
) -> Pace:
    """What to say today, if anything. `plans` are open ones of which nothing has been done yet."""
    if not standings:
        return Pace((), "no_rules")
    if any(start <= today <= end for start, end in absences):
        return Pace((), "leave")
    open_ones = open_goals(standings, today)
    if not open_ones:
        return Pace((), "done")
    found = [judge(one, bound, calendar, today, plans, absences) for one in open_ones]
    needs = tuple(need for need in found if isinstance(need, Need))
    return Pace(needs, needs[0].kind if needs else _quiet(reason for reason in found if isinstance(reason, str)))


QUIET = ("plan_ahead", "joined_late", "on_pace", "too_early", "vacation")


def _quiet(reasons: Iterable[str]) -> str:
    return min(reasons, key=QUIET.index)


def judge(
    one: Standing, bound: Bound, calendar: Calendar, today: date, plans: Sequence[Planned], absences: Absences
) -> Need | str:
    """What to say about one open goal, or why to keep quiet."""
    time = own_time(one, bound, calendar, today, absences)
    matching = [plan for plan in plans if plan.activity in CATALOGUE[one.rule.metric].activities and plan.start]
    if CATALOGUE[one.rule.metric].way in IN_DAYS:
        return _judge_days(one, time, today, matching)
    return _judge_count(one, time, today, matching)


def own_time(one: Standing, bound: Bound, calendar: Calendar, today: date, absences: Absences) -> Time:
    """The days a person has for a goal: from joining on, leave taken out."""
    period = period_of(one.rule.period, today, calendar, one.rule.month)
    usable = workable(one.rule.period, period, calendar)
    joined = bound.joined_on or period.start
    own = usable[bisect_left(usable, joined) :]
    if absences:
        own = tuple(day for day in own if not any(start <= day <= end for start, end in absences))
    gone = bisect_left(own, today)
    return Time(own, gone, own[gone:], joined > period.start, bisect_left(usable, today), len(usable))


def _judge_days(one: Standing, time: Time, today: date, plans: Sequence[Planned]) -> Need | str:
    safe = last_start(time.own, one.missing)
    ahead = [plan for plan in plans if plan.end and plan.end >= today]
    passed = [plan for plan in plans if plan.end and plan.end < today]
    if safe and any(plan.start and plan.start <= safe for plan in ahead):
        return "plan_ahead"
    if not time.left:
        return "vacation"
    if safe is None or safe < today:
        return _need(one, "too_late", _short_of_days(one, time), WEEK)
    if passed:
        return _need(one, "plan_passed", _facts(one, time, safe), ONCE, f"{passed[-1].start}")
    if safe == today:
        return _need(one, "start_now", _facts(one, time, safe), ONCE)
    if bisect_left(time.left, safe) <= SOON:
        return _need(one, "start_soon", _facts(one, time, safe), ONCE)
    if time.gone >= SETTLED and not ahead:
        return _need(one, "ask_plan", f"{one.rule.title}还差{one.lacks}，打算哪几天去？", ONCE)
    return "joined_late" if time.late and time.gone_for_all >= SETTLED else "too_early"


def _judge_count(one: Standing, time: Time, today: date, plans: Sequence[Planned]) -> Need | str:
    if any(plan.end and plan.end >= today for plan in plans):
        return "plan_ahead"
    paper = CATALOGUE[one.rule.metric].way == "papers"  # written also when school is closed
    if not time.left and not paper:
        return "vacation"
    if len(time.left) <= (LAST_OF_MONTH if one.rule.period == "month" else LAST_WEEKS):
        return _need(one, "last_weeks", _until(one), WEEK)
    if one.rule.period == "month":
        return "too_early"
    if one.done * 2 >= one.required:
        return "on_pace"
    if time.gone * 2 >= len(time.own):
        return _need(one, "below_half", _until(one), FORTNIGHT)
    return "joined_late" if time.late and time.gone_for_all * 2 >= time.whole else "too_early"


def _need(one: Standing, kind: str, text: str, every: int, more: str = "") -> Need:
    return Need(one, kind, text, every, key_of(one, kind, more))


def _until(one: Standing) -> str:
    return f"{line(one)}，还差{one.lacks}，{_day(one.due)}前"


def _facts(one: Standing, time: Time, safe: date) -> str:
    return f"{one.rule.title}还差{one.lacks}，{one.label}还剩{len(time.left)}个教学日，最迟{_day(safe)}要开始"


def _short_of_days(one: Standing, time: Time) -> str:
    left = f"只剩{len(time.left)}个教学日" if time.left else "教学日已过"
    return f"{one.rule.title}还差{one.lacks}，{one.label}{left}；去过没记的，现在补记也算"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def too_late(one: Standing, bound: Bound, calendar: Calendar, today: date, absences: Absences = ()) -> bool:
    """Whether the missing days of a hard goal no longer fit."""
    if one.met or not one.rule.hard or CATALOGUE[one.rule.metric].way not in IN_DAYS or one.missing <= Decimal(0):
        return False
    safe = last_start(own_time(one, bound, calendar, today, absences).own, one.missing)
    return safe is None or safe < today


def overdue(one: Standing, bound: Bound, calendar: Calendar, today: date, absences: Absences = ()) -> bool:
    """Whether the last safe start of an open hard goal has passed; whoever was away the whole time is excused."""
    way = CATALOGUE[one.rule.metric].way
    if one.met or not one.rule.hard or one.missing <= Decimal(0) or not today <= one.due or way == "papers":
        return False
    time = own_time(one, bound, calendar, today, absences)
    if way in IN_DAYS:
        return bool(time.own) and too_late(one, bound, calendar, today, absences)
    return bool(time.own) and not time.left


def facts(one: Standing, bound: Bound, calendar: Calendar, today: date, absences: Absences = ()) -> str:
    """How an open goal stands, whether or not there is reason to say so."""
    if CATALOGUE[one.rule.metric].way not in IN_DAYS:
        return _until(one)
    time = own_time(one, bound, calendar, today, absences)
    safe = last_start(time.own, one.missing)
    return _facts(one, time, safe) if safe and safe >= today else _short_of_days(one, time)


def workable_now(one: Standing, bound: Bound, calendar: Calendar, today: date, absences: Absences = ()) -> bool:
    """Whether anything can still be done for a goal: papers are written also when school is closed."""
    if CATALOGUE[one.rule.metric].way == "papers":
        return True
    return bool(own_time(one, bound, calendar, today, absences).left)


def open_goals(standings: Iterable[Standing], today: date) -> list[Standing]:
    """Hard goals not reached that can still count."""
    return [one for one in standings if one.rule.hard and not one.met and one.missing > 0 and today <= one.due]


def key_of(one: Standing, kind: str, more: str = "") -> str:
    """What tells one need from another: rule, period, kind and, where it comes more than once, which."""
    return ":".join(filter(None, [one.rule.id, one.period, kind, more]))
