"""Hand-ins in words: what is due when, a row of figures, who has not confirmed, what differs from the frozen ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from handlers.wording import ACTIVITIES, AUDIENCES, day
from models.completion import SUMS, Row
from models.filing import Correction
from models.hand_ins import Due

MOST_ROWS = 12


def name_of(due: Due) -> str:
    """10月任务清单完成情况, 上半年阶段性总结报告, 2026年度…."""
    year, _, part = due.period.partition("-")
    if part:
        return f"{int(part)}月{due.hand_in.title}"
    if due.period.endswith(("H1", "H2")):
        return f"{'上' if due.period.endswith('1') else '下'}半年{due.hand_in.title}"
    return f"{year}年{due.hand_in.title}"


def until(due: Due, today: date) -> str:
    """11月10日前; with the hour where there is one."""
    hour = "" if due.hand_in.at == "24:00" else due.hand_in.at
    return f"{day(due.due, today)}{hour}前" + ("" if due.hand_in.exact else "（文件未定日子，按此提醒）")


def row_line(row: Row, note: str = "") -> str:
    """沁水县团委：应参加3人，已开展2人，完成1人；驻校5天、队员12名."""
    done = "、".join(f"{SUMS[key][0]}{value}{SUMS[key][1]}" for key, value in row["sums"].items() if value != "0")
    people = f"应参加{row['bound']}人，已开展{row['begun']}人，全部完成{row['done']}人"
    return f"{row['unit']}{note}：{people}" + (f"；{done}" if done else "")


def rows_text(rows: Sequence[Row], waiting: Collection[int]) -> str:
    """All rows in the official order; who has not confirmed is marked, never left out."""
    shown = [row_line(row, "（未确认）" if row["unit_id"] in waiting else "") for row in rows[:MOST_ROWS]]
    more = [f"另有{len(rows) - MOST_ROWS}个单位，见表格。"] if len(rows) > MOST_ROWS else []
    return "\n".join([*shown, *more])


def differences(frozen: Sequence[Row], current: Sequence[Row]) -> list[str]:
    """Where the figures of now are not those that were handed in: 沁水县团委 队员12→15."""
    now = {row["unit_id"]: row for row in current}
    return [
        f"{old['unit']} {'、'.join(changed)}"
        for old in frozen
        if (changed := _changed(old, now.get(old["unit_id"], old)))
    ]


def _changed(old: Row, new: Row) -> list[str]:
    pairs = ((label, old["sums"].get(key, "0"), new["sums"].get(key, "0")) for key, (label, _) in SUMS.items())
    return [f"{label}{before}→{after}" for label, before, after in pairs if before != after]


def by_unit(found: Sequence[Correction]) -> dict[str, list[str]]:
    """What was put right since, unit by unit: 访谈学生1处."""
    counted: dict[str, Counter[str]] = {}
    for one in found:
        label = ACTIVITIES.get(one.activity or "", ("记录", ""))[0] + AUDIENCES.get(one.audience or "", "")
        counted.setdefault(one.unit, Counter())[label] += one.changes
    return {unit: [f"{label}{number}处" for label, number in kinds.items()] for unit, kinds in counted.items()}
