"""Small numbers of people in need: hidden, and not to be reckoned back from what is shown."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.hardship import HIDDEN, LEAST, guarded, veiled

CELLS = st.lists(st.integers(0, 6).map(Decimal), min_size=1, max_size=6)


@settings(deadline=None)
@given(CELLS)
def test_no_small_number_is_shown(cells: list[Decimal]) -> None:
    told, total = guarded(cells, sum(cells, Decimal(0)))
    assert not [cell for cell in (*told, total) if isinstance(cell, Decimal) and 0 < cell < LEAST]


@settings(deadline=None)
@given(CELLS)
def test_what_is_hidden_cannot_be_reckoned_back(cells: list[Decimal]) -> None:
    told, total = guarded(cells, sum(cells, Decimal(0)))
    hidden = [place for place, cell in enumerate(told) if cell == HIDDEN]
    if not hidden or total == HIDDEN:
        return
    rest = int(sum(cell for cell in told if isinstance(cell, Decimal)))
    missing = int(total) - rest  # type: ignore[arg-type]
    # Whoever reads it knows only that each hidden cell is at least one, and what they add up to.
    could = [guess for guess in product(range(1, missing + 1), repeat=len(hidden)) if sum(guess) == missing]
    for place in range(len(hidden)):
        assert len({guess[place] for guess in could}) > 1


@given(st.lists(st.integers(3, 50).map(Decimal), max_size=6))
def test_large_numbers_stay(cells: list[Decimal]) -> None:
    total = sum(cells, Decimal(0))
    assert guarded(cells, total) == (cells, total)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("有2名困难学生交不起餐费", "有少数困难学生交不起餐费"),
        ("1个孩子家庭困难", "少数孩子家庭困难"),
        ("困难学生有两名", "困难学生有少数"),
        ("班里一位单亲孩子情绪低落", "班里少数单亲孩子情绪低落"),
        ("全校12名困难学生", "全校12名困难学生"),
        ("全校32名留守儿童", "全校32名留守儿童"),
        ("2名辅导员没有补贴", "2名辅导员没有补贴"),
        ("第2个问题：设备困难", "第2个问题：设备困难"),
        ("困难学生20名", "困难学生20名"),
    ],
)
def test_words_tell_no_small_number_either(said: str, told: str) -> None:
    assert veiled(said) == told


@given(st.text(max_size=60))
def test_any_words_pass(text: str) -> None:
    assert veiled(veiled(text)) == veiled(text)
