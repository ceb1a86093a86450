"""A file far beyond what a page takes, in a real browser: the page itself says so, and takes the next one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload

from bot.web.pages import TOO_LARGE
from tests.browser.visitor import Visitor

Enter = Callable[..., Visitor]
MEGA = 1024 * 1024


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("megabytes", [4, 30])
def test_the_page_says_that_a_file_is_too_large(visitor: Enter, width: int, megabytes: int) -> None:
    found = visitor("刘管理员", width)
    found.open("import")
    file = FilePayload(name="名册.xlsx", mimeType="", buffer=b"x" * megabytes * MEGA)
    found.page.get_by_label("填好的表").set_input_files(file)
    with found.page.expect_navigation():
        found.page.get_by_role("button", name="上传").press("Enter")
    assert found.page.get_by_role("alert").inner_text() == TOO_LARGE
    assert found.page.get_by_label("填好的表").is_visible()
    found.complaints.clear()  # the browser's own word on the status 413
    assert found.faults() == []
