"""A post handed over, in words: what went over, for the one who takes it and the one who gave it."""

from __future__ import annotations

from models.handing import Handed
from models.handover import Handover
from models.roster_differences import role_words


def parts(handed: Handed) -> list[str]:
    """What went over, thing by thing."""
    said = (
        f"角色：{role_words(' '.join(handed.roles))}" if handed.roles else "",
        f"蹲点学校：{'、'.join(handed.schools)}" if handed.schools else "",
        f"没办完的问题{handed.problems}件，有回音告诉接手人" if handed.problems else "",
        f"{handed.task_list}年任务清单（作草稿，核对后再提交）" if handed.task_list else "",
        f"重点班级：{'、'.join(handed.classes)}（覆盖人数从0算起）" if handed.classes else "",
        f"等确认的报送{handed.drafts}份" if handed.drafts else "",
        f"等审定的材料{handed.approvals}份" if handed.approvals else "",
    )
    return [part for part in said if part]


def to_taker(one: Handover, handed: Handed) -> str:
    """What the one who takes the post hears."""
    lines = parts(handed) or ["没有需要移交的未办事项"]
    return f"从{_day(one)}起，你接{one.giver}的工作：{'；'.join(lines)}。{one.giver}以前的记录仍是本人的。"


def to_giver(one: Handover, handed: Handed) -> str:
    """What the one who gave it hears."""
    return (
        f"从{_day(one)}起，你的工作交给{one.taker}：{'；'.join(parts(handed)) or '没有未办事项'}。你的记录和数字不变。"
    )


def _day(one: Handover) -> str:
    return f"{one.day.month}月{one.day.day}日"
