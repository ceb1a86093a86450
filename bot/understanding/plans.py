"""Whether a head is only planned: by the words before it, by the hour, or until it is said as done."""

from __future__ import annotations

from .clauses import Clause
from .heads import Part
from .late import late
from .scene import Scene

DONE = ("了", "过", "完", "好", "咗", "成")
SOON = late("一?会儿?(?!儿?[,。了])|等一?[会下]|待会")


def planning(scene: Scene, clause: Clause, part: Part) -> bool:
    """准备 holds to the end of the sentence, until something is said as done (谈了3名)."""
    if said_done(scene.text, part):
        return scene.ahead and scene.planning
    if part.before and SOON.match(scene.text, part.before[0].start) and scene.text[part.before[0].start - 1] in " ,。;":
        return True
    if scene.planning or scene.deadline or later_today(scene, part):
        return True
    if not clause.has("plan"):
        return False
    return any("plan" in t.roles and (t.word != "待" or "act" not in t.roles) for t in [*part.before, part.head])


def said_done(text: str, part: Part) -> bool:
    """谈了, 谈完; not 把剩下的谈完 that is still striven for."""
    after, word = text[part.head.end : part.head.end + 1], part.head.word
    done = after in DONE or word.endswith(DONE) or word[1:2] in ("了", "过")
    return done and not (word.endswith("完") and any("plan" in t.roles for t in part.before))


LATER_PARTS = {
    "中午": 11,
    "下午": 12,
    "傍晚": 16,
    "晚上": 17,
}  # the hour before which such a part of today is still to come


def later_today(scene: Scene, part: Part) -> bool:
    """下午去学校, said in the morning."""
    said = next((t for t in part.before if "part_day" in t.roles), None)
    if said is None or scene.now.hour >= LATER_PARTS.get(said.word, 0):
        return False
    if (
        part.head.word[-1] == "的"
        or scene.text[part.head.end : part.head.end + 1] == "的"
        or "那天" in scene.text[: said.start]
    ):
        return False
    return not scene.days or scene.days[0].first == scene.today
