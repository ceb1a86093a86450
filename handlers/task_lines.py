"""The question about one line of a task list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"


def question(lines: Sequence[Mapping[str, Any]], index: int) -> str:
    """One line with its proposal, and how to answer."""
    row = lines[index]
    return f"{NUMBERS[index]}{row['aspect']}：{row['text']}。\n照这样就回“是”，要改就写“改为……”。"


def task_question(item: int, lines: Sequence[Mapping[str, Any]], index: int) -> dict[str, Any]:
    """The question about one line, as it is stored."""
    return {"kind": "task_line", "text": question(lines, index), "data": {"item": item, "index": index}}
