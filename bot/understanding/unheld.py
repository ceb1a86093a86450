"""Deeds that are named and were not held: put off to another day, only prepared, or meetings that are no deeds of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .clauses import Clause, rest
from .deeds import EVENTS, Deed
from .heads import Part
from .late import late, several
from .people import Group
from .scene import Scene
from .tokens import Token

CHANGED = frozenset(("改", "改成", "改为"))
AROUND = several("mean go off date orig neg also actual part_day conj skip plan done again")
HELD = late("召开|举行|举办|开展|组织(?!者)|上了|讲了|开了|搞了|办了|做了|完成|顺利")

REHEARSED = ("彩排", "排练", "预演", "筹备")
HELD_AFTER = late("(?:办|开|举行|举办|搞|完成|上|召开|弄|整|进行)(?:了|的|完)|正式|真办|(?:举行|举办|开展|召开)")


def put_off(scene: Scene, clause: Clause, told: list[Deed]) -> None:
    """宣讲推到下周一: what is put off is planned for the day it is put off to; that day holds for nothing else."""
    off = shifted(scene, clause, told)
    later = [t for t in clause.tokens if "date" in t.roles and off is not None and t.start >= off.start]
    if off is None or any(t.word[:1] in "今昨前" for t in later):
        return
    moved = (
        [deed for deed in told if deed.start < off.start] or named_before(scene, clause, told) or gone_later(told, off)
    )
    days = tuple(day for t in later if t.said for day in t.said.resolve(scene.now, True))
    for deed in moved:
        deed.moved = deed not in told
        if deed.moved and deed.negated and deed.groups:
            deed.proven, deed.groups = True, [replace(g, prep=True) for g in deed.groups]
        deed.planned, deed.dropped, deed.negated = True, not days, deed.negated and not days
        deed.days, deed.dated = days or deed.days, bool(days) or deed.dated


def gone_later(told: list[Deed], off: Token) -> list[Deed]:
    """明天去不了,改周五去: going is told again behind the word that puts it off."""
    return [deed for deed in told if off.word in CHANGED and deed.activity == "on_site"]


def shifted(scene: Scene, clause: Clause, told: Sequence[Deed] = ()) -> Token | None:
    """推到下周一, or 改成后天 behind something given up: the word that puts a deed off."""
    if "off" in clause.roles:
        return clause.first("off")
    if "date" not in clause.roles or "actual" not in clause.roles:
        return None
    last = scene.last if scene.last not in told else next((d for d in reversed(scene.deeds) if d not in told), None)
    if last is None or not (last.dropped or last.negated):
        return None
    return next(
        (a for a, b in pairwise(clause.tokens) if a.word in CHANGED and "date" in b.roles and b.start == a.end), None
    )


def named_before(scene: Scene, clause: Clause, told: list[Deed]) -> list[Deed]:
    """本来约校长谈话,挪到周五: the deed of the clause before, where this one names none."""
    last = scene.last
    if told or last is None or rest(scene.text, clause, AROUND):
        return []
    if last.clause != scene.clause - 1 and not (last.sentence == scene.sentence and (last.dropped or last.negated)):
        return []
    return [deed for deed in scene.recent if deed.clause == last.clause]


def stale(scene: Scene, clause: Clause, part: Part) -> bool:
    """给明天的宣讲备课,听了一节课: a day to come, said in a clause before, is not the day of what was done and counted."""
    if not scene.ahead or scene.date_at > clause.start:
        return False
    done = part.head.word.endswith(("了", "过", "完")) or scene.text[part.head.end : part.head.end + 1] in "了过完"
    return done and any("num" in t.roles for t in part.behind)


def forget_day(scene: Scene) -> None:
    """From here on no day is said."""
    scene.days, scene.ranged, scene.ahead, scene.planning, scene.date_at = (), False, False, False, -1


def only_prepared(scene: Scene, part: Part) -> bool:
    """筹备主题队日, 指导排练入队仪式: an event prepared was not held."""
    if part.activity not in EVENTS and part.tone != "forum":
        return False
    if any(t.word.startswith(REHEARSED) for t in part.behind) and not HELD_AFTER.search(
        scene.text, part.behind[-1].start, part.behind[-1].end + 3
    ):
        return True
    ready = next((t for t in reversed(part.before) if "prepare" in t.roles), None)
    if ready is None or HELD.search(scene.text, ready.end, part.head.start):
        return False
    return (
        HELD_AFTER.search(scene.text, part.head.end, part.behind[-1].end + 3 if part.behind else part.head.end + 3)
        is None
    )


def held_later(scene: Scene, clause: Clause) -> None:
    """昨天彩排主题队日,今天正式开了: what was only prepared, now held on a day of its own."""
    last = scene.last
    if (
        last is None
        or not last.dropped
        or last.activity not in EVENTS
        or "neg" in clause.roles
        or scene.sentence - last.sentence > 1
    ):
        return
    if HELD_AFTER.search(scene.text, clause.start, clause.end):
        scene.last = scene.apart(last)
        scene.last.dropped = False


def elsewhere(scene: Scene, clause: Clause, found: list[Group]) -> bool:
    """参加教师例会,20名老师参加: those present at a meeting that is no deed are not talked to."""
    if "meeting" in clause.roles:
        scene.meeting_at = scene.clause
        return True
    if scene.clause - scene.meeting_at == 1 and "attend" in clause.roles and found:
        scene.meeting_at = scene.clause
        return True
    return False
