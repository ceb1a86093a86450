"""A table as lines of words: each number under its heading becomes the heading and the number."""

from __future__ import annotations

from .late import late
from .normal import LETTERS

CELL = late(r"\t| {2,}| ?[|｜] ?")
LONGEST = 16
MOST = 60
HEADING = late(
    "访谈|谈话|谈心|听课|宣讲|问卷|驻校|到校|蹲点|队员|辅导员|班主任|老师|教师|学生|家长|团课|队课|结对|走访"
)
WHERE = late("日期|时间|学校|地点|单位|姓名|星期")
NOTHING = frozenset(("0", "无", "-", "—", "/", "×", "", "零"))
FEWEST = 3


def laid_out(text: str) -> str | None:
    """The text with its table told in lines; none where it holds no table."""
    if "\n" not in text:
        return None
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    if len(lines) < 2:
        return None
    head = cells(lines[0])
    if (
        len(lines) > MOST
        or len(head) < FEWEST
        or max(map(len, head)) > LONGEST
        or not any(HEADING.search(cell.translate(LETTERS)) for cell in head)
        or any(c.isdigit() for c in lines[0])
    ):
        return None
    rows = [cells(line) for line in lines[1:]]
    if not rows or any(len(row) != len(head) for row in rows):
        return None
    return "\n".join(told(head, row) for row in rows)


def cells(line: str) -> list[str]:
    """The cells of a line."""
    return [cell.strip() for cell in CELL.sub("\t", line.strip("|｜ ")).split("\t")]


def told(head: list[str], row: list[str]) -> str:
    """One row: where and when as they stand, each number behind its heading."""
    said = []
    for name, cell in zip(head, row, strict=True):
        if WHERE.search(name.translate(LETTERS)) and not cell.isdigit():
            said.append(cell)
        elif HEADING.search(name.translate(LETTERS)) and cell not in NOTHING:
            said.append(name if cell in ("√", "✓", "是", "有") else f"{name}{cell}")
    return ",".join(said)
