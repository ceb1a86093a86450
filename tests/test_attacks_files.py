"""Hostile files at the roster's door: whatever is sent is read or refused, soon, and without reaching beyond itself."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.understanding.masking import kept_words
from models.database import connect
from models.roster_files import read_file
from models.roster_template import template
from models.units import School
from tests.rosters import SCHOOLS, SMALL, take

FULL = 7_500_000  # just below what a file may unpack to
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [%s]>'


def book(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The template with one part replaced."""
    plain, made = io.BytesIO(), io.BytesIO()
    template(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            held = source.read(name)
            target.writestr(name, change(held) if name == part else held)
    return made.getvalue()


def many_styles(part: bytes) -> bytes:
    return part.replace(b"<cellXfs", b"<cellStyleXfs>" + b"<xf/>" * (FULL // 5) + b"</cellStyleXfs><cellXfs", 1)


def rows(words: bytes) -> Callable[[bytes], bytes]:
    held = b"<sheetData>" + words + b"</sheetData>"
    return lambda part: re.sub(rb"<sheetData>.*</sheetData>", lambda _: held, part, flags=re.DOTALL)


def entities(declared: bytes) -> Callable[[bytes], bytes]:
    def change(part: bytes) -> bytes:
        body = part[part.index(b"?>") + 2 :] if part.startswith(b"<?xml") else part
        return DOCTYPE % declared + body.replace(b"</workbook>", b"<x>&c;</x></workbook>")

    return change


LAUGHS = b'<!ENTITY a "%s"><!ENTITY b "%s"><!ENTITY c "%s">' % (b"A" * 50000, b"&a;" * 200, b"&b;" * 200)
HOSTILE = {
    "styles without end": ("xl/styles.xml", many_styles),
    "rows without end": ("xl/worksheets/sheet3.xml", rows(b"<row/>" * (FULL // 6))),
    "a row beyond the last": ("xl/worksheets/sheet3.xml", rows(b'<row r="999999999999"><c r="A999999999999"/></row>')),
    "an entity of entities": ("xl/workbook.xml", entities(LAUGHS)),
    "parts within parts": ("xl/workbook.xml", lambda part: part + b"<x>" * 200_000),
    "sheets without end": (
        "xl/workbook.xml",
        lambda part: part.replace(b"<sheets>", b"<sheets>" + b'<sheet name="x" sheetId="1" r:id="rId1"/>' * 3000),
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_soon(kind: str) -> None:
    sent = book(*HOSTILE[kind])
    begun = time.process_time()
    found = read_file("名册.xlsx", sent)
    assert found.faults
    assert time.process_time() - begun < 2


def test_an_entity_of_another_file_is_not_looked_up() -> None:
    sent = book("xl/workbook.xml", entities(b'<!ENTITY c SYSTEM "file:///etc/passwd">'))
    found = read_file("名册.xlsx", sent)
    assert "root:" not in f"{found.rows}{found.faults}{found.notes}"


REMARKS = {
    "薄弱": True,
    "寄宿制，2024年由中心校代管": True,
    "薄弱，学生李小明家庭困难": False,
    "三年级2班王小虎的家长13812345678": False,
}


@pytest.mark.parametrize("remark", REMARKS)
def test_no_child_comes_in_by_a_schools_remark(sqlite_url: str, remark: str) -> None:
    engine = connect(sqlite_url)
    schools = [SCHOOLS, *SMALL["学校"][1:3], ["丙县中学", "丙县", "初中", "城", remark]]
    report = take(engine, {**SMALL, "学校": schools}, masks=kept_words)
    assert report.ok is REMARKS[remark]
    if not report.ok:
        assert not [word for word in ("李小明", "王小虎", "1381") if word in "".join(report.lines())]
    with engine.connect() as connection:
        kept = "".join(connection.execute(select(School.remark)).scalars())
    assert not [word for word in ("李小明", "王小虎", "1381") if word in kept]
    engine.dispose()
