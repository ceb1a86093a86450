"""From deeds to entries: defaults, days, counts, and one entry for what was said twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from math import ceil

from .dates_calendar import Days
from .deeds import EVENTS, PEOPLE, Deed
from .meaning import Entry
from .normal import Normal
from .numerals import Number
from .people import Group, adds_up
from .scene import Scene
from .standing import merged, stands
from .time_out import days_in, pieces

TEN_YEARS = 3650
SPLITS = frozenset(("counselor", "league_cadre", "head_teacher", "teacher", "school_leader", "parent"))


def entries(scene: Scene, normal: Normal) -> list[tuple[Deed, Entry]]:
    """The entries of all deeds that were done or planned, each with its deed."""
    kept = merged([d for d in scene.deeds if not d.negated and not d.dropped and stands(d)])
    return [(deed, entry) for deed in kept for entry in produce(scene, normal, deed) if happened(scene, deed, entry)]


def happened(scene: Scene, deed: Deed, entry: Entry) -> bool:
    """True where a day lies behind, or is planned: of 本周9月3日到校准备 a day to come is nothing done."""
    return deed.planned or entry.start is None or entry.start <= scene.today


def produce(scene: Scene, normal: Normal, deed: Deed) -> Iterable[Entry]:
    """The entries of one deed."""
    if deed.activity in PEOPLE:
        return talk_entries(scene, normal, deed)
    if deed.activity == "on_site":
        return stay_entries(scene, normal, deed)
    if deed.each and len(deed.numbers) == len(deed.days) > 1:
        each = zip(deed.days, deed.numbers, strict=True)
        return [make(scene, normal, deed, [day], one.value, one.at_least) for day, (one, _) in each]
    count, bound = thing_count(deed)
    present = attendance(deed, count)
    one_each = len(deed.days) > 1 and count == len(deed.days) and all(d.first == d.last for d in deed.days)
    if len(deed.days) < 2 or not (deed.each or one_each):
        return [make(scene, normal, deed, deed.days, count, bound, attendance=present)]
    count = 1.0 if one_each else count
    return [make(scene, normal, deed, (day,), count, bound, attendance=present) for day in deed.days]


def make(
    scene: Scene,
    normal: Normal,
    deed: Deed,
    days: Sequence[Days],
    count: float | None,
    bound: float | None = None,
    audience: str | None = None,
    attendance: int | None = None,
    full_day: bool | None = None,
) -> Entry:
    """An entry of one deed, on some of its days."""
    said = whole_span(scene, days)
    start, end = said.first, said.last
    if start and end and start < end and not deed.planned and start <= scene.today < end:
        end = scene.today
    reached = deed.activity == "coverage"
    return Entry(
        deed.activity, audience, count, start, end, deed.total, attendance,
        place=normal.original(*deed.place) if deed.place else None,
        method="forum" if deed.forum and deed.activity == "interview" else None,
        at_least=bound,
        met_before=whole(deed.met_before) if deed.activity in PEOPLE else None,
        period=said.period,
        colleague=deed.colleague,
        text=deed.text,
        of=whole(deed.of) if reached else None,
        class_name=normal.original(*deed.class_name) if reached and deed.class_name else None,
        invalid=said.invalid,
        dated=deed.dated,
        full_day=full_day,
        ambiguous=said.ambiguous,
        span=normal.span(deed.start, deed.end),
    )  # fmt: skip


def whole_span(scene: Scene, days: Sequence[Days]) -> Days:
    """From the first day to the last, and what was said of one of them; today where none was said."""
    if len(days) == 1:
        return days[0]
    if not days:
        return Days(scene.today, scene.today)
    return Days(
        min((d.first for d in days if d.first), default=None),
        max((d.last for d in days if d.last), default=None),
        days[0].period,
        next((d.invalid for d in days if d.invalid), None),
        next((d.ambiguous for d in days if d.ambiguous), None),
    )


def thing_count(deed: Deed) -> tuple[float | None, float | None]:
    """How many of a thing: said, counted by name, or one."""
    if not deed.numbers:
        if deed.each and deed.units and deed.activity == "lecture":
            return deed.units, None
        return float(deed.classes or 1) if deed.activity in ("class_visit", "unit_link") else 1.0, None
    count, bound = summed([n for n, _ in deed.numbers])
    return (count * deed.times if deed.times and count else count), bound


def summed(numbers: Sequence[Number]) -> tuple[float | None, float | None]:
    """Numbers of one deed added up, unless the later ones are the parts of the first."""
    first = numbers[0]
    values = [n.value for n in numbers[1:] if n.value is not None]
    if first.value is None or not values or (len(values) > 1 and sum(values) == first.value):
        return first.value, first.at_least
    return first.value + sum(values), None


def attendance(deed: Deed, count: float | None) -> int | None:
    """How many were present; none where it is open."""
    if deed.activity not in EVENTS or not deed.crowd:
        return None
    values = [g.number.value for g in deed.crowd if g.number]
    if any(v is None for v in values):
        return None
    total = counted_once([v for v in values if v is not None])
    if any(g.each for g in deed.crowd) and count:
        total *= count
    return int(total)


def counted_once(values: Sequence[float]) -> float:
    """四年级40人,五年级45人,共85人: a sum beside its parts is told once."""
    if len(values) > 2 and (sum(values[1:]) == values[0] or sum(values[:-1]) == values[-1]):
        return max(values)
    return sum(values)


def stay_entries(scene: Scene, normal: Normal, deed: Deed) -> Iterator[Entry]:
    """Days at a school: each separate day its own entry, a span one."""
    if deed.without and not deed.numbers:
        for piece in pieces(deed):
            yield make(scene, normal, deed, (piece,), count=days_in(piece))
        return
    full = True if deed.whole else False if deed.half or deed.part else None
    if len(deed.days) > 1 and not (deed.numbers and deed.numbers[0][0].value == len(deed.days) and unbroken(deed.days)):
        for one in deed.days:
            long = (one.last - one.first).days + 1 if one.first and one.last else 1
            short = deed.half or one.first in deed.halves
            yield make(scene, normal, deed, (one,), 0.5 if short else float(long), full_day=full)
        return
    if not deed.numbers:
        yield make(scene, normal, deed, deed.days, unsaid_days(deed), full_day=full)
        return
    number = deed.numbers[0][0]
    days: Sequence[Days] = deed.days
    if not days and number.value is not None and number.value > 1:
        days = (Days(scene.today - back(number.value), scene.today),)
    if len(days) == 1 and days[0].first is None and days[0].last and number.value:
        days = (replace(days[0], first=days[0].last - back(number.value)),)
    yield make(scene, normal, deed, days, number.value, number.at_least, full_day=full)


def back(count: float) -> timedelta:
    """From the first to the last of so many days; a number that is none of days reaches no further than ten years."""
    return timedelta(days=min(ceil(count), TEN_YEARS) - 1)


def unbroken(days: Sequence[Days]) -> bool:
    """True for days that follow one another."""
    firsts = sorted(d.first for d in days if d.first)
    return len(firsts) == len(days) and (firsts[-1] - firsts[0]).days == len(days) - 1


def unsaid_days(deed: Deed) -> float:
    """How many days a stay without a number has: those of its range, half of one, or one."""
    one = deed.days[0] if deed.days else None
    if one is not None and (deed.explicit_range or deed.each) and one.first and one.last:
        days = [one.first + timedelta(days=i) for i in range((one.last - one.first).days + 1)]
        return float(
            len(days) - len(deed.halves) / 2 if deed.explicit_range else sum(day.weekday() < 5 for day in days) or 1
        )
    return 0.5 if deed.half else 1.0


def talk_entries(scene: Scene, normal: Normal, deed: Deed) -> Iterator[Entry]:
    """People talked to: an entry for each audience, on each day where 各 says so."""
    for group in parted(deed.groups) or [Group(deed.start, deed.end)]:
        if group.number is not None and group.number.value == 0:
            continue
        count, bound = people_count(group)
        spread = [(d,) for d in deed.days] if (group.each or deed.each) and len(deed.days) > 1 else [deed.days]
        for days in spread:
            yield make(scene, normal, deed, days, count, bound, group.audience)


def whole(value: float | None) -> int | None:
    """A number as a whole number."""
    return None if value is None else int(value)


def people_count(group: Group) -> tuple[float | None, float | None]:
    """How many people: said, named, one meant, or open."""
    if group.number is not None:
        return group.number.value, group.number.at_least
    if group.named:
        return float(group.named), None
    single = group.kind == "titles" or (group.kind == "roles" and group.prep)
    return (1.0, None) if single else (None, None)


def parted(found: Sequence[Group]) -> list[Group]:
    """其中: the parts of a whole, and what they leave over."""
    out: list[Group] = []
    if len(found) > 2 and found[0].audience is None and adds_up(found[0], found[1:]):
        found = [found[0], *(replace(g, among=True) for g in found[1:])]
    for group in found:
        if not (group.among or group.rest) or not out:
            out.append(group)
            continue
        whole_group = next((g for g in reversed(out) if not g.among), out[0])
        if group.rest and group.number is None:
            out[out.index(whole_group)] = renamed(whole_group, group)
            continue
        if not splits(whole_group, group):
            continue
        out[out.index(whole_group)] = less(whole_group, group)
        out.append(group)
    return [g for g in out if not (g.number is not None and g.number.value is not None and g.number.value <= 0)]


def renamed(whole_group: Group, rest: Group) -> Group:
    """其余是家长: what is left over has an audience of its own."""
    return replace(whole_group, audience=rest.audience)


def splits(whole_group: Group, part: Group) -> bool:
    """True where a part is another audience than the whole, not a quality of it."""
    if part.audience is None or part.number is None or part.audience == whole_group.audience:
        return False
    return whole_group.audience is None or part.audience in SPLITS


def less(whole_group: Group, part: Group) -> Group:
    """The whole without one part."""
    if (
        whole_group.number is None
        or whole_group.number.value is None
        or part.number is None
        or part.number.value is None
    ):
        return whole_group
    return replace(whole_group, number=Number(whole_group.number.value - part.number.value))
