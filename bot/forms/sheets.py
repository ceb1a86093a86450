"""Workbooks laid out as the official tables are: a title, heading rows with joined cells, borders, print on one page."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.forms.tables import harmless, plain

TITLE, HEADING, BODY = Font(name="方正小标宋简体", size=16), Font(name="黑体", size=11), Font(name="仿宋", size=11)
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADE = PatternFill("solid", start_color="FFEFF3F6")
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
START = Alignment(horizontal="left", vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: all rows as they stand, `heads` of them before the body, the ranges that are joined, column widths."""

    name: str
    rows: Sequence[Sequence[object]]
    heads: int
    merged: Sequence[str] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    loose: int = 1  # rows at the top without borders: the title, the line to fill in
    marks: Mapping[int, str] = field(default_factory=dict)  # rows in a named style other than their place gives them
    heights: Mapping[int, float] = field(default_factory=dict)


def workbook(grids: Sequence[Grid]) -> bytes:
    """The sheets as a file; no cell can act as a formula."""
    book = blank()
    for grid in grids:
        _sheet(book.create_sheet(grid.name), grid)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def blank() -> Workbook:
    """A workbook without a sheet that knows our styles."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in styles():
        book.add_named_style(style)
    return book


def _sheet(page: Worksheet, grid: Grid) -> None:
    for number, row in enumerate(grid.rows, start=1):
        style = style_of(number, grid)
        for column, value in enumerate(row, start=1):
            cell = page.cell(number, column)
            cell.style = style
            if value is not None:
                cell.value = value_of(value)
    for joined in grid.merged:
        page.merge_cells(joined)
    for number, row in enumerate(grid.rows, start=1):
        page.row_dimensions[number].height = grid.heights.get(number) or tall(row, grid, number)
    lay_out(page, grid, page.max_column)


def lay_out(page: Worksheet, grid: Grid, columns: int) -> None:
    """Widths, what stays in sight, and how it prints: A4 across, as wide as the page, headings on each."""
    for number in range(1, columns + 1):
        page.column_dimensions[get_column_letter(number)].width = grid.widths.get(number, 12)
    page.freeze_panes = f"A{grid.heads + 1}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.print_options.horizontalCentered = True
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.7, footer=0.35)
    footer: Any = page.oddFooter
    footer.center.text = "第 &P 页，共 &N 页"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"1:{grid.heads}"


def style_of(number: int, grid: Grid) -> str:
    """The named style of a row: named once in the book, since to set fonts and borders cell by cell takes its time."""
    if number in grid.marks:
        return grid.marks[number]
    if number <= grid.loose:
        return "title" if number == 1 else "line"
    return "heading" if number <= grid.heads else "body"


def styles() -> list[NamedStyle]:
    """Every style that a row may have."""
    return [
        NamedStyle("title", font=TITLE, alignment=MIDDLE),
        NamedStyle("line", font=HEADING, alignment=START),
        NamedStyle("heading", font=HEADING, alignment=MIDDLE, border=BOX, fill=SHADE),
        NamedStyle("body", font=BODY, alignment=MIDDLE, border=BOX),
        NamedStyle("words", font=BODY, alignment=START, border=BOX),
        NamedStyle("note", font=BODY, alignment=START),
    ]


def value_of(value: object) -> Any:
    """What a cell holds: days stay days, so that they can be sorted, and no words can act as a formula."""
    return value if isinstance(value, date) else harmless(plain(value))


def table(
    name: str, title: str, keys: Sequence[str], rows: Sequence[Sequence[object]], wide: Sequence[int] = ()
) -> Grid:
    """A plain table under a title: one heading row; columns as wide as what stands in them, `wide` ones wider."""
    last = get_column_letter(len(keys))
    heads: list[Sequence[object]] = [[title, *[None] * (len(keys) - 1)], list(keys)]
    widths = {at: _width(at, key, rows) for at, key in enumerate(keys, start=1)} | dict.fromkeys(wide, 36.0)
    return Grid(name, [*heads, *rows], 2, [f"A1:{last}1"], widths)


def _width(column: int, key: str, rows: Sequence[Sequence[object]]) -> float:
    held = max((room(row[column - 1]) for row in rows[:500] if len(row) >= column), default=0)
    return float(min(max(held + 2, min(room(key), 8) + 1, 6), 20))


def room(value: object) -> int:
    """How many columns of a plain letter a value takes; one of ours takes two."""
    text = value.isoformat() if isinstance(value, date) else str(plain(value)) if value is not None else ""
    return max((len(line) + sum(sign > "\u2e7f" for sign in line) for line in text.split("\n")), default=0)


def tall(row: Sequence[object], grid: Grid, number: int) -> float:
    """A row's height, so that wrapped words are seen whole wherever the sheet is opened."""
    if number == 1:
        return 34.0
    alone = {joined.partition(":")[0] for joined in grid.merged}
    lines = (
        -(-room(value) // max(int(grid.widths.get(column, 12)) - 1, 1)) + str(value).count("\n")
        for column, value in enumerate(row, start=1)
        if value is not None and f"{get_column_letter(column)}{number}" not in alone
    )
    return 15.5 * max([1, *lines]) + 4
