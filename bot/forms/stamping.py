"""The same sheet many times: laid out once as a workbook, then only the cells are written anew, a thousand in seconds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from bot.forms.sheets import Grid, blank, lay_out, style_of, styles, value_of

SHEET = "xl/worksheets/sheet1.xml"
CELL = re.compile(r'<c r="([A-Z]+)1" s="(\d+)"')
BODY = re.compile(r"<sheetData>.*</sheetData>", re.DOTALL)
SIZE = re.compile(r'<dimension ref="[^"]*" ?/>')


class Stamp:
    """A workbook of one sheet to be filled again and again; every grid has the widths and headings of the first."""

    def __init__(self, grid: Grid, columns: int) -> None:
        names = [style.name for style in styles()]
        with ZipFile(io.BytesIO(_pattern(grid, columns, names))) as book:
            self._parts = [(name, book.read(name)) for name in book.namelist() if name != SHEET]
            text = SIZE.sub("", book.read(SHEET).decode())
        numbers = dict(CELL.findall(text))
        self._styles = {name: numbers[get_column_letter(at)] for at, name in enumerate(names, start=1)}
        self._before, self._after = BODY.split(text)
        self._letters = [get_column_letter(number) for number in range(1, columns + 1)]

    def write(self, grid: Grid, out: BinaryIO) -> None:
        """Write the grid as a workbook."""
        rows = "".join(self._row(number, row, grid) for number, row in enumerate(grid.rows, start=1))
        joined = "".join(f'<mergeCell ref="{one}"/>' for one in grid.merged)
        merged = f'<mergeCells count="{len(grid.merged)}">{joined}</mergeCells>' if joined else ""
        with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=3) as book:
            for name, content in self._parts:
                book.writestr(name, content)
            book.writestr(SHEET, f"{self._before}<sheetData>{rows}</sheetData>{merged}{self._after}")

    def _row(self, number: int, row: Sequence[object], grid: Grid) -> str:
        height = grid.heights.get(number)
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        style = self._styles[style_of(number, grid)]
        return f'<row r="{number}"{tall}>{"".join(self._cells(number, row, style))}</row>'

    def _cells(self, number: int, row: Sequence[object], style: str) -> Iterator[str]:
        for letters, value in zip(self._letters, row, strict=False):
            start = f'<c r="{letters}{number}" s="{style}"'
            if value is None:  # most cells are: a month without anything
                yield start + "/>"
                continue
            held = value.isoformat() if isinstance(value, date) else value_of(value)
            if isinstance(held, str):
                yield f'{start} t="inlineStr"><is><t xml:space="preserve">{escape(held)}</t></is></c>'
            else:
                yield f"{start}><v>{held}</v></c>"


def _pattern(grid: Grid, columns: int, names: list[str]) -> bytes:
    """The workbook with one cell of each style in its first row, so that their numbers can be read off."""
    book = blank()
    page = book.create_sheet(grid.name)
    for column, name in enumerate(names, start=1):
        page.cell(1, column).style = name
    lay_out(page, grid, columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
