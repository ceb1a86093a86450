"""改目标：把张三的队员目标改成15名，借调半年（审批人写明原因）"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.asked import Asked
from handlers.figures import goal, of_person
from handlers.person import meant
from handlers.remarks import remark
from models.context_query import load_person
from models.credits import feeds
from models.goals import change
from models.notices import tell
from models.progress import Standing, plain
from models.refusal import Refusal

WHO = frozenset({"approver"})
EXAMPLE = "把张三的队员目标改成15名，借调半年"


def answer(asked: Asked) -> str:
    """Change one goal of one person for its present period; goals else stay as they were when the period began."""
    slots = asked.meaning.slots
    colleague = meant(asked, slots.get("name"), "goal")
    if colleague.id == asked.person_id:
        raise Refusal("自己的目标要由别的审批人来改。")
    context = load_person(asked.connection, colleague.id, asked.today)
    found = of_person(context, asked.calendar, asked.policies, asked.today) if context else ()
    one = _one(asked, found)
    reason = remark(asked.meaning.masked)
    if not reason:
        return f"改目标要写一句原因，如：把{colleague.name}的{one.rule.title}目标改成{slots['goal']}{one.rule.unit}，借调半年。"
    before, after = f"{plain(one.required)}{one.rule.unit}", f"{slots['goal']}{one.rule.unit}"
    number = change(asked.connection, asked.actor, colleague.id, colleague.unit_id, one, int(slots["goal"]), reason)
    said = f"{one.label}的{one.rule.title}目标由{before}改为{after}，原因：{reason}"
    tell(asked.connection, [colleague.id], f"goal:{number}", f"你{said}。", asked.now)
    return f"已改：{colleague.name}{said}。只管{one.label or '现在这一期'}，会告诉本人。"


def _one(asked: Asked, found: Sequence[Standing]) -> Standing:
    """The goal meant; a number is needed that can be set."""
    slots = asked.meaning.slots
    fitting = [s for s in found if feeds(s.rule, slots.get("activity"), slots.get("audience"))]
    fitting = [s for s in fitting if s.rule.kind != "shown" and s.rule.op in (">=", "between") and not s.rule.gauge]
    named = [s for s in fitting if s.rule.title in asked.meaning.masked] or fitting
    if not named:
        raise Refusal("这一项没有可以改的数量目标。回“要求”看各项目标。")
    if len(named) > 1:
        raise Refusal(f"有{len(named)}项：{'；'.join(goal(s.rule) for s in named)}。请写出是哪一项。")
    return named[0]
