"""A roster's workbook as rows: bounded in size, columns found by heading, every fault with its place."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from models.roster_columns import EXPLANATION, OTHER_HEADINGS, SHEETS, Column, Sheet
from models.roster_words import fold, tidy

PARTS = 2000
COLUMNS = 60
LAST_ROW = 1_048_576  # a sheet cannot have more; a forged row number would otherwise be counted up to
HEADING_ROWS = 10
STYLES = "xl/styles.xml"  # the costliest part to read by its size, and no words of a roster in it
FORMULA = object()
ERROR = object()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may be: as it comes, unpacked, rows of one sheet."""

    file_bytes: int = 10 * 1024 * 1024
    unpacked_bytes: int = 80 * 1024 * 1024
    rows: int = 50_000


OPERATOR = Limits()
Tables = Mapping[str, Iterable[Sequence[object]]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, and what to do about it. Row 0 means the sheet, an empty sheet the file."""

    sheet: str
    row: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.sheet} 第{self.row}行" if self.row else self.sheet or "文件"
        return f"{place}：{self.reason}"


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row; `said` holds the cells that say something, by the column's key."""

    sheet: str
    number: int
    said: Mapping[str, Any]


@dataclass(slots=True)
class Reading:
    """All rows of a file with what was wrong with it and what was left aside."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Unreadable(Exception):
    """The file cannot be taken as a roster at all; the text says why and what to do."""


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,  # a part that is not XML
    ArithmeticError,
    AttributeError,  # from here on: openpyxl on XML that is not a workbook's
    LookupError,
    TypeError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)


def read_workbook(file: Path | BinaryIO, limits: Limits = OPERATOR) -> Reading:
    """The rows of an xlsx file; what cannot be read is a fault, never an exception."""
    try:
        if isinstance(file, Path):
            with file.open("rb") as stream:
                return _read_stream(stream, limits)
        return _read_stream(file, limits)
    except Unreadable as fault:
        return Reading(faults=[Fault("", 0, str(fault))])
    except OSError as fault:
        return Reading(faults=[Fault("", 0, f"打不开：{fault.strerror or fault}")])


def _read_stream(stream: BinaryIO, limits: Limits) -> Reading:
    with _openpyxl():
        _check_size(stream, limits)
    with warnings.catch_warnings(), _openpyxl():
        warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
        book = load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        return read_tables(_tables(book.worksheets), limits.rows)


@contextmanager
def _openpyxl() -> Iterator[None]:
    try:
        yield
    except _BROKEN as fault:
        raise Unreadable("不是完好的Excel工作簿，请用Excel打开后另存为 .xlsx 再试") from fault


def _check_size(stream: BinaryIO, limits: Limits) -> None:
    head = stream.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("是旧格式(.xls)或加了密码，请另存为不加密码的 .xlsx")
    if not zipfile.is_zipfile(stream):
        raise Unreadable("不是Excel工作簿(.xlsx)")
    if stream.seek(0, 2) > limits.file_bytes:
        raise Unreadable(f"超过{limits.file_bytes >> 20}MB，请删去图片等无关内容，或分几个文件导入")
    with zipfile.ZipFile(stream) as archive:
        parts = archive.infolist()
    # zipfile never inflates a part beyond the size it declares, so the declared sizes bound the work.
    if len(parts) > PARTS or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise Unreadable("展开后过大，请只保留名册内容，或分几个文件导入")
    if sum(part.file_size for part in parts if part.filename == STYLES) > limits.unpacked_bytes // 8:
        raise Unreadable("里面的格式太多，请把内容“选择性粘贴”为数值到新下载的模板里再导入")
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise Unreadable("含有宏(.xlsm)，请另存为不含宏的 .xlsx")
    stream.seek(0)


def _tables(sheets: Iterable[Any]) -> dict[str, Iterator[Sequence[object]]]:
    tables: dict[str, Iterator[Sequence[object]]] = {}
    for sheet in sheets:
        title = fold(str(sheet.title))
        if title in SHEETS and sheet.sheet_state != "visible":
            tables[f"{title}\0"] = iter(())
        elif title in tables:
            raise Unreadable(f"有两个“{title}”工作表，请合并成一个")
        else:
            tables[title] = _values(sheet)
    return tables


def _values(sheet: Any) -> Iterator[Sequence[object]]:
    before: object = None
    for cells in sheet.iter_rows(min_row=1, max_row=LAST_ROW, max_col=COLUMNS):
        # Rows missing from the file come as one and the same tuple of empty cells, up to a million times.
        yield () if cells is before else [_value(cell) for cell in cells]
        before = cells


def _value(cell: Any) -> object:
    if cell.value is None:
        return None
    return {"f": FORMULA, "e": ERROR}.get(cell.data_type, cell.value)


def read_tables(tables: Tables, most: int = OPERATOR.rows, *, whole: bool = True) -> Reading:
    """The rows of named tables, each with a heading row; also used for rosters that are not workbooks.

    With `whole` no column of the template may be missing.
    """
    reading = Reading()
    for title, table in tables.items():
        if title.endswith("\0"):
            reading.faults.append(Fault(title[:-1], 0, "工作表是隐藏的，请取消隐藏再导入，或删去这张表"))
        elif title in SHEETS:
            _read_sheet(reading, SHEETS[title] if whole else _loose(SHEETS[title]), enumerate(table, 1), most)
        elif title != EXPLANATION:
            reading.notes.append(f"工作表“{title[:30]}”不是名册的一部分，没有导入")
    if not reading.rows and not reading.faults:
        reading.faults.append(Fault("", 0, f"没有找到工作表 {'、'.join(SHEETS)};请用模板来填"))
    return reading


def _loose(sheet: Sheet) -> Sheet:
    return replace(sheet, columns=tuple(replace(column, required=False) for column in sheet.columns))


def _read_sheet(reading: Reading, sheet: Sheet, lines: Iterator[tuple[int, Sequence[object]]], most: int) -> None:
    columns = _find_columns(reading, sheet, lines)
    if columns is None:
        return
    rows = reading.rows.setdefault(sheet.name, [])
    for number, cells in lines:
        if not cells:
            continue
        filled = [(column, cells[place]) for place, column in columns.items() if place < len(cells)]
        filled = [(column, value) for column, value in filled if not _blank(value)]
        if not filled:
            continue
        if len(rows) >= most:
            reading.faults.append(Fault(sheet.name, number, f"超过{most}行，请分几个文件导入"))
            return
        rows.append(_read_row(reading, sheet, number, filled))


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not tidy(value))


def _find_columns(
    reading: Reading, sheet: Sheet, lines: Iterator[tuple[int, Sequence[object]]]
) -> dict[int, Column] | None:
    known = {column.heading: column for column in sheet.columns}
    for number, cells in lines:
        headings = [_heading(value, known) for value in cells]
        if sum(heading in known for heading in headings) * 2 >= sum(c.required for c in sheet.columns):
            return _check_headings(reading, sheet, number, headings)
        if number >= HEADING_ROWS:
            break
    expected = " ".join(c.heading for c in sheet.columns if c.required)
    reading.faults.append(Fault(sheet.name, 0, f"前{HEADING_ROWS}行里没有标题行，应有：{expected}"))
    return None


def _heading(value: object, known: Mapping[str, Column]) -> str:
    text = fold(tidy(value)) if isinstance(value, str) else ""
    text = text.split("(")[0].strip("*:") if text not in known else text
    return text if text in known else OTHER_HEADINGS.get(text, text)


def _check_headings(reading: Reading, sheet: Sheet, row: int, headings: list[str]) -> dict[int, Column] | None:
    known = {column.heading: column for column in sheet.columns}
    missing = [c.heading for c in sheet.columns if c.required and c.heading not in headings]
    twice = sorted({h for h in headings if h in known and headings.count(h) > 1})
    if missing:
        reasons = f"缺少列：{' '.join(missing)}（没有内容也请保留标题）"
        reading.faults.append(Fault(sheet.name, row, reasons))
    if twice:
        reading.faults.append(Fault(sheet.name, row, f"标题重复：{' '.join(twice)}，请只留一列"))
    strange = [h for h in headings if h and h not in known]
    if strange:
        reading.notes.append(f"“{sheet.name}”表的列 {' '.join(h[:20] for h in strange)} 不用，没有导入")
    if missing or twice:
        return None
    return {place: known[heading] for place, heading in enumerate(headings) if heading in known}


def _read_row(reading: Reading, sheet: Sheet, number: int, filled: list[tuple[Column, object]]) -> Row:
    said: dict[str, Any] = {}
    reasons = []
    for column, value in filled:
        try:
            said[column.key] = column.read(_readable(value))
        except ValueError as fault:
            reasons.append(f"{column.heading} {fault}")
    given = {column.key for column, _ in filled}
    reasons += [f"缺少{c.heading}" for c in sheet.columns if c.needed and c.key not in given]
    if reasons:
        reading.faults.append(Fault(sheet.name, number, "；".join(reasons)))
    return Row(sheet.name, number, said | ({"faulty": True} if reasons else {}))


def _readable(value: object) -> object:
    if value is FORMULA:
        raise ValueError("是公式，请复制后“选择性粘贴”为数值")
    if value is ERROR:
        raise ValueError("是Excel错误值，请改正")
    return value
