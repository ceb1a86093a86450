"""Rosters for tests: small workbooks made in memory."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.clock import CHINA
from models.people import Assignment, Person
from models.roster import Report, import_roster
from models.units import Unit
from models.vault import Vault

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=CHINA)
VAULT = Vault("a key for tests, long enough to be one")

UNITS = ["名称", "上级", "级别", "适用制度"]
SCHOOLS = ["名称", "所属单位", "类型", "城乡", "备注"]
PEOPLE = ["姓名", "单位", "岗位", "电话", "角色", "蹲点学校", "企业微信账号", "绑定码"]
MORE = [*PEOPLE, "人员编号"]
TERM = ["单位", "学期", "开始", "结束", "教学开始", "教学结束"]

Cells = Sequence[Any]
Sheets = Mapping[str, Sequence[Cells]]

SMALL: Sheets = {
    "单位": [UNITS, ["甲市", "", "市"], ["乙县", "甲市", "县"], ["丙县", "甲市", "县", "league_im_2021"]],
    "学校": [
        SCHOOLS,
        ["乙县实验小学", "乙县", "小学", "城", ""],
        ["河湾小学", "乙县", "小学", "乡", "薄弱"],
        ["丙县中学", "丙县", "初中", "城", ""],
    ],
    "人员": [
        PEOPLE,
        ["陈静", "甲市", "专职", "13900000001", "督导、管理员", "", "", ""],
        ["王芳", "乙县", "专职", "139 0000 0002", "干部", "河湾小学", "wangfang", "493027"],
        ["刘洋", "丙县", "总辅导员", "+86 13900000003", "", "丙县中学", "", ""],
    ],
}


def book(sheets: Sheets) -> io.BytesIO:
    """A workbook with these sheets."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    stream.seek(0)
    return stream


def take(engine: Engine, sheets: Sheets | io.BytesIO, now: datetime = NOW, **options: Any) -> Report:
    """Import sheets and commit."""
    stream = sheets if isinstance(sheets, io.BytesIO) else book(sheets)
    with Session(engine) as session, session.begin():
        return import_roster(session, VAULT, stream, now, policies=("pioneer_2017", "league_im_2021"), **options)


def people(*rows: Cells, headings: Cells = PEOPLE) -> Sheets:
    """A file that holds the sheet 人员 alone."""
    return {"人员": [headings, *rows]}


def roster_file(folder: Path) -> str:
    """The small roster as a file, of units that are under no document of their own."""
    units = [row[:3] for row in SMALL["单位"]]
    file = folder / "roster.xlsx"
    file.write_bytes(book({**SMALL, "单位": units}).getvalue())
    return str(file)


def rows_of(engine: Engine, *columns: Any) -> list[Any]:
    """Columns as they stand."""
    with engine.connect() as connection:
        return list(connection.execute(select(*columns)))


def person(engine: Engine, name: str) -> Person:
    """The one of this name."""
    with Session(engine, expire_on_commit=False) as session:
        return session.scalars(select(Person).where(Person.name == name)).one()


def own_schools(engine: Engine, name: str) -> list[tuple[str, date, date | None]]:
    """A person's own schools, past and present, with their days."""
    with engine.connect() as connection:
        statement = (
            select(Unit.name, Assignment.start, Assignment.end)
            .join(Unit, Unit.id == Assignment.school_id)
            .join(Person, Person.id == Assignment.person_id)
            .where(Person.name == name)
            .order_by(Assignment.id)
        )
        return [(row[0], row[1], row[2]) for row in connection.execute(statement)]
