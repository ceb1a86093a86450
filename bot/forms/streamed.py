"""A workbook of plain rows, written as they come: a sheet of a million rows costs seconds and no memory.

Cells are text, numbers and days only, so their few kinds are written out here; forms with a layout are made by openpyxl.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice
from typing import IO, BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MOST_ROWS = 1_000_000  # of a sheet, besides its heading
LEVEL = 3  # of compression: the next ones take twice the time for a tenth of the size
LONGEST = 32_767  # characters, which is what a cell can hold
PIECE = 500  # rows written at a time
KNOWN = 1 << 14  # cells remembered: most of a table says the same few things
EPOCH = date(1899, 12, 30).toordinal()
FIRST_DAY = date(1900, 3, 1)  # before it a spreadsheet's days are not the calendar's
DAY, BOLD = ' s="1"', ' s="2"'

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET_HEAD = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write_book(keys: Sequence[str], rows: Iterable[Sequence[object]], out: BinaryIO) -> None:
    """A workbook of one sheet, its heading row bold and fixed; of more where one cannot hold all rows."""
    left, sheets = iter(rows), 0
    first = next(left, None)
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL) as book:
        while first is not None or not sheets:
            sheets += 1
            held = chain([first] if first is not None else [], islice(left, MOST_ROWS - 1))
            with book.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as page:
                _write(page, keys, held)
            first = next(left, None)
        for name, words in _parts(sheets):
            book.writestr(name, words)


def _write(page: IO[bytes], keys: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    letters = [_letters(number) for number in range(1, len(keys) + 1)]
    heads = "".join(f'<c r="{letter}1"{BOLD}{_text(key)}' for letter, key in zip(letters, keys, strict=True))
    page.write(f'{SHEET_HEAD}<row r="1">{heads}</row>'.encode())
    lines = _lines(letters, rows)
    while piece := "".join(islice(lines, PIECE)):
        page.write(piece.encode())
    page.write(SHEET_END.encode())


def _lines(letters: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    starts = [f'<c r="{letter}' for letter in letters]
    for number, row in enumerate(rows, start=2):
        cells = [
            f'{start}{number}"{_cell(value)}' for start, value in zip(starts, row, strict=True) if value is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _cell(value: object) -> str:
    """A cell behind its address. Numbers are mostly different ones; all else is mostly known already."""
    if type(value) is int:
        return f"><v>{value}</v></c>"
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    return _remembered(value)


@lru_cache(KNOWN)
def _remembered(value: object) -> str:
    if isinstance(value, date) and value >= FIRST_DAY:
        return f"{DAY}><v>{value.toordinal() - EPOCH}</v></c>"
    if isinstance(value, float | Decimal):
        return f"><v>{value}</v></c>"
    return _text(str(value))


def _text(words: str) -> str:
    kept = ' xml:space="preserve"' if words != words.strip() else ""
    return f' t="inlineStr"><is><t{kept}>{escape(words[:LONGEST])}</t></is></c>'


def _letters(number: int) -> str:
    """A column's letters: A, Z, AA."""
    above, here = divmod(number - 1, 26)
    return (_letters(above) if above else "") + chr(ord("A") + here)


def _parts(sheets: int) -> Iterator[tuple[str, str]]:
    """What a workbook holds beside its sheets."""
    numbers = range(1, sheets + 1)
    tabs = "".join(f'<sheet name="{_title(n)}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    views = '<bookViews><workbookView activeTab="0"/></bookViews>'
    yield (
        "xl/workbook.xml",
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{views}<sheets>{tabs}</sheets></workbook>',
    )
    links = "".join(_link(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    yield "xl/_rels/workbook.xml.rels", _links(links + _link("rId0", "styles", "styles.xml"))
    yield "_rels/.rels", _links(_link("rId1", "officeDocument", "xl/workbook.xml"))
    yield "xl/styles.xml", STYLES
    yield "[Content_Types].xml", _kinds(numbers)


def _title(number: int) -> str:
    return "records" if number == 1 else f"records {number}"


def _link(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'


def _links(links: str) -> str:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _kinds(numbers: Iterable[int]) -> str:
    parts = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    parts |= {f"xl/worksheets/sheet{n}.xml": "worksheet" for n in numbers}
    told = "".join(f'<Override PartName="/{name}" ContentType="{KIND}.{kind}+xml"/>' for name, kind in parts.items())
    both = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    both += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{both}{told}</Types>'
