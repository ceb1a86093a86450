"""What is said last and holds for all told before in the sentence: 都是半天, 都是昨天的事."""

from __future__ import annotations

from itertools import pairwise

from .clauses import Clause
from .late import late
from .scene import Scene, take_dates

HALVES = late("(?:都|全|均|各|也都)(?:只)?(?:是|去了?|[待呆蹲]了?|算)?半天")


def all_halves(scene: Scene, clause: Clause) -> None:
    """上午去了龙泉小学,下午去了水峪小学,都是半天: each stay that the sentence told."""
    if not ("half_day" in clause.roles and HALVES.search(scene.text, clause.start, clause.end)):
        return
    for deed in scene.recent:
        if deed.activity == "on_site" and deed.sentence == scene.sentence and not deed.numbers:
            deed.half = True


def all_dated(scene: Scene, clause: Clause) -> bool:
    """访谈了两个队员一个辅导员都是昨天下午的事: the day said of all that the sentence told before."""
    if not ("all" in clause.roles and "date" in clause.roles):
        return False
    day = next(
        (b for a, b in pairwise(clause.tokens) if "all" in a.roles and "date" in b.roles and a.end == b.start), None
    )
    told = [deed for deed in scene.recent if deed.sentence == scene.sentence]
    if day is None or not told:
        return False
    if take_dates(scene, clause, [day]) and not scene.ahead:
        scene.redate(told)
    return True
