"""What might point at a child in need: small numbers are not told, in figures or in words, nor can they be reckoned back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

KINDS = frozenset({"pairing"})
METRICS = frozenset({"pairings"})
LEAST = 3
HIDDEN = "—"
NOTE = "“—”：涉及困难学生的数少于3不列，也不让人从合计推出来"
_NEED = "困难|贫困|特困|贫寒|低保|建档|孤儿|单亲|留守|残疾|残障|患病|重病|病残|困境|失依|监护缺失|流动儿童"
_FEW = r"(?:[12１２一二两俩]|(?<=\D)0[12])"
_WORDS = re.compile(
    rf"(?<![\d０-９十百千万.．第]){_FEW}(?P<unit>个|名|位|户|对|人)(?=[^，。；,;\d]{{0,8}}(?:{_NEED}))"
    rf"|(?P<lead>(?:{_NEED})[^，。；,;\d]{{0,8}}?)(?<![\d十百第]){_FEW}(?P<late>个|名|位|户|人)"
)

Cell = Decimal | None


def guarded(cells: Sequence[Cell], total: Cell = None) -> tuple[list[Decimal | str | None], Decimal | str | None]:
    """Cells and their total as they may be told: 1 and 2 are hidden, and more with them until the total gives nothing away."""
    hidden = {place for place, value in enumerate(cells) if _small(value)}
    rest = sorted((value, place) for place, value in enumerate(cells) if value and place not in hidden)
    while hidden and total is not None and rest and _given_away(cells, hidden):
        hidden.add(rest.pop(0)[1])
    told: list[Decimal | str | None] = [HIDDEN if place in hidden else value for place, value in enumerate(cells)]
    safe = total is not None and not _small(total) and not (hidden and _given_away(cells, hidden))
    return told, total if safe or not total else HIDDEN


def _small(value: Cell) -> bool:
    return value is not None and 0 < value < LEAST


def _given_away(cells: Sequence[Cell], hidden: set[int]) -> bool:
    """Whether what is hidden follows from its sum: there is but one such cell, or all can only be one."""
    found = [cells[place] or Decimal(0) for place in hidden]
    return len(found) == 1 or sum(found) <= len(found)


def veiled(text: str) -> str:
    """Words without small numbers of people in need: 2名困难学生 is 少数困难学生."""
    return _WORDS.sub(lambda m: f"{m['lead']}少数" if m["lead"] else "少数", text)
