"""What is kept in files: a year's archive, the skeleton of a paper; and what another parser would make of old messages."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.clock import CHINA
from bot.commands.keeping import write_archive_of, write_paper_of
from bot.commands.reparsing import compare
from bot.replay import Player
from bot.service import Service
from models.records import Message

NOW = datetime(2026, 12, 31, 18, 0, tzinfo=CHINA)
SAID = (
    "now 2026-11-20 17:30",
    "王干事: 今天在城关小学驻校，访谈3名队员，反映问题：活动经费不足",
    "王干事: 昨天访谈了队员张小明、李小红，电话13912345678",
    "李干事: 今天访谈2名辅导员",
    "王干事: 交调研报告《乡村少先队员课后活动》",
    "陈审批: 批准王干事的调研报告",
    "赵干事: 今天访谈9名队员",
)


@pytest.fixture
def service(service: Service) -> Service:
    """The small roster, and a few messages."""
    Player(service, lambda _line: None).play(SAID)
    return service


def archive(service: Service, folder: Path, unit: str, year: int = 2026) -> ZipFile:
    folder = folder / "kept"
    folder.mkdir()
    file = folder / "archive.zip"
    write_archive_of(service, file, unit, year, NOW)
    return ZipFile(io.BytesIO(file.read_bytes()))


def rows(kept: ZipFile, table: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in kept.read(f"{table}.jsonl").decode().splitlines()]


def test_an_archive_holds_a_units_year_in_both_forms(service: Service, tmp_path: Path) -> None:
    kept = archive(service, tmp_path, "沁水县团委")
    assert {row["person"] for row in rows(kept, "entries")} == {"王干事", "李干事"}
    book = load_workbook(io.BytesIO(kept.read("entries.xlsx")))
    assert book.active is not None
    assert book.active.max_row == len(rows(kept, "entries")) + 1
    assert [(row["title"], row["status"]) for row in rows(kept, "works")] == [("乡村少先队员课后活动", "accepted")]
    assert [row["text"] for row in rows(kept, "problems")] == ["活动经费不足"]
    goals = {row["rule"]: row for row in rows(kept, "goals") if row["person"] == "王干事"}
    assert (goals["N09a"]["done"], goals["N14"]["met"]) == ("5", True)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["archive.zip"]


def test_no_pupil_is_named_in_an_archive(service: Service, tmp_path: Path) -> None:
    kept = archive(service, tmp_path, "长安市团委")
    whole = b"".join(kept.read(name) for name in kept.namelist() if name.endswith(("jsonl", "txt"))).decode()
    assert "王干事" in whole
    for gone in ("张小明", "李小红", "13912345678"):
        assert gone not in whole


def test_another_year_is_another_archive(service: Service, tmp_path: Path) -> None:
    kept = archive(service, tmp_path, "长安市团委", 2025)
    assert rows(kept, "entries") == rows(kept, "works") == rows(kept, "problems") == []


def test_an_unknown_unit_leaves_no_file(service: Service, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        archive(service, tmp_path, "无此单位")
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_skeleton_has_numbers_and_problems_and_no_findings(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    write_paper_of(service, file, "王干事", "report", None, date(2026, 12, 1))
    paper = docx.Document(str(file))
    lines = [paragraph.text for paragraph in paper.paragraphs]
    assert "1. 活动经费不足" in lines
    assert "方式：访谈少先队员5人" in lines
    at = lines.index("四、原因分析")
    left = ["【请填写：原因分析】", "五、意见建议（谁来办、怎么办）", "【请填写：意见建议】"]
    assert lines[at : at + 4] == ["四、原因分析", *left]
    assert ["驻校天数", "1"] in [[cell.text for cell in row.cells] for row in paper.tables[0].rows]


def test_the_same_parser_would_change_nothing(service: Service) -> None:
    shown: list[str] = []
    assert compare(service, shown.append) == 0
    assert shown == []


def test_another_reading_is_shown_with_the_totals_it_would_change(service: Service) -> None:
    other = update(Message).where(Message.text == "今天访谈2名辅导员").values(text="今天访谈4名辅导员")
    with service.engine.begin() as connection:
        connection.execute(other)
    shown: list[str] = []
    assert compare(service, shown.append) == 1
    message, *totals = map(json.loads, shown)
    assert (message["was"]["entries"][0]["count"], message["now"]["entries"][0]["count"]) == (2, 4)
    changed = {row["metric"]: (row["kept"], row["would_be"]) for row in totals}
    assert changed["counselors_interviewed@own"] == (2, 4)


def test_what_a_person_put_right_stays(service: Service) -> None:
    Player(service, lambda _line: None).play(["now 2026-11-20 18:00", "李干事: 改成5名"])
    shown: list[str] = []
    assert compare(service, shown.append) == 0
