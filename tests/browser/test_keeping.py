"""The unit administrator's forms in a real browser: a roster looked through and confirmed, a sheet of codes as it is printed."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import insert

from bot.service import Service
from models.people import Person
from tests.browser.visitor import Visitor
from tests.rosters import PEOPLE, Sheets, book

Enter = Callable[..., Visitor]
FILE: Sheets = {
    "人员": [
        PEOPLE,
        ["李红", "青禾县少工委", "兼职", "13911112222", "", "", "", ""],
        ["马芸", "青禾县少工委", "兼职", *[""] * 5],
    ]
}


def press(found: Visitor, name: str) -> None:
    with found.page.expect_navigation():
        found.page.get_by_role("button", name=name).press("Enter")


def send(found: Visitor, content: bytes) -> None:
    found.open("import")
    found.page.get_by_label("填好的表").set_input_files({"name": "名册.xlsx", "mimeType": "", "buffer": content})
    press(found, "上传")


def test_a_file_is_looked_through_and_confirmed(visitor: Enter) -> None:
    found = visitor("刘管理员")
    send(found, book(FILE).getvalue())
    page = found.page.locator("main").inner_text()
    assert all(words in page for words in ("会这样改", "139****0007 → 139****2222", "总辅导员 → 兼职", "马芸"))
    assert (found.faults(), found.unreached()) == ([], [])
    press(found, "确认，写入名册")
    assert found.page.get_by_role("status").inner_text() == "已导入：人员新增1、修改1。"
    send(found, book(FILE).getvalue())
    assert "和现在的名册一样" in found.page.locator("main").inner_text()
    press(found, "换一个文件")


def test_a_faulty_file_says_where(visitor: Enter) -> None:
    found = visitor("刘管理员", 1280)
    send(found, b"\x89PNG\r\n\x1a\n")
    assert "不是名册文件" in found.page.locator("main").inner_text()
    assert found.faults() == []
    assert found.page.get_by_role("button", name="确认").count() == 0
    press(found, "换一个文件")


def test_the_sheet_of_codes_prints_ten_to_a_page(visitor: Enter, service: Service) -> None:
    fresh = [{"unit_id": 2, "name": f"新人{n}", "post": "part_time", "roles": "cadre"} for n in range(11)]
    with service.engine.begin() as connection:
        connection.execute(insert(Person), fresh)
    found = visitor("刘管理员")
    found.open("codes")
    for box in found.page.get_by_role("checkbox").all():
        box.check()
    press(found, "生成加入码")
    codes = re.findall(r"绑定 (\d{6})", found.page.locator("main").inner_text())
    assert len(set(codes)) >= len(fresh)
    assert found.faults() == []
    printed = found.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == -(-len(codes) // 10)
    found.page.emulate_media(media="print")
    assert not found.page.get_by_role("heading", level=1).is_visible()
    assert found.page.get_by_text("绑定 ").first.is_visible()
    found.open("codes")
    assert not any(code in found.page.content() for code in codes)
