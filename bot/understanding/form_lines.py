"""Forms: lines of a label and its value, and words before a colon that only announce what follows."""

from __future__ import annotations

from dataclasses import replace

from .clauses import Clause, rest
from .deeds import number_of
from .late import late
from .scene import Scene
from .tokens import Token

TOLD_OF = frozenset(("act", "aud", "num", "label", "class", "school"))
LONG = frozenset(("num", "half_day", "whole_day"))
LENGTH_LINE = LONG | {"date", "school", "part_day"}
IDLE = frozenset(("noise",))
STAYED = late("驻|蹲|待了|呆了|住了|到校|下校|入校|进校|请假|放假|出差|培训")


def behind_lead(clause: Clause) -> Clause:
    """今日收获:队员×6: words before a colon that tell nothing only announce what follows."""
    colon = clause.first("colon")
    if colon is None:
        return clause
    before = [t for t in clause.tokens if t.end <= colon.start]
    if any(TOLD_OF & t.roles.keys() for t in before):
        return clause
    kept = [t for t in before if "date" in t.roles or "total" in t.roles]
    behind = [t for t in clause.tokens if t.start >= colon.end]
    return replace(clause, tokens=[*kept, *behind], start=colon.end) if behind else clause


def stay_in_form(scene: Scene, clause: Clause, label: Token) -> None:
    """时长:半天 in a form that names a school: how long one was there."""
    long = next((t for t in clause.tokens if LONG & t.roles.keys()), None)
    if long is None or scene.place is None or any(d.activity == "on_site" for d in scene.recent):
        return
    deed = scene.last = scene.open("on_site", label.start, long.end)
    deed.half, deed.proven = "half_day" in long.roles, True
    deed.numbers = [number_of(long)] if long.roles.get("num") == "day" else []


def length_alone(scene: Scene, clause: Clause) -> None:
    """岔口小学 3天 队员12: how long, in a clause of its own before anything else, at the school just named."""
    if scene.place is None or scene.ahead or not clause.roles - IDLE <= LENGTH_LINE:
        return
    if any(deed.start > scene.date_at for deed in scene.deeds):
        return
    long = [t for t in clause.tokens if LONG & t.roles.keys()]
    if len(long) != 1 or long[0].roles.get("num", "day") != "day" or rest(scene.text, clause, LENGTH_LINE):
        return
    if STAYED.search(scene.text, clause.end):
        return
    deed = scene.last = scene.open("on_site", long[0].start, long[0].end)
    deed.half, deed.proven = "half_day" in long[0].roles, True
    deed.numbers = [number_of(long[0])] if long[0].number and not deed.half else []


def form_line(scene: Scene, clause: Clause) -> None:
    """时间:11月18日, 地点:实验小学 on a line of its own: they hold for the form's deeds told before."""
    label = clause.first("label")
    if clause.opener not in ("line", "stop") or label is None or label.start > clause.start + 1:
        return
    if label.word.endswith(("时长", "天数")):
        stay_in_form(scene, clause, label)
    elif label.word.endswith(("时间", "日期")) and "date" in clause.roles and not scene.ahead:
        scene.redate([deed for deed in scene.recent if not deed.dated])
    elif label.word.endswith(("地点", "学校")) and scene.place:
        for deed in scene.recent:
            deed.place = deed.place or scene.place
