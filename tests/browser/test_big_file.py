"""A big file in a real browser: the page says how far it is, refreshes itself, and hands it out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from bot.forms import registry, workshop
from bot.forms.workshop import State
from tests.browser.visitor import Visitor

Say = Callable[[str, str], str]
Profile = Callable[..., BrowserContext]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_big_file_tells_how_far_it_is(
    profile: Profile, say: Say, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = [State("none")]
    monkeypatch.setattr(registry, "MANY", 0)
    monkeypatch.setattr(workshop, "state", lambda folder: far[0])
    found = Visitor(profile(width).new_page(), say("刘管理员", "导出问题台账"))
    found.open("")
    found.give_code()
    for one in (State("none"), State("making", 0), State("making", 34), State("ready", 100), State("failed")):
        far[0] = one
        found.open("")
        assert (found.faults(), found.unreached()) == ([], [])
    far[0] = State("making", 34)
    found.open("")
    assert "正在生成 34%" in found.page.inner_text("main")
    far[0] = State("ready", 100)
    found.page.get_by_role("button", name="下载").wait_for(timeout=6000)


def test_a_big_file_comes_from_its_own_process(profile: Profile, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "MANY", 0)
    found = Visitor(profile(390).new_page(), say("刘管理员", "导出全体人员年度表"))
    found.open("")
    found.give_code()
    found.page.get_by_role("button", name="生成并下载").press("Enter")
    ready = found.page.get_by_role("button", name="下载", exact=True)
    ready.wait_for(timeout=60_000)
    with found.page.expect_download() as download:
        ready.press("Enter")
    assert download.value.suggested_filename.endswith(".zip")
