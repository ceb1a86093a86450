"""The door in a real browser: the code by keyboard, and what a forwarded link shows in another profile."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.browser.visitor import Visitor

Say = Callable[[str, str], str]
Profile = Callable[..., BrowserContext]


def arrive(profile: Profile, told: str, width: int = 390) -> Visitor:
    made = Visitor(profile(width).new_page(), told)
    made.open("")
    return made


def test_the_code_is_given_by_keyboard_alone(profile: Profile, say: Say) -> None:
    found = arrive(profile, say("王干事", "打开网页"))
    assert (found.faults(), found.unreached()) == ([], [])
    found.open("")
    found.page.keyboard.press("Tab")
    found.page.keyboard.type(found.code)
    with found.page.expect_navigation():
        found.page.keyboard.press("Enter")
    assert "王干事" in found.page.inner_text("body")


def test_a_forwarded_link_shows_nothing_in_another_profile(profile: Profile, say: Say) -> None:
    told = say("王干事", "打开网页")
    arrive(profile, told).give_code()
    other = arrive(profile, told, 1280)
    assert "王干事" not in other.page.content()
    assert "另一台手机或电脑" in other.page.inner_text("main")
    assert other.page.locator("input:not([type=hidden])").count() == 0


def test_a_wrong_code_says_how_many_tries_are_left(profile: Profile, say: Say) -> None:
    found = arrive(profile, say("王干事", "打开网页"))
    found.give_code(f"{(int(found.code) + 1) % 10**6:06}")
    assert "还可以再试4次" in found.page.get_by_role("alert").inner_text()
    found.give_code()
    assert "王干事" in found.page.inner_text("body")


def test_a_file_comes_through_the_same_door(profile: Profile, say: Say) -> None:
    found = arrive(profile, say("刘管理员", "导出问题台账"))
    found.give_code()
    assert (found.faults(), found.unreached()) == ([], [])
    with found.page.expect_download() as download:
        found.page.get_by_role("button", name="下载").press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")


def test_the_demonstration_leads_from_the_chat_to_the_pages(profile: Profile, home: str) -> None:
    chat = profile(1280).new_page()
    chat.goto(f"{home}/?who=陈干事")
    chat.get_by_label("要说的话").fill("打开网页")
    chat.keyboard.press("Enter")
    link = chat.get_by_role("link", name="/p/").last
    code = chat.locator(".said", has_text="取件码").last.inner_text().partition("取件码")[2][:6]
    with chat.expect_popup() as opened:
        link.click()
    opened.value.get_by_label("取件码").fill(code)
    with opened.value.expect_navigation():
        opened.value.keyboard.press("Enter")
    assert "陈干事" in opened.value.inner_text("body")
