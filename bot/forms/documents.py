"""Word documents as offices write them: A4, the usual faces and spacing, tables, a picture, and places left to write."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.forms.tables import NOT_XML, plain

TITLE, HEADING, BODY = "方正小标宋简体", "黑体", "仿宋"
NUMERALS = "一二三四五六七八九十"
OPEN, CLOSE, BLANK = "【请填写：", "】", "（请填写）"


def paper(title: str, under: str = "") -> Paper:
    """An empty document with its title, a line under it, and page numbers."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    style = made.styles["Normal"]
    style.font.name, style.font.size = BODY, Pt(16)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    style.paragraph_format.line_spacing, style.paragraph_format.space_after = Pt(28), Pt(0)
    for text, name, size in ((title, TITLE, 22), *([(under, "楷体", 16)] if under else [])):
        head = made.add_paragraph()
        head.alignment, head.paragraph_format.line_spacing = WD_ALIGN_PARAGRAPH.CENTER, 1.2
        face(head.add_run(words(text)), name, size)
    head.paragraph_format.space_after = Pt(16)
    _number(section.footer.paragraphs[0])
    return made


def heading(made: Paper, number: int, text: str) -> None:
    """一、…, kept with what follows."""
    line = made.add_paragraph()
    line.paragraph_format.first_line_indent, line.paragraph_format.keep_with_next = Pt(32), True
    face(line.add_run(f"{NUMERALS[number]}、{words(text)}"), HEADING, 16)


def line(made: Paper, text: str) -> Paragraph:
    """A paragraph of known words; a blank within it is marked."""
    added = made.add_paragraph()
    added.paragraph_format.first_line_indent = Pt(32)
    before, *rest = words(text).split(BLANK)
    added.add_run(before)
    for after in rest:
        added.add_run(BLANK).font.highlight_color = WD_COLOR_INDEX.YELLOW
        added.add_run(after)
    return added


def to_write(made: Paper, what: str) -> None:
    """A place that only a person can fill: marked, so that none is sent off by mistake."""
    added = made.add_paragraph()
    added.paragraph_format.first_line_indent = Pt(32)
    added.add_run(f"{OPEN}{what}{CLOSE}").font.highlight_color = WD_COLOR_INDEX.YELLOW


def grid(made: Paper, keys: Sequence[str], rows: Sequence[Sequence[object]], caption: str, wide: int = 0) -> None:
    """A table under its name, its heading repeated on each page; column `wide` takes twice the room."""
    name = made.add_paragraph()
    name.alignment, name.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
    face(name.add_run(words(caption)), HEADING, 12)
    table = made.add_table(rows=1, cols=len(keys), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    share = Cm(15.6 / (len(keys) + 1))
    for cell, key in zip(table.rows[0].cells, keys, strict=True):
        _fill(cell, key, HEADING)
    _repeat(table.rows[0]._tr)
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _fill(cell, "" if value is None else str(plain(value)), BODY)
    for at, column in enumerate(table.columns):
        column.width = share * 2 if at == wide else share
        for cell in column.cells:
            cell.width = column.width
    made.add_paragraph().paragraph_format.line_spacing = Pt(10)


def picture(made: Paper, png: bytes, caption: str) -> None:
    """A drawing across the page, with its name under it."""
    place = made.add_paragraph()
    place.alignment, place.paragraph_format.line_spacing = WD_ALIGN_PARAGRAPH.CENTER, 1.0
    place.paragraph_format.keep_with_next = True
    place.add_run().add_picture(io.BytesIO(png), width=Cm(15.4))
    name = made.add_paragraph()
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    face(name.add_run(words(caption)), HEADING, 12)


def small(made: Paper, text: str) -> None:
    """A note in small letters."""
    added = made.add_paragraph()
    added.paragraph_format.line_spacing, added.paragraph_format.space_before = Pt(18), Pt(10)
    face(added.add_run(words(text)), BODY, 11, bold=False)


def saved(made: Paper) -> bytes:
    """The document as a file."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def words(text: str) -> str:
    """Words without signs that a document cannot hold."""
    return NOT_XML.sub("", text)


def face(run: Run, name: str, size: float, *, bold: bool | None = None) -> None:
    """Letters of a kind; a Chinese face must be named in the document itself."""
    run.font.name, run.font.size, run.bold = name, Pt(size), bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _fill(cell: _Cell, text: str, name: str) -> None:
    place = cell.paragraphs[0]
    place.alignment, place.paragraph_format.line_spacing = WD_ALIGN_PARAGRAPH.CENTER, Pt(17)
    face(place.add_run(words(text)), name, 11)


def _repeat(row: object) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)  # type: ignore[attr-defined]


def _number(place: Paragraph) -> None:
    """— 1 —, counted by the reader's program."""
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    face(place.add_run("— "), BODY, 14)
    run = place.add_run()
    face(run, BODY, 14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._element.append(mark)
    face(place.add_run(" —"), BODY, 14)
