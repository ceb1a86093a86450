"""Rows written as JSON Lines, CSV or a workbook, one at a time; no cell of them can act as a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

MOST_ROWS = 1_000_000  # of a sheet, besides its heading
Row = Sequence[object]
SPACES = " \u00a0\u3000\u200b\ufeff"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what a workbook cannot hold
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: object) -> object:
    """A cell that a spreadsheet shows and never runs."""
    if not isinstance(value, str):
        return value
    words = NOT_XML.sub("", value)
    return "'" + words if words.lstrip(SPACES).startswith(RISKY) or words[:1] in RISKY else words


def plain(value: object) -> object:
    """A value as JSON and people write it: days in ISO form, whole numbers without a point."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def json_line(keys: Sequence[str], row: Row) -> str:
    """One row as a JSON object."""
    values = (plain(value) for value in row)
    return json.dumps(dict(zip(keys, values, strict=True)), ensure_ascii=False)


def write_jsonl(keys: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> None:
    """One JSON object a line."""
    for row in rows:
        out.write(json_line(keys, row).encode() + b"\n")


def write_csv(keys: Sequence[str], rows: Iterable[Row], out: BinaryIO, encoding: str = "utf-8") -> None:
    """CSV with a heading line; encoding `utf-8-sig` where it is for Excel by double click."""
    text = io.TextIOWrapper(out, encoding=encoding, newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow(keys)
    for row in rows:
        lines.writerow([harmless(plain(value)) for value in row])
    text.detach()


def write_xlsx(keys: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> None:
    """A workbook of one sheet, its heading row bold and fixed; of more where one cannot hold all rows."""
    book = Workbook(write_only=True)
    page = _page(book, keys)
    for number, row in enumerate(rows, start=1):
        # Days stay days, so that they can be sorted and filtered.
        page.append([value if isinstance(value, date) else harmless(plain(value)) for value in row])
        if number % MOST_ROWS == 0:
            page = _page(book, keys)
    book.save(out)


def _page(book: Workbook, keys: Sequence[str]) -> Any:
    page: Any = book.create_sheet("records" if not book.worksheets else f"records {len(book.worksheets) + 1}")
    page.freeze_panes = "A2"
    headings = [WriteOnlyCell(page, value=key) for key in keys]
    for cell in headings:
        cell.font = Font(bold=True)
    page.append(headings)
    return page


Writer = Callable[[Sequence[str], Iterable[Row], BinaryIO], None]
WRITERS: Mapping[str, Writer] = {"jsonl": write_jsonl, "csv": write_csv, "xlsx": write_xlsx}
