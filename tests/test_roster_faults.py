"""Wrong and hostile rosters: every fault with its place and reason, and nothing comes in."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from models.people import Person
from models.units import Unit
from tests.rosters import (
    MORE,
    PEOPLE,
    SCHOOLS,
    SMALL,
    TERM,
    UNITS,
    Sheets,
    book,
    people,
    rows_of,
    take,
)

WRONG_PEOPLE = {
    "no name": (["", "乙县", "专职", "", "", "", "", ""], "缺少姓名"),
    "no unit": (["周新", "", "专职", "", "", "", "", ""], "缺少单位"),
    "unknown unit": (["周新", "丁县", "专职", "", "", "", "", ""], "没有“丁县”"),
    "unknown post": (["周新", "乙县", "临时", "", "", "", "", ""], "岗位 “临时”不在可填的范围内"),
    "no post": (["周新", "乙县", "", "", "干部", "", "", ""], "缺少岗位"),
    "unknown role": (["周新", "乙县", "专职", "", "干部、校长", "", "", ""], "角色 “校长”不在可填的范围内"),
    "half a telephone": (["周新", "乙县", "专职", "1390000", "", "", "", ""], "电话 不是有效号码"),
    "two telephones": (["周新", "乙县", "专职", "13900000008 13900000009", "", "", "", ""], "电话 不是有效号码"),
    "another's telephone": (["周新", "乙县", "专职", "13900000002", "", "", "", ""], "电话与“王芳”的相同"),
    "unknown school": (["周新", "乙县", "专职", "", "", "海边小学", "", ""], "蹲点学校：没有“海边小学”"),
    "a school that is none": (["周新", "乙县", "专职", "", "", "甲市", "", ""], "蹲点学校“甲市”不是学校"),
    "another's account": (["周新", "乙县", "专职", "", "", "", "WangFang", ""], "企业微信账号已用于另一人"),
    "another's code": (["周新", "乙县", "专职", "", "", "", "", "493027"], "绑定码与另一人的相同"),
    "a short code": (["周新", "乙县", "专职", "", "", "", "", "123"], "绑定码 应为6到20位"),
    "a formula": (["周新", "乙县", "专职", "=1+1", "", "", "", ""], "电话 是公式"),
    "a date for a name": ([date(2026, 3, 1), "乙县", "专职", "", "", "", "", ""], "姓名 被Excel变成了日期"),
    "a number for a name": ([12345, "乙县", "专职", "", "", "", "", ""], "姓名 不像名称"),
    "a long name": (["周" * 41, "乙县", "专职", "", "", "", "", ""], "姓名 太长"),
}


@pytest.mark.parametrize(("cells", "reason"), WRONG_PEOPLE.values(), ids=WRONG_PEOPLE.keys())
def test_a_wrong_person_is_reported_with_place_and_reason(roster: Engine, cells: list[Any], reason: str) -> None:
    good = ["孙丽", "乙县", "专职", "", "", "", "", ""]
    report = take(roster, people(good, cells))
    assert [(f.sheet, f.row) for f in report.faults] == [("人员", 3)]
    assert reason in report.faults[0].reason
    assert "孙丽" not in {row.name for row in rows_of(roster, Person.name)}


WRONG_UNITS = {
    "no level": ([["丁县", "甲市", ""]], "缺少级别"),
    "unknown level": ([["丁县", "甲市", "组"]], "级别 “组”不在可填的范围内"),
    "unknown parent": ([["丁县", "己市", "县"]], "没有“己市”"),
    "no parent": ([["丁县", "", "县"]], "缺少上级"),
    "above its parent": ([["丁市", "乙县", "市"]], "级别高于它的上级"),
    "twice": ([["丁县", "甲市", "县"], ["丁县", "甲市", "县"]], "与第2行重复"),
    "a circle": ([["丁县", "戊县", "县"], ["戊县", "丁县", "县"]], "绕成了圈"),
    "unknown policy": ([["丁县", "甲市", "县", "pioneer_1917"]], "没有“pioneer_1917”这个适用制度"),
    "a slash": ([["丁/县", "甲市", "县"]], "名称里不要有"),
}


@pytest.mark.parametrize(("rows", "reason"), WRONG_UNITS.values(), ids=WRONG_UNITS.keys())
def test_a_wrong_unit_is_reported(roster: Engine, rows: list[list[str]], reason: str) -> None:
    report = take(roster, {"单位": [UNITS, *rows]})
    assert report.faults[-1].sheet == "单位"
    assert reason in report.faults[-1].reason
    assert len(rows_of(roster, Unit.id)) == 6


WRONG_SCHOOLS = {
    "no kind": (["东小学", "乙县", "", "城", ""], "缺少类型"),
    "unknown kind": (["东小学", "乙县", "幼儿园", "城", ""], "类型 “幼儿园”不在可填的范围内"),
    "unknown area": (["东小学", "乙县", "小学", "郊", ""], "城乡 “郊”不在可填的范围内"),
    "no unit": (["东小学", "", "小学", "城", ""], "缺少上级"),
    "a unit": (["乙县", "甲市", "小学", "城", ""], "已是单位"),
}


@pytest.mark.parametrize(("cells", "reason"), WRONG_SCHOOLS.values(), ids=WRONG_SCHOOLS.keys())
def test_a_wrong_school_is_reported(roster: Engine, cells: list[str], reason: str) -> None:
    report = take(roster, {"学校": [SCHOOLS, cells]})
    assert [(f.sheet, f.row) for f in report.faults] == [("学校", 2)]
    assert reason in report.faults[0].reason


WRONG_TERMS = {
    "not a term": (["甲市", "秋季", "2026-09-01", "2027-01-31"], "学期 应写成"),
    "no end": (["甲市", "2026-2027-1", "2026-09-01", ""], "缺少开始或结束"),
    "backwards": (["甲市", "2026-2027-1", "2027-01-31", "2026-09-01"], "结束要晚于开始"),
    "another year": (["甲市", "2025-2026-1", "2026-09-01", "2027-01-31"], "不在2025-2026学年内"),
    "taught outside": (["甲市", "2026-2027-1", "2026-09-01", "2027-01-31", "2026-08-20"], "要在学期之内"),
    "no such day": (["甲市", "2026-2027-1", "2026-09-31", "2027-01-31"], "开始 不是有效日期"),
}


@pytest.mark.parametrize(("cells", "reason"), WRONG_TERMS.values(), ids=WRONG_TERMS.keys())
def test_a_wrong_term_is_reported(roster: Engine, cells: list[str], reason: str) -> None:
    report = take(roster, {"校历": [TERM, cells]})
    assert [(f.sheet, f.row) for f in report.faults] == [("校历", 2)]
    assert reason in report.faults[0].reason


def test_more_officers_than_pupils_are_refused(roster: Engine) -> None:
    report = take(roster, {"班级": [["学校", "班级", "人数", "团学干部人数"], ["丙县中学", "初一1班", 4, 6]]})
    assert "比全班人数还多" in report.faults[0].reason


def test_every_wrong_row_is_named_at_once_and_only_the_cause(roster: Engine) -> None:
    sheets: Sheets = {
        "单位": [UNITS, ["丁县", "甲市", "组"]],
        "人员": [PEOPLE, ["周新", "丁县", "专职", "", "", "", "", ""], ["孙丽", "乙县", "临时", "1", "", "", "", ""]],
    }
    report = take(roster, sheets)
    assert [(f.sheet, f.row) for f in report.faults] == [("单位", 2), ("人员", 3)]
    assert "岗位" in report.faults[1].reason
    assert "电话" in report.faults[1].reason


def test_a_missing_or_doubled_heading_is_named(roster: Engine) -> None:
    missing = take(roster, people(["周新", "乙县", "专职"], headings=PEOPLE[:5]))
    assert "缺少列：蹲点学校 企业微信账号 绑定码" in str(missing.faults[0])
    doubled = take(roster, people(["周新", "乙县"], headings=[*PEOPLE, "电话"]))
    assert "标题重复：电话" in str(doubled.faults[0])


def test_a_number_like_an_identity_card_is_refused(roster: Engine) -> None:
    report = take(roster, people(["周新", "乙县", "兼职", "", "", "", "", "", "11010519491231002X"], headings=MORE))
    assert "像是身份证号" in report.faults[0].reason
    assert "1949" not in report.faults[0].reason


def test_one_person_twice_in_a_file_is_refused(roster: Engine) -> None:
    report = take(
        roster, people(["周新", "乙县", "专职", "", "", "", "", ""], ["周新", "乙县", "兼职", "", "", "", "", ""])
    )
    assert "与第2行是同一人" in report.faults[0].reason


def hidden() -> io.BytesIO:
    made = Workbook()
    page = made.create_sheet("人员")
    page.append(PEOPLE)
    page.sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    stream.seek(0)
    return stream


def bomb() -> io.BytesIO:
    stream = book(people())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * (90 * 1024 * 1024))
    stream.seek(0)
    return stream


def forged(row: str) -> io.BytesIO:
    """A workbook whose sheet was replaced by hand-written XML."""
    clean = book({"人员": [PEOPLE]})
    stream = io.BytesIO()
    with zipfile.ZipFile(clean) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = content.replace(b"</sheetData>", row.encode() + b"</sheetData>")
            target.writestr(name, content)
    stream.seek(0)
    return stream


HOSTILE = {
    "not a workbook": (lambda: io.BytesIO(b"name,unit\n" * 3), "不是Excel工作簿"),
    "an old workbook": (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0" + b"\0" * 600), "旧格式"),
    "a zip of something": (lambda: io.BytesIO(b"PK\x05\x06" + b"\0" * 18), "不是完好的Excel工作簿"),
    "cut off": (lambda: io.BytesIO(book(SMALL).getvalue()[:2000]), "不是Excel工作簿"),
    "a bomb": (bomb, "展开后过大"),
    "a hidden sheet": (hidden, "工作表是隐藏的"),
    "no sheet of ours": (lambda: book({"Sheet1": [["a"]]}), "没有找到工作表"),
    "no headings": (lambda: book({"人员": [["张三", "乙县"]] * 12}), "没有标题行"),
    "broken XML": (lambda: forged("<row><c"), "不是完好的Excel工作簿"),
    "an error value": (
        lambda: forged(
            '<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2" t="inlineStr"><is><t>乙县</t></is></c></row>'
        ),
        "是Excel错误值",
    ),
}


@pytest.mark.parametrize(("make", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused(roster: Engine, make: Any, reason: str) -> None:
    report = take(roster, make())
    assert reason in str(report.faults[0])


def test_a_forged_row_number_ends_nowhere(roster: Engine) -> None:
    report = take(roster, forged('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'))
    assert report.added == {}


def test_entities_are_not_expanded(roster: Engine) -> None:
    clean = book({"人员": [PEOPLE]})
    stream = io.BytesIO()
    laughs = '<!DOCTYPE x [<!ENTITY a "' + "哈" * 50 + '"><!ENTITY b "' + "&a;" * 50 + '">]>'
    with zipfile.ZipFile(clean) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
                content = laughs.encode() + content.replace(b"</sheetData>", cell.encode())
            target.writestr(name, content)
    stream.seek(0)
    assert "不是完好的Excel工作簿" in str(take(roster, stream).faults[0])
