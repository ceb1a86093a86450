"""From what was said of a day to days of the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from .frozen import frozen

DAY = timedelta(days=1)
PARTS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "上半月": (1, 15), "前半月": (1, 15)}
LATE = {"下旬": 21, "底": 21, "末": 21, "下半月": 16, "后半月": 16}


@frozen
class Days:
    """Inclusive days. `ambiguous` holds words that have a second reading; `invalid` those of a day that does not exist."""

    first: date | None
    last: date | None
    period: str | None = None
    invalid: str | None = None
    ambiguous: str | None = None


@frozen
class Spec:
    """What was said of a day or span, before any calendar: fields not said are None."""

    kind: str
    words: str = ""
    year: int | None = None
    year_off: int | None = None
    month: int | None = None
    month_off: int | None = None
    week: int | None = None
    days: tuple[int, ...] = ()
    n: int = 0
    unit: str = ""
    part: str = ""
    base: Spec | None = None

    @property
    def free(self) -> bool:
        """True where only part was said, so that the nearest such day is meant."""
        if self.kind == "day":
            return self.year is None and self.year_off is None and self.month_off is None
        if self.kind == "month":
            return self.year is None and self.year_off is None and self.month is not None
        return self.kind in ("weekday", "weekend") and self.week is None


def find(spec: Spec, today: date, forward: bool = False) -> tuple[Days, ...]:
    """The days meant, seen from `today`: the latest such ones, or with `forward` the next; spans are cut at `today`."""
    try:
        return KINDS[spec.kind](spec, today, forward)
    except (ValueError, OverflowError):
        return (Days(None, None, invalid=spec.words),)


def one(day: date) -> tuple[Days, ...]:
    """A single day."""
    return (Days(day, day),)


def cut(first: date, last: date, today: date, forward: bool, **more: str | None) -> tuple[Days, ...]:
    """A span without what is still to come, or for what is planned without what has passed."""
    if first <= today <= last:
        first, last = (today, last) if forward else (first, today)
    return (Days(first, last, **more),)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - day.weekday() * DAY


def month_of(day: date, off: int) -> tuple[int, int]:
    """Year and month, so many months away."""
    count = day.year * 12 + day.month - 1 + off
    return count // 12, count % 12 + 1


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def offset(spec: Spec, today: date, _forward: bool) -> tuple[Days, ...]:
    """今天, 昨天, 三天前, 一个月前."""
    if spec.unit == "month":
        year, month = month_of(today, spec.n)
        return one(date(year, month, min(today.day, monthrange(year, month)[1])))
    return one(today + spec.n * DAY)


def pair(spec: Spec, today: date, _forward: bool) -> tuple[Days, ...]:
    """明后天: two days side by side."""
    return one(today + spec.n * DAY) + one(today + (spec.n + 1) * DAY)


def recent(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """近三天, 前两天: so many days up to today or up to yesterday."""
    last = today - DAY if spec.part == "before" else today
    if spec.unit == "month":
        year, month = month_of(last, -spec.n)
        first = date(year, month, min(last.day, monthrange(year, month)[1])) + DAY
    else:
        first = last - (spec.n - 1) * DAY
    if forward:
        first, last = today, today + (last - first)
    return (Days(first, last, ambiguous=spec.words if spec.part or "几" in spec.words else None),)


def week(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """本周, 上周: Monday to Sunday."""
    first = monday(today) + 7 * (spec.week or 0) * DAY
    return cut(first, first + 6 * DAY, today, forward)


def weekday(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """周三, 上周三, 周一三五: one or several days of a week."""
    return tuple(Days(d, d) for n in spec.days for d in [one_weekday(spec.week, n, today, forward)])


def one_weekday(week_off: int | None, number: int, today: date, forward: bool) -> date:
    """One weekday (Monday is 0) of a week said, else the nearest."""
    if week_off is not None:
        return monday(today) + (7 * week_off + number) * DAY
    if forward:
        return today + (number - today.weekday()) % 7 * DAY
    return today - (today.weekday() - number) % 7 * DAY


def weekend(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """周末, 上周末: Saturday and Sunday."""
    first = one_weekday(spec.week, 5, today, forward)
    if forward and spec.week is None and today.weekday() == 6:
        first = today - DAY
    return cut(first, first + DAY, today, forward)


def day(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """9月3日, 本月10号, 28号: one or several days of a month."""
    return tuple(one_day(spec, number, today, forward) for number in spec.days)


def one_day(spec: Spec, number: int, today: date, forward: bool) -> Days:
    """One day of a month; without a year or a month the latest or next that exists."""
    if spec.month_off is not None:
        year, month = month_of(today, spec.month_off + 12 * (spec.year_off or 0))
        found = date(year, month, number)
        doubt = spec.month_off == -1 and spec.words[:2] == "上个" and number <= today.day
        return Days(found, found, ambiguous=spec.words if doubt else None)
    if spec.year is not None or spec.year_off is not None:
        found = date(said_year(spec, today), spec.month or today.month, number)
        return Days(found, found)
    found = nearest(spec.month, number, today, forward)
    return Days(found, found)


def nearest(month: int | None, number: int, today: date, forward: bool) -> date:
    """The latest day not after today with this number (and month), or the first not before."""
    step = 1 if forward else -1
    year, at = (today.year, month) if month else (today.year, today.month)
    for _ in range(12):
        if 1 <= at <= 12 and 1 <= number <= monthrange(year, at)[1]:
            found = date(year, at, number)
            if (found >= today) if forward else (found <= today):
                return found
        if month:
            year += step
        else:
            year, at = month_of(date(year, at, 1), step)
    raise ValueError("no such day")


def said_year(spec: Spec, today: date) -> int:
    """The year said, or the present one."""
    return spec.year if spec.year is not None else today.year + (spec.year_off or 0)


def month(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """10月份, 上个月, 9月上旬: a month or its part."""
    if spec.month_off is not None:
        year, number = month_of(today, spec.month_off + 12 * (spec.year_off or 0))
    elif spec.year is not None or spec.year_off is not None:
        year, number = said_year(spec, today), spec.month or 0
    else:
        number = spec.month or 0
        later, sooner = today.month > number, today.month < number
        year = today.year + (1 if forward and later else 0) - (1 if not forward and sooner else 0)
    first, last = part_of(date(year, number, 1), month_end(year, number), spec)
    return cut(first, last, today, forward)


def part_of(first: date, last: date, spec: Spec) -> tuple[date, date]:
    """The part of a span: 上旬, 底, its first days, its n-th week or weekday."""
    if spec.unit:
        return counted_part(first, last, spec)
    if spec.part in PARTS:
        low, high = PARTS[spec.part]
        return first + (low - 1) * DAY, first + (high - 1) * DAY
    if spec.part in LATE:
        return first + (LATE[spec.part] - 1) * DAY, last
    return first, last


def counted_part(first: date, last: date, spec: Spec) -> tuple[date, date]:
    """前10天, 最后三天, 第一周, 最后一个星期一 of a span; a negative n counts from the end."""
    if spec.unit == "days":
        return (first, first + (spec.n - 1) * DAY) if spec.n > 0 else (last + (spec.n + 1) * DAY, last)
    wanted = spec.days[0] if spec.unit == "weekday" else 0
    if spec.n > 0:
        start = first + (wanted - first.weekday()) % 7 * DAY + (spec.n - 1) * 7 * DAY
    else:
        start = last - (last.weekday() - wanted) % 7 * DAY
    return (start, start) if spec.unit == "weekday" else (start, start + 6 * DAY)


def year(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """今年, 去年, 2025年: a year or its part."""
    number = said_year(spec, today)
    first, last = part_of(date(number, 1, 1), date(number, 12, 31), spec)
    return cut(first, last, today, forward)


def half(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """上半年, 去年下半年; 上半年 said within the first half may mean the half year before."""
    number = said_year(spec, today)
    doubt = spec.n == 1 and spec.year is None and spec.year_off is None and today.month <= 6
    which = spec.n or (1 if today.month > 6 else 2)
    number -= spec.n == 0 and which == 2
    first, last = (
        (date(number, 1, 1), date(number, 6, 30)) if which == 1 else (date(number, 7, 1), date(number, 12, 31))
    )
    if not forward and first > today and spec.year is None and spec.year_off is None:
        first, last = first.replace(year=number - 1), last.replace(year=number - 1)
    return cut(first, last, today, forward, ambiguous=spec.words if doubt else None)


def quarter(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """一季度, 本季度, 前三季度; unit "first" counts from January."""
    number, at = said_year(spec, today), spec.n
    if spec.part == "relative":
        year_number, begin = month_of(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * spec.n)
        return cut(date(year_number, begin, 1), month_end(year_number, begin + 2), today, forward)
    begin = 1 if spec.unit == "first" else 3 * at - 2
    first, last = date(number, begin, 1), month_end(number, 3 * at)
    if not forward and first > today and spec.year is None and spec.year_off is None:
        first, last = date(number - 1, begin, 1), month_end(number - 1, 3 * at)
    return cut(first, last, today, forward)


def term_of(day: date) -> tuple[date, date]:
    """The term a day lies in: 1 September to 31 January, or 1 February to 31 August."""
    if 2 <= day.month <= 8:
        return date(day.year, 2, 1), date(day.year, 8, 31)
    start = day.year if day.month >= 9 else day.year - 1
    return date(start, 9, 1), date(start + 1, 1, 31)


def term(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """本学期, 上学期, 第一学期, 本学年; 上学期 may also mean the first term of the school year."""
    first, last = term_of(today)
    if spec.part == "year":
        start = today.year - (today.month < 9) + spec.n
        return cut(date(start, 9, 1), date(start + 1, 8, 31), today, forward)
    doubt = spec.words.startswith(("上学期", "下学期")) and first.month == (9 if spec.n < 0 else 2)
    if spec.part == "numbered":
        start = today.year - (today.month < 9)
        first, last = term_of(date(start, 9, 1) if spec.n == 1 else date(start + 1, 2, 1))
    elif spec.n:
        first, last = term_of(first - DAY if spec.n < 0 else last + DAY)
    first, last = part_of(first, last, spec)
    words = spec.words if doubt else None
    return cut(first, last, today, forward, period=None if spec.n or spec.part else "term", ambiguous=words)


def holiday(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """国庆期间, 暑假: spans from a month and day, so many days long."""
    first = nearest(spec.month, spec.days[0], today, forward)
    return cut(first, first + (spec.n - 1) * DAY, today, forward)


def following(spec: Spec, today: date, forward: bool) -> tuple[Days, ...]:
    """次日: so many days after the date said before."""
    base = find(spec.base, today, forward)[-1] if spec.base else Days(today, today)
    return one(base.last + spec.n * DAY) if base.last else (base,)


KINDS: dict[str, Callable[[Spec, date, bool], tuple[Days, ...]]] = {
    "offset": offset, "pair": pair, "recent": recent, "week": week, "weekday": weekday, "weekend": weekend, "day": day,
    "month": month, "year": year, "half": half, "quarter": quarter, "term": term, "holiday": holiday, "next": following,
}  # fmt: skip
