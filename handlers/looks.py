"""What a look at a person was for, in words: the line that the person finds beside it."""

from __future__ import annotations

from collections.abc import Mapping

LOOKS: Mapping[str, str] = {
    "person_progress": "查进度",
    "behind": "看未开始名单",
    "spot_check": "抽查",
    "nudge": "催办",
    "names": "看单位名单",
    "help": "看帮助名单",
    "roster": "看名册",
    "assignments": "看蹲点安排",
    "codes": "看谁还没加入",
    "approve": "审批",
    "rate": "评价",
    "goal": "改目标",
    "export": "导出",
    "year_sheet": "要年度表",
}
