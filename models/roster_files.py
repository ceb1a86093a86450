"""A roster sent by an administrator's phone: a workbook or a CSV, within narrow limits; whatever it is, it is read or refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from models.roster_columns import SHEETS, Sheet
from models.roster_sheets import FORMULA, Fault, Limits, Reading, read_tables, read_workbook
from models.roster_words import fold

PAGE = Limits(file_bytes=2 * 1024 * 1024, unpacked_bytes=8 * 1024 * 1024, rows=3000)
ENCODINGS = ("utf-8-sig", "gb18030")  # Excel in Chinese writes the latter
BINARY = frozenset(range(32)) - frozenset(b"\t\r\n\x1a")
WRONG_KIND = "不是名册文件：请上传按模板填好的 .xlsx 工作簿，或 .csv 文件"


def read_file(name: str, content: bytes) -> Reading:
    """The rows of a file as it was sent; what cannot be read is a fault, never an exception."""
    if len(content) > PAGE.file_bytes:
        return _refused(f"超过{PAGE.file_bytes >> 20}MB，请删去图片等无关内容，或分几个文件导入")
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        return _refused("是空的，请检查选对了文件没有")
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return read_workbook(io.BytesIO(content), PAGE)
    if not name.lower().endswith((".csv", ".txt")) or not BINARY.isdisjoint(content):
        return _refused(WRONG_KIND)
    return _read_csv(content)


def _refused(reason: str) -> Reading:
    return Reading(faults=[Fault("", 0, reason)])


def _read_csv(content: bytes) -> Reading:
    text = _text(content)
    if text is None:
        return _refused("文字编码认不出来，请在Excel里另存为“CSV UTF-8”再试")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), _dialect(text)))
    except csv.Error:
        return _refused("不是完好的CSV文件，请在Excel里另存为 .xlsx 或“CSV UTF-8”再试")
    sheet = _sheet_of(rows[:10])
    if sheet is None:
        return _refused(f"前10行里没有认得的标题行，CSV要有一张表的标题：{'、'.join(SHEETS)}任选其一，标题用模板里的")
    return read_tables({sheet.name: _cells(rows)}, PAGE.rows)


def _text(content: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.partition("\n")[0]
    return csv.excel_tab if first.count("\t") > first.count(",") else csv.excel


def _sheet_of(rows: Sequence[Sequence[str]]) -> Sheet | None:
    """A CSV has no name of a sheet: its headings tell."""
    said = {fold(cell).split("(")[0].strip("*:") for row in rows for cell in row}
    known = {sheet.name: sum(column.heading in said for column in sheet.columns) for sheet in SHEETS.values()}
    best = max(known, key=lambda name: known[name])
    return SHEETS[best] if known[best] > 1 else None


def _cells(rows: Sequence[Sequence[str]]) -> Iterator[Sequence[object]]:
    """Cells as a workbook gives them: what Excel would reckon is a formula here too."""
    yield from ([FORMULA if cell.lstrip().startswith("=") else cell for cell in row] for row in rows)
