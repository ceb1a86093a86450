"""Where a person stands: each rule with what is done, what is required, and until when it can still be begun."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.calendar import Calendar, last_start
from models.catalogue import CATALOGUE
from models.coverage import Pool, enough
from models.credits import credits, feeds  # noqa: A004 the plain word for it
from models.facts import Bound
from models.periods import Period, period_of, workable
from models.policy import Rule

__all__ = ["Goals", "Standing", "credits", "feeds", "line", "plain", "standing", "standings", "terms_between"]

ZERO = Decimal(0)
IN_DAYS = frozenset({"days", "full_days"})
Goals = Mapping[tuple[str, str], Decimal]


@dataclass(frozen=True, slots=True)
class Standing:
    """One rule for one person in one period.

    `period` is the key its total is filed under, `label` its name; `slack_days` are the working days left before the last
    safe start (negative: it has passed). `size` is a gauge's whole; `gone` says that the period is over.
    """

    rule: Rule
    done: Decimal
    required: Decimal
    period: str
    label: str
    due: date
    over: Decimal
    met: bool
    last_safe_start: date | None
    slack_days: int
    note: str = ""
    size: int = 0
    gone: bool = False

    @property
    def missing(self) -> Decimal:
        """What is still to be done."""
        return max(self.required - self.done, ZERO) if self.rule.op != "<=" else ZERO

    @property
    def lacks(self) -> str:
        """What is still to be done, in words: 6名; of a gauge people."""
        return f"{plain(self.missing)}{'人' if self.rule.gauge else self.rule.unit}"


def standings(
    rules: Iterable[Rule],
    totals: Mapping[tuple[str, str], Decimal],
    bound: Bound,
    calendar: Calendar,
    today: date,
    goals: Goals | None = None,
) -> tuple[Standing, ...]:
    """Every rule's standing, the most pressing first, done ones last.

    `goals` holds what an approver changed, by (rule id, period key).
    """
    made = [standing(rule, totals, bound, calendar, today, goals or {}) for rule in rules]
    return tuple(sorted(made, key=_urgency))


def standing(
    rule: Rule,
    totals: Mapping[tuple[str, str], Decimal],
    bound: Bound,
    calendar: Calendar,
    today: date,
    goals: Goals,
) -> Standing:
    """One rule's standing."""
    period = period_of(rule.period, today, calendar, rule.month)
    done = _done(rule, period, totals, bound, calendar, today)
    size = int(totals.get((rule.measure + ":of", period.key), ZERO))
    goal = goals.get((rule.id, period.key), rule.goal)
    required = _share(goal, size) if rule.gauge else goal
    met = reached(rule, done, goal, size)
    start = None if met or rule.kind == "shown" else _safe_start(rule, required - done, period, calendar)
    return Standing(
        rule=rule,
        done=done,
        required=required,
        period=period.key,
        label=period.label,
        due=period.end,
        over=_over(rule, done, required),
        met=met,
        last_safe_start=start,
        slack_days=_slack(rule, start, today, period, calendar),
        note=_note(rule, met, totals, calendar, today, size),
        size=size,
        gone=period.end < today,
    )


def line(one: Standing) -> str:
    """A standing in a reply: 队员14/20, 驻校4/10天, 队员20/20(另3)."""
    unit = one.rule.unit if one.rule.unit == "天" else ""
    if one.rule.op == "<=" or one.rule.metric == "assignment_terms":
        bound = "至多" if one.rule.op == "<=" else "至少"
        return f"{one.rule.title}{plain(one.done)}{one.rule.unit}({bound}{plain(one.required)}{one.rule.unit})"
    return f"{one.rule.title}{_figures(one)}{unit}{f'(另{plain(one.over)})' if one.over else ''}"


def plain(number: Decimal) -> str:
    """A number as people write it: 3, 4.5."""
    return f"{number.normalize():f}"


def _figures(one: Standing) -> str:
    done = plain(one.done - one.over)
    if one.rule.kind == "shown":
        return f"{done}{one.rule.unit if one.rule.unit != '天' else ''}"
    if one.rule.gauge:
        return (
            f"{done}/{one.size or '?'}人(要{plain(one.rule.required)}%，即{plain(one.required)}人)"
            if one.size
            else f"{done}人"
        )
    if one.rule.op == "between":
        return f"{done}/{plain(one.rule.low)}–{plain(one.rule.high)}"
    return f"{done}/{plain(one.required)}"


def _done(
    rule: Rule,
    period: Period,
    totals: Mapping[tuple[str, str], Decimal],
    bound: Bound,
    calendar: Calendar,
    today: date,
) -> Decimal:
    reckon = FROM_BOUND.get(rule.metric)
    if reckon:
        return Decimal(reckon(bound, period, calendar, today))
    return totals.get((rule.measure, period.key), ZERO)


def schools_now(bound: Bound, period: Period, calendar: Calendar, today: date) -> int:  # noqa: ARG001
    """Own schools on the day; the one given up that day counts no more."""
    return len({school for school, start, end in bound.assigned if start <= today and (end is None or end > today)})


def schools_within(bound: Bound, period: Period, calendar: Calendar, today: date) -> int:  # noqa: ARG001
    """Own and linked schools at any time of the period so far."""
    last, both = min(period.end, today), bound.assigned + bound.linked
    inside = (school for school, start, end in both if start <= last and (end is None or end >= period.start))
    return len(set(inside))


def terms_kept(bound: Bound, period: Period, calendar: Calendar, today: date) -> int:  # noqa: ARG001
    """For how many terms, the present one among them, the longest-held present school has been kept."""
    starts = [start for _, start, end in bound.assigned if start <= today and (end is None or end > today)]
    return terms_between(min(starts), today, calendar) if starts else 0


def terms_between(start: date, today: date, calendar: Calendar) -> int:
    """How many terms two days touch, both included."""
    first, last = (_number(calendar.key_on(day)) for day in (start, today))
    return last - first + 1


def _number(key: str) -> int:
    year, _, half = key.split("-")
    return int(year) * 2 + int(half)


FROM_BOUND: dict[str, Callable[[Bound, Period, Calendar, date], int]] = {
    "active_assignments": schools_now,
    "schools_linked": schools_within,
    "assignment_terms": terms_kept,
}


def _share(percent: Decimal, size: int) -> Decimal:
    return Decimal(-(-int(percent) * size // 100))


def reached(rule: Rule, done: Decimal, goal: Decimal, size: int) -> bool:
    """Whether so much is enough for a goal; `size` is a gauge's whole."""
    if rule.kind == "shown":
        return False
    if rule.gauge:
        return enough(Pool(int(done), size), int(goal))
    if rule.op == "between":
        return goal <= done <= rule.high
    return {">=": done >= goal, "<=": done <= goal, "==": done == goal}[rule.op]


def _over(rule: Rule, done: Decimal, required: Decimal) -> Decimal:
    if rule.kind == "shown" or rule.gauge:
        return ZERO
    return max(done - (rule.high if rule.op == "between" else required), ZERO)


def _safe_start(rule: Rule, missing: Decimal, period: Period, calendar: Calendar) -> date:
    """The day from which it still fits; where it never did, the first day of all."""
    usable = workable(rule.period, period, calendar)
    if not usable:
        return period.end
    if CATALOGUE[rule.metric].way in IN_DAYS:
        return last_start(usable, missing) or usable[0]
    return usable[-1]


def _slack(rule: Rule, start: date | None, today: date, period: Period, calendar: Calendar) -> int:
    if start is None:
        return 0
    usable = workable(rule.period, period, calendar)
    return bisect_left(usable, start) - bisect_left(usable, today)


def _urgency(one: Standing) -> tuple[int, date, Decimal]:
    """Open hard goals by their last safe start, what takes most first; then windows gone by, soft ones, shown, done."""
    return _group(one), one.last_safe_start or date.max, -one.missing


def _group(one: Standing) -> int:
    if one.met:
        return 4
    if one.rule.kind == "shown":
        return 3
    if one.rule.kind == "soft":
        return 2
    return int(one.gone)


def _note(
    rule: Rule,
    met: bool,
    totals: Mapping[tuple[str, str], Decimal],
    calendar: Calendar,
    today: date,
    size: int,
) -> str:
    if rule.gauge and not size:
        return "还不知道总人数，说“高一3班45人，已覆盖38人”就能算"
    if rule.cap and not met:
        return _capped(rule, period_of(rule.period, today, calendar).key, totals)
    if met and rule.confirm:
        key = period_of(rule.confirm, today, calendar).key
        return "" if totals.get((rule.measure, key)) else f"本学期请再确认一次{rule.title}"
    if rule.op == "<=" and not met:
        return f"文件写的是至多{plain(rule.required)}{rule.unit}，已做的照样计入"
    return calendar.note(today.year)


def _capped(rule: Rule, key: str, totals: Mapping[tuple[str, str], Decimal]) -> str:
    """Where there are fewer people than the goal wants, an approver may lower it; nobody else does."""
    people = totals.get(("league_cadre_coverage:of", key), ZERO)
    if not 0 < people < rule.required:
        return ""
    return f"学校{rule.title}一共{plain(people)}{rule.unit}，够不到{plain(rule.required)}{rule.unit}，可请审批人改目标"
