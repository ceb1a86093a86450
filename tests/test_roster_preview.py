"""A preview is a promise: what is confirmed is what was shown, and after it there is nothing left to change."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from models.database import connect
from models.people import Assignment, JoinCode, Person
from models.refusal import Refusal
from models.roster_files import PAGE, read_file
from models.roster_preview import Importing, Preview, carry_out, preview
from models.units import School, Unit
from models.uploads import Waiting
from tests.rosters import NOW, PEOPLE, SCHOOLS, SMALL, VAULT, Sheets, book, take

POLICIES = ("pioneer_2017", "league_im_2021")
TABLES = (Unit, School, Person, Assignment, JoinCode)

names = st.sampled_from(["王芳", "周新", "孙丽", "陈静"])
rows = st.tuples(
    names,
    st.sampled_from(["乙县", "乙县", "丙县", "甲市"]),
    st.sampled_from(["专职", "挂职", "兼职"]),
    st.sampled_from(["", "无", "13900000002", "13900000008", "13900000009"]),
    st.sampled_from(["", "干部", "干部、督导", "管理员"]),
    st.sampled_from(["", "无", "河湾小学", "乙县实验小学", "河湾小学、丙县中学"]),
    st.just(""),
    st.just(""),
)
schools = st.tuples(
    st.sampled_from(["河湾小学", "东山小学"]),
    st.just("乙县"),
    st.sampled_from(["小学", "九年一贯制"]),
    st.sampled_from(["城", "乡"]),
    st.sampled_from(["", "薄弱", "无"]),
)


def importing(connection: Any, content: bytes, name: str = "x.xlsx") -> Importing:
    path = connection.scalar(select(Unit.path).where(Unit.name == "甲市"))
    return Importing(connection, VAULT, Waiting(name, content, "digest of the file"), path, POLICIES, NOW)


def looked(engine: Engine, content: bytes) -> Preview:
    with engine.begin() as connection:
        return preview(importing(connection, content))


def state(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return [connection.execute(select(table.__table__)).all() for table in TABLES]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, min_size=1, max_size=4), st.lists(schools, max_size=2))
def test_what_is_confirmed_is_what_was_shown(sqlite_template: Path, tmp_path: Path, people: Any, more: Any) -> None:
    copy = tmp_path / "test.db"
    copy.write_bytes(sqlite_template.read_bytes())
    engine = connect(f"sqlite:///{copy}")
    try:
        take(engine, SMALL)
        sheets: Sheets = {"学校": [SCHOOLS, *more], "人员": [PEOPLE, *people]}
        content = book(sheets).getvalue()
        before = state(engine)
        shown = looked(engine, content)
        assert state(engine) == before
        if not shown.report.ok:
            with engine.begin() as connection, pytest.raises(Refusal):
                carry_out(importing(connection, content), shown.digest)
            assert state(engine) == before
            return
        with engine.begin() as connection:
            done = carry_out(importing(connection, content), shown.digest)
        assert (done.report.changes, done.report.added) == (shown.report.changes, shown.report.added)
        assert (state(engine) == before) == (not shown.report.changes)
        assert looked(engine, content).report.changes == ()
    finally:
        engine.dispose()


def test_a_change_that_looks_alike_is_another(roster: Engine) -> None:
    content = book({"人员": [PEOPLE, ["王芳", "乙县", "", "13900000012", "", "", "", ""]]}).getvalue()
    other = book({"人员": [PEOPLE, ["王芳", "乙县", "", "13911110012", "", "", "", ""]]}).getvalue()
    first, second = looked(roster, content), looked(roster, other)
    assert first.report.changes[0].what == second.report.changes[0].what == "电话 139****0002 → 139****0012"
    assert first.digest != second.digest


def test_the_roster_of_another_moment_is_another(roster: Engine) -> None:
    content = book({"人员": [PEOPLE, ["王芳", "乙县", "挂职", "", "", "", "", ""]]}).getvalue()
    digest = looked(roster, content).digest
    assert looked(roster, content).digest == digest
    with roster.begin() as connection:
        connection.execute(update(Person).where(Person.name == "王芳").values(post="part_time"))
    assert looked(roster, content).digest != digest


def repacked(part: str, content: bytes) -> bytes:
    """A sound workbook with one part in another's place."""
    whole, made = book(SMALL), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one.filename, content if one.filename == part else old.read(one.filename))
        if part not in old.namelist():
            new.writestr(part, content)
    return made.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + SHEET % (
    b'<row r="1"><c t="inlineStr"><is><t>&a;</t></is></c></row>'
)
HOSTILE = {
    "two hundred megabytes of zeros": (repacked("xl/media/x.bin", b"\0" * 200_000_000), "展开后过大"),
    "macros": (repacked("xl/vbaProject.bin", b"x"), "含有宏"),
    "an entity": (repacked("xl/worksheets/sheet3.xml", ENTITIES), "不是完好的Excel工作簿"),
    "a million cells": (
        repacked("xl/worksheets/sheet3.xml", SHEET % (b"<row>" + b"<c/>" * 2_500_000 + b"</row>")),
        "过大",
    ),
    "far away": (
        repacked("xl/worksheets/sheet3.xml", SHEET % b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "前10行里没有标题行",
    ),
    "too much": (b"PK" + b"x" * PAGE.file_bytes, "超过2MB"),
    "half a file": (book(SMALL).getvalue()[:3000], "不是Excel工作簿"),
}


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_workbook_is_refused_in_chinese(content: bytes, reason: str) -> None:
    found = read_file("名册.xlsx", content)
    assert any(reason in fault.reason for fault in found.faults), found.faults


def test_too_many_rows_are_said_with_their_place() -> None:
    line = "周新,乙县,专职,,,,,\n"
    found = read_file("名册.csv", f"{','.join(PEOPLE)}\n{line * (PAGE.rows + 5)}".encode())
    assert [(fault.row, fault.reason) for fault in found.faults] == [(3002, "超过3000行，请分几个文件导入")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_csv_is_known_by_its_headings(encoding: str, mark: str) -> None:
    text = "\r\n".join(mark.join(row) for row in (SCHOOLS, ["河湾小学", "乙县", "小学", "乡", ""]))
    found = read_file("学校.csv", text.encode(encoding))
    assert (found.faults, list(found.rows)) == ([], ["学校"])
    assert found.rows["学校"][0].said["kind"] == "primary"
