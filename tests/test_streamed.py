"""Workbooks of plain rows: what openpyxl reads back is what was written, whatever it was, however many sheets it takes."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.forms import streamed
from bot.forms.streamed import write_book
from bot.forms.tables import NOT_XML, write_xlsx

WORDS = st.text(max_size=40).map(lambda text: NOT_XML.sub("", text).replace("\r", ""))
CELLS = st.one_of(
    st.none(),
    WORDS,
    st.integers(-(10**15), 10**15),
    st.booleans(),
    st.decimals(-1000, 1000, places=1).map(lambda number: number + 0),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
)
COLUMNS = 5


def book(rows: list[Any], keys: tuple[str, ...] = ("a", "b", "c", "d", "e")) -> Workbook:
    out = io.BytesIO()
    write_book(keys, rows, out)
    return load_workbook(io.BytesIO(out.getvalue()))


def read(cell: Any) -> Any:
    """As people would say it is the same: a day is a day, an empty text an empty cell."""
    value = cell.value.date() if cell.is_date and cell.value is not None else cell.value
    return value if value != "" else None


def meant(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value if value != "" else None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), *[CELLS] * (COLUMNS - 1)), max_size=8))
def test_what_is_read_back_is_what_was_written(rows: list[tuple[Any, ...]]) -> None:
    page = book(rows)["records"]
    found = [tuple(read(cell) for cell in row) for row in page.iter_rows(min_row=2, max_col=COLUMNS)]
    assert found == [tuple(meant(cell) for cell in row) for row in rows]


def test_the_heading_is_bold_and_fixed_and_days_look_like_days() -> None:
    page = book([("王干事", 3, Decimal("0.5"), date(2026, 11, 20), None)])["records"]
    assert [cell.value for cell in page[1]] == ["a", "b", "c", "d", "e"]
    assert page["A1"].font.b
    assert not page["A2"].font.b
    assert page.freeze_panes == "A2"
    assert page["D2"].number_format == "yyyy\\-mm\\-dd"
    assert page["D2"].is_date


def test_nothing_but_a_heading() -> None:
    page = book([])["records"]
    assert (page.max_row, page["A1"].value) == (1, "a")


@pytest.mark.parametrize(("rows", "sheets"), [(3, [3]), (4, [4]), (5, [4, 1]), (8, [4, 4])])
def test_what_one_sheet_cannot_hold_goes_to_the_next(
    monkeypatch: pytest.MonkeyPatch, rows: int, sheets: list[int]
) -> None:
    monkeypatch.setattr(streamed, "MOST_ROWS", 4)
    found = book([(n, "", "", "", "") for n in range(rows)])
    assert found.sheetnames == ["records", "records 2"][: len(sheets)]
    assert [page.max_row - 1 for page in found] == sheets
    assert [row[0].value for page in found for row in page.iter_rows(min_row=2)] == list(range(rows))


@pytest.mark.parametrize("words", ["<b>&\"'", " lead", "two\nlines", "x" * 40_000, "𠮷野家", "0012"])
def test_words_stay_words(words: str) -> None:
    assert book([(words, None, None, None, None)])["records"]["A2"].value == words[: streamed.LONGEST]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "＝1", " =1", "\t=1"])
def test_no_cell_runs(words: str) -> None:
    out = io.BytesIO()
    write_xlsx(("a",), [(words,)], out)
    with ZipFile(out) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert load_workbook(out)["records"]["A2"].value == "'" + words


def test_a_number_remembered_is_no_yes() -> None:
    out = io.BytesIO()
    write_xlsx(("a", "b", "c"), [(True, 1, Decimal(1)), (Decimal(1), True, 1)], out)
    cells = [[cell.value for cell in row] for row in load_workbook(out)["records"].iter_rows(min_row=2)]
    assert [[type(value) for value in row] for row in cells] == [[bool, int, int], [int, bool, int]]


def test_many_columns_have_their_letters() -> None:
    keys = tuple(f"k{n}" for n in range(60))
    page = book([tuple(range(60))], keys)["records"]
    assert (page["AA1"].value, page["BH2"].value) == ("k26", 59)
