"""Days taken out of a stay: 12日至16日驻校,14日回单位开会 is two stays with a day between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .clauses import Clause
from .dates_calendar import Days
from .deeds import Deed, number_of
from .late import late
from .scene import Scene

OUT = late(
    "没[有能]?[去来到在]|不在|未[能]?[去来到在]|缺[勤席了]|请了?[一半]?天?[事病]?假|休息|调休|放假|出差|外出|有会|有事|生病|病了|看病|除[了去]?(?!草)|"
    "扣[掉除]|刨[去除]|不算|(?:回|去|到|赴|上|被[叫抽]|临时)[^,。;]{0,8}(?:开了?[^,。;]{0,5}会|会议|培训|学习|办事|汇报|值班|局里|单位|机关|团委|县里|市里|区里|师里|省里|镇里)"
)
NEAR = 3


def taken_out(scene: Scene, clause: Clause) -> bool:
    """True for a clause that only says on which day of the stay just told the speaker was away."""
    stay = stay_before(scene)
    if stay is None or not OUT.search(scene.text, clause.start, clause.end):
        return False
    if any("act" in t.roles and t.roles["act"] != "on_site" for t in clause.tokens):
        return False
    span = stay.days[0]
    out = [day for t in clause.tokens if t.said for day in t.said.resolve(scene.now)]
    if not out or not all(d.first and d.first == d.last and span.first < d.first < span.last for d in out):  # type: ignore[operator]
        return False
    if not ("half_day" in clause.roles or "part_day" in clause.roles):
        stay.without += tuple(d.first for d in out if d.first)
    return True


def changes_a_stay(scene: Scene, clause: Clause) -> bool:
    """True for a clause that only takes a day, or half of one, out of the stay just told."""
    return taken_out(scene, clause) or shortened(scene, clause)


def shortened(scene: Scene, clause: Clause) -> bool:
    """周一、周三、周五到校,周三只待了半天: one of the days just told was half a day."""
    if not ("half_day" in clause.roles or "part_day" in clause.roles) or "also" in clause.roles:
        return False
    stay = next((d for d in reversed(scene.recent[-NEAR:]) if d.activity == "on_site" and scene.near(d)), None)
    if stay is None or stay.negated or stay.planned or not (len(stay.days) > 1 or stay.explicit_range):
        return False
    if any("act" in t.roles and t.roles["act"] != "on_site" for t in clause.tokens) or "school" in clause.roles:
        return False
    short = [day.first for t in clause.tokens if t.said for day in t.said.resolve(scene.now) if day.first == day.last]
    if not short or not all(d and any(s.first and s.last and s.first <= d <= s.last for s in stay.days) for d in short):
        return False
    if "half_day" in clause.roles:
        stay.halves += tuple(d for d in short if d)
        stay.numbers, stay.proven = [], True
    return True


def note_length(scene: Scene, clause: Clause) -> None:
    """星期一半天, before the school is said: how long a stay of that day was."""
    if "half_day" in clause.roles:
        scene.halves_at = scene.clause
    words = [t for t in clause.tokens if not {"part_day", "noise", "actual"} & t.roles.keys()]
    if len(words) == 2 and "date" in words[0].roles:
        scene.lengths.append((words[0], words[1]))


def spend_lengths(scene: Scene, deed: Deed) -> None:
    """星期一半天,星期二全天,都在镇小: each day with its length, in place of the whole."""
    for day, length in scene.lengths:
        scene.dated([day], forward=False)
        one = scene.apart(deed)
        one.place, one.proven = deed.place, True
        one.numbers = [number_of(length)] if length.number and "half_day" not in length.roles else []
        one.half = "half_day" in length.roles
    deed.dropped, scene.lengths = True, []


def stay_before(scene: Scene) -> Deed | None:
    """The stay over a range that was told just before."""
    for deed in reversed(scene.recent[-NEAR:]):
        span = deed.days[0] if len(deed.days) == 1 and deed.explicit_range else None
        if deed.activity == "on_site" and span is not None and span.first and span.last and scene.near(deed):
            return deed
    return None


def pieces(deed: Deed) -> Iterator[Days]:
    """What is left of the range, day by day without those taken out."""
    first, last = deed.days[0].first, deed.days[0].last
    for gap in (*sorted(deed.without), None):
        end = gap - timedelta(days=1) if gap else last
        if first and end and first <= end:
            yield Days(first, end)
        first = gap + timedelta(days=1) if gap else None


def days_in(days: Days) -> float:
    """How many days a piece has."""
    first, last = days.first or date.min, days.last or date.min
    return float((last - first).days + 1)
