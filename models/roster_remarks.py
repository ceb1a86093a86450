"""The cells of a roster in free words: who is named there, or could be found by it, is told to be left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.roster_sheets import Fault, Reading, Row

Masks = Callable[[str], str]
"""Words in, the words that may be kept out; the same where nobody is pointed at."""

FREE = (("学校", "remark", "备注"), ("班级", "name", "名称"))
POINTS = "里有姓名、电话一类指向具体人的内容，请删去或改成职务、人数再导入"


def without_people(reading: Reading, masks: Masks) -> Reading:
    """The same rows; each with a telephone or a child's name in free words is a fault, which does not repeat it."""
    reading.faults += list(_faults(reading, masks))
    return reading


def _faults(reading: Reading, masks: Masks) -> Iterator[Fault]:
    for sheet, key, heading in FREE:
        yield from (
            Fault(sheet, row.number, heading + POINTS)
            for row in reading.rows.get(sheet, [])
            if _points(row, key, masks)
        )


def _points(row: Row, key: str, masks: Masks) -> bool:
    words = str(row.said.get(key) or "")
    return bool(words) and masks(words) != words
