"""A person's year: what was done in each month, and each rule in each of its periods, reckoned as the chat reckons them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from models.calendar import Calendar
from models.catalogue import CATALOGUE
from models.facts import Fact, ItemFact
from models.goals import Own
from models.histories import History
from models.metrics import Totals, totals
from models.periods import Period, month_end, period_of
from models.policy import Policy, Rule, rules_for
from models.progress import Standing, standing
from models.stays import FULL, day_map

ZERO = Decimal(0)
DAY = date.resolution
Months = tuple[Decimal, ...]
# Measures that can be told month by month: the months add up to the period.
ADDS_UP = frozenset({"people", "sum", "entries", "days", "full_days", "visits", "papers"})
MET: Mapping[str, str] = {
    "pioneer": "访谈少先队员",
    "counselor": "访谈少先队辅导员",
    "student": "访谈学生",
    "league_cadre": "访谈团学干部",
    "head_teacher": "访谈班主任",
    "teacher": "访谈教师",
    "school_leader": "与学校领导沟通",
    "parent": "访谈家长",
}
DONE: Mapping[str, tuple[str, str]] = {
    "lecture": ("宣讲、团课、思政课", "场"),
    "class_visit": ("听课、走访班级", "个"),
    "survey": ("收回问卷", "份"),
    "theme_day": ("主题团日、队日", "次"),
    "practical_help": ("办实事", "件"),
    "pairing": ("结对", "对"),
    "exchange": ("校际交流", "次"),
    "online_contact": ("线上联系", "人"),
    "key_task": ("重点工作", "项"),
    "issue": ("反映问题", "条"),
}
PAPERS = {"report": "调研报告（已通过）", "case": "工作案例（已通过）"}
ALWAYS_SHOWN = frozenset({"days", *list(MET)[:4], "lecture", "issue", *PAPERS})


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work: twelve months and their sum."""

    key: str
    title: str
    unit: str
    months: Months

    @property
    def total(self) -> Decimal:
        """The year so far."""
        return sum(self.months, ZERO)


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A rule in one of its periods: how it stands, and the months of the year that made it so, where they add up.

    A monthly rule is one line: `reached` of `asked` months are met.
    """

    standing: Standing
    period: str
    months: tuple[Decimal | None, ...]
    reached: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Year:
    """What can be reckoned of a person's year from the entries alone; `last` is the day up to which."""

    year: int
    last: date
    works: tuple[Work, ...]
    goals: tuple[GoalLine, ...]
    school_days: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """The year wanted, up to which day, and by which documents."""

    year: int
    last: date
    policies: Mapping[str, Policy]

    @property
    def first(self) -> date:
        """New Year's Day."""
        return date(self.year, 1, 1)


def year_of(history: History, asked: Asked, calendar: Calendar, own: Own | None) -> Year:
    """A person's year, up to the last day that is asked about."""
    facts = [fact for fact in history.facts if fact.end is None or fact.end <= asked.last]
    items = [item for item in history.items if item.day is None or item.day <= asked.last]
    works = tuple(_works(facts, items, calendar, asked))
    return Year(
        asked.year,
        asked.last,
        works,
        _goals(history, facts, items, asked, calendar, own),
        _schools(facts, calendar, asked),
    )


def _inside(facts: Sequence[Fact], asked: Asked) -> list[Fact]:
    return [f for f in facts if f.state == "active" and f.end and f.end >= asked.first]


def _works(facts: Sequence[Fact], items: Sequence[ItemFact], calendar: Calendar, asked: Asked) -> Iterator[Work]:
    """The kinds of work in their order; what is rare only where there is any."""
    sums: dict[str, list[Decimal]] = {}
    for fact in _inside(facts, asked):
        for key, amount in _amounts(fact):
            sums.setdefault(key, [ZERO] * 12)[fact.end.month - 1] += amount  # type: ignore[union-attr]
    for item in items:
        if item.status == "accepted" and item.day and item.day >= asked.first and item.kind in PAPERS:
            sums.setdefault(item.kind, [ZERO] * 12)[item.day.month - 1] += 1
    sums["days"] = _day_months(facts, calendar, asked)
    for key, (title, unit) in KINDS.items():
        months = sums.get(key, [ZERO] * 12)
        if key in ALWAYS_SHOWN or any(months):
            yield Work(key, title, unit, tuple(months))


def _amounts(fact: Fact) -> Iterator[tuple[str, Decimal]]:
    """What an entry adds to which kinds: people count once, however often they were met."""
    if fact.activity == "interview" and fact.audience in MET:
        yield fact.audience or "", max((fact.count or ZERO) - (fact.met_before or 0), ZERO)
    elif fact.activity in DONE:
        yield fact.activity or "", fact.count or ZERO
    if fact.activity == "lecture" and fact.attendance:
        yield "attended", Decimal(fact.attendance)


KINDS: Mapping[str, tuple[str, str]] = {
    "days": ("驻校", "天"),
    **{key: (title, "次" if key == "school_leader" else "人") for key, title in MET.items()},
    "lecture": DONE["lecture"],
    "attended": ("宣讲覆盖", "人次"),
    **{key: value for key, value in DONE.items() if key != "lecture"},
    **{key: (title, "篇" if key == "report" else "个") for key, title in PAPERS.items()},
}


def _day_months(facts: Sequence[Fact], calendar: Calendar, asked: Asked) -> list[Decimal]:
    """Days at school by month: a span over New Year gives each year its part."""
    found = [ZERO] * 12
    for day, halves in day_map((f for f in facts if f.state == "active" and f.activity == "on_site"), calendar).items():
        if day.year == asked.year:
            found[day.month - 1] += Decimal(halves) / FULL
    return found


def _schools(facts: Sequence[Fact], calendar: Calendar, asked: Asked) -> Mapping[int, Decimal]:
    """Days at each school that the roster knows."""
    stays: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.state == "active" and fact.activity == "on_site" and fact.school_id is not None:
            stays.setdefault(fact.school_id, []).append(fact)
    return {school: _days(day_map(found, calendar), asked.year) for school, found in stays.items()}


def _days(halves: Mapping[date, int], year: int) -> Decimal:
    return Decimal(sum(value for day, value in halves.items() if day.year == year)) / FULL


def _goals(
    history: History,
    facts: Sequence[Fact],
    items: Sequence[ItemFact],
    asked: Asked,
    calendar: Calendar,
    own: Own | None,
) -> tuple[GoalLine, ...]:
    """Every rule in every period of the year that has begun, in the documents' order."""
    bound = history.who.bound
    wanted = _wanted(_rules(history, asked, calendar), asked, calendar)
    reckoned = totals(facts, items, bound, calendar, _reckoned(tuple(rule for rule, _ in wanted)))
    lines = []
    for rule, period in wanted:
        stood = [standing(rule, reckoned, bound, calendar, min(one.end, asked.last), own or {}) for one in period]
        lines.append(_line(rule, period, stood, reckoned, asked.year))
    return tuple(lines)


def _rules(history: History, asked: Asked, calendar: Calendar) -> tuple[tuple[date, tuple[Rule, ...]], ...]:
    """The rules that bound the person on each day on which a period ended."""
    bound = history.who.bound
    return tuple((day, rules_for(asked.policies, bound, day, calendar)) for day in _days_of(asked, calendar))


@lru_cache(maxsize=256)
def _days_of(asked: Asked, calendar: Calendar) -> tuple[date, ...]:
    """The days on which periods of the year end, the last day asked about among them."""
    ends = {min(period.end, asked.last) for kind in SPANS for period in _periods(kind, 0, asked, calendar)}
    return tuple(sorted(ends | {asked.last}))


SPANS = ("term", "half")


@lru_cache(maxsize=512)
def _wanted(
    rules: tuple[tuple[date, tuple[Rule, ...]], ...], asked: Asked, calendar: Calendar
) -> tuple[tuple[Rule, tuple[Period, ...]], ...]:
    """Each rule with its periods: one at a time, or all months at once; by the rules in force when a period ended."""
    by_day = dict(rules)
    found: dict[tuple[str, str], tuple[Rule, tuple[Period, ...]]] = {}
    for rule in (rule for _, some in rules for rule in some):
        periods = _periods(rule.period, rule.month, asked, calendar)
        groups = [periods] if rule.period == "month" else [(one,) for one in periods]
        for group in groups:
            day = min(group[-1].end, asked.last) if group else asked.last
            if group and rule in by_day.get(day, by_day[asked.last]):
                found.setdefault((rule.id, group[-1].key), (rule, group))
    order = {rule.id: place for place, rule in enumerate(rule for _, some in rules for rule in some)}
    return tuple(sorted(found.values(), key=lambda one: (order[one[0].id], one[1][0].start)))


@lru_cache(maxsize=512)
def _periods(kind: str, month: int, asked: Asked, calendar: Calendar) -> tuple[Period, ...]:
    """The periods of a kind that touch the year and have begun, in order."""
    if kind in ("window", "standing", "assignment", "year"):
        only = period_of(kind, asked.last, calendar, month)
        return (only,) if only.start <= asked.last else ()
    found: list[Period] = []
    day = asked.last
    while day >= asked.first:
        found.append(period_of(kind, day, calendar, month))
        day = found[-1].start - DAY
    return tuple(reversed(found))


@lru_cache(maxsize=256)
def _reckoned(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules, and once more by month those whose months add up."""
    return (*rules, *(replace(r, period="month", confirm="") for r in rules if _adds_up(r) and r.period != "month"))


def _adds_up(rule: Rule) -> bool:
    return CATALOGUE[rule.metric].way in ADDS_UP


def _line(rule: Rule, periods: Sequence[Period], stood: Sequence[Standing], reckoned: Totals, year: int) -> GoalLine:
    keys = _months(periods[0].start, periods[-1].end, year) if _adds_up(rule) else NO_MONTHS
    measure = rule.measure
    months = tuple(None if key is None else reckoned.get((measure, key), ZERO) for key in keys)
    if rule.period != "month":
        return GoalLine(stood[-1], label(periods[-1]), months)
    return GoalLine(stood[-1], "每月", months, sum(one.met for one in stood), len(stood))


NO_MONTHS: tuple[str | None, ...] = (None,) * 12


@lru_cache(maxsize=512)
def _months(first: date, last: date, year: int) -> tuple[str | None, ...]:
    """The keys of the year's months that a span touches."""
    inside = (first <= month_end(date(year, month, 1)) and date(year, month, 1) <= last for month in range(1, 13))
    return tuple(f"{year}-{month:02}" if one else None for month, one in enumerate(inside, start=1))


HALVES = {"H1": "上半年", "H2": "下半年"}


def label(period: Period) -> str:
    """A period by its own name, since in a year's sheet 本学期 may mean three."""
    key = period.key
    if key.count("-") == 2:
        return f"{key[:9]}学年第{'一二'[int(key[-1]) - 1]}学期"
    if key[4:6] in HALVES:
        return f"{key[:4]}年{HALVES[key[4:6]]}"
    if key.endswith("w"):
        return f"{int(key[5:7])}月"
    return {4: f"{key}年", 9: f"{key}学年"}.get(len(key), "长期")
