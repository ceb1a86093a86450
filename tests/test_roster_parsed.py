"""A roster's file is read once, when it is sent; what was read is kept sealed and says the same as the file."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from bot.service import Service
from bot.understanding.masking import kept_words
from models import roster_parsed, roster_preview
from models.people import Person
from models.roster_files import read_file
from models.roster_parsed import dumped, loaded
from models.roster_preview import Importing, preview, read
from models.roster_sheets import Reading
from models.units import Unit
from models.uploads import Upload, Waiting
from tests.browsing import Browser, Clients, opened
from tests.rosters import NOW, PEOPLE, SMALL, TERM, VAULT, Sheets, book, take

MORE = [*PEOPLE, "加入日期", "离开日期", "邮箱"]
CELL = st.one_of(
    st.none(), st.text(max_size=12), st.integers(0, 2000), st.sampled_from(["2026-09-01", "无", "王芳", "乙县"])
)
FILE: Sheets = {
    "人员": [
        MORE,
        ["马芸", "沁水县团委", "兼职", "13911112222", "干部、督导", "城关小学", "", "", "2026-09-01", "无", "a@b.cn"],
    ],
    "校历": [TERM, ["沁水县团委", "2026-2027-1", "2026-09-01", "2027-01-31", "2026-09-01", "2027-01-10"]],
    "班级": [["学校", "班级", "人数", "团学干部人数"], ["城关小学", "高一3班", 45, 6]],
    "别的": [["x"], [1]],
}
WRONG: Sheets = {
    "人员": [PEOPLE, ["马芸", "没有的单位", "不知道", "12", "", "", "", ""], ["", "", "", "", "", "", "", ""]]
}


@pytest.mark.parametrize("sheets", [SMALL, FILE, WRONG])
def test_what_is_kept_says_what_the_file_says(sheets: Sheets) -> None:
    reading = read("x.xlsx", book(sheets).getvalue(), kept_words)
    assert loaded(dumped(reading)) == reading


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[CELL] * len(MORE)), max_size=5))
def test_so_does_any_file(people: list[Any]) -> None:
    rows = [[re.sub(r"[\x00-\x1f]", "", cell) if isinstance(cell, str) else cell for cell in row] for row in people]
    reading = read("x.xlsx", book({"人员": [MORE, *rows]}).getvalue(), kept_words)
    assert loaded(dumped(reading)) == reading


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04broken", "姓名,单位\n马芸,乙县".encode("gb18030")]
)
def test_so_does_what_is_no_roster(content: bytes) -> None:
    reading = read("x.csv", content, kept_words)
    assert loaded(dumped(reading)) == reading


def test_another_form_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = dumped(read("x.xlsx", book(SMALL).getvalue(), kept_words))
    monkeypatch.setattr(roster_parsed, "VERSION", 2)
    assert loaded(kept) is None
    assert loaded(None) is None


def test_the_preview_is_the_same_either_way(database: Engine) -> None:
    take(database, SMALL)
    content = book(
        {"人员": [PEOPLE, ["王芳", "乙县", "挂职", "", "", "", "", ""], ["马芸", "丙县", "兼职", *[""] * 5]]}
    ).getvalue()
    parsed = dumped(read("x.xlsx", content, str))
    with database.begin() as connection:
        path = connection.scalars(select(Unit.path).where(Unit.name == "甲市")).one()
        both = [
            preview(
                Importing(connection, VAULT, Waiting("x.xlsx", content, "same", kept), path, ("pioneer_2017",), NOW)
            )
            for kept in (None, parsed)
        ]
    assert both[0].digest == both[1].digest
    assert (both[0].report.changes, both[0].known) == (both[1].report.changes, both[1].known)
    assert both[0].report.changes


# On the page


@pytest.fixture
def admin(service: Service, client: Clients) -> Browser:
    return opened(service, client(), "孙管理")


@pytest.mark.pages
def test_the_file_is_read_when_it_is_sent_and_never_again(
    service: Service, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[str] = []

    def counted(name: str, content: bytes) -> Reading:
        times.append(name)
        return read_file(name, content)

    monkeypatch.setattr(roster_preview, "read_file", counted)
    admin.send("import", "upload", file=(io.BytesIO(book(FILE).getvalue()), "名册.xlsx"))
    assert times == ["名册.xlsx"]
    pages = [admin.get("import").text for _ in range(3)]
    assert all("马芸" in page for page in pages)
    found = re.search(r'name="digest" value="(\w+)"', pages[-1])
    assert found
    assert admin.send("import", "confirm", digest=found[1]).status_code == 303
    assert times == ["名册.xlsx"]
    with service.engine.connect() as connection:
        assert connection.scalar(select(Person.post).where(Person.name == "马芸")) == "part_time"


@pytest.mark.pages
def test_what_was_read_is_kept_sealed(service: Service, admin: Browser) -> None:
    admin.send("import", "upload", file=(io.BytesIO(book(FILE).getvalue()), "名册.xlsx"))
    with service.engine.connect() as connection:
        (kept,) = connection.scalars(select(Upload.parsed)).all()
    assert kept
    assert b"13911112222" not in kept
    assert "马芸".encode() not in kept


@pytest.mark.pages
def test_a_file_from_before_is_still_read(service: Service, admin: Browser) -> None:
    admin.send("import", "upload", file=(io.BytesIO(book(FILE).getvalue()), "名册.xlsx"))
    with service.engine.begin() as connection:
        connection.execute(update(Upload).values(parsed=None))
    assert "马芸" in admin.get("import").text
