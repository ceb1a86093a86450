"""A skeleton of a report or a case as a Word document: headings, the known numbers, and room to write."""

from __future__ import annotations

from typing import BinaryIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.run import Run

from models.skeleton import Section, Skeleton

BODY, HEADING = "仿宋", "黑体"
NUMERALS = "一二三四五六七八九"
NOTE = "数字来自本人记录，截至生成之日；加括号处由撰写人填写。"


def write_paper(skeleton: Skeleton, out: BinaryIO) -> None:
    """Write the document; what nobody gave stays a blank to be filled in."""
    paper = Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = BODY, Pt(16)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _words(title.add_run(skeleton.title), 22)
    for number, section in enumerate(skeleton.sections):
        _section(paper, f"{NUMERALS[number]}、{section.heading}", section)
    _table(paper, skeleton)
    paper.add_paragraph(NOTE)
    paper.save(out)


def _section(paper: Paper, heading: str, section: Section) -> None:
    _words(paper.add_paragraph().add_run(heading), 16)
    for line in section.lines:
        paper.add_paragraph(line).paragraph_format.first_line_indent = Pt(32)


def _table(paper: Paper, skeleton: Skeleton) -> None:
    _words(paper.add_paragraph().add_run("附：数据表"), 16)
    table = paper.add_table(rows=1, cols=2, style="Table Grid")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "项目", "数量"
    for name, value in skeleton.figures:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value


def _words(run: Run, size: int) -> None:
    """A heading's own letters; a Chinese face must be named in the document itself."""
    run.font.name, run.font.size, run.bold = HEADING, Pt(size), True
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEADING)
