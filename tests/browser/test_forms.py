"""Forms in a real browser: Enter sends them, what is wrong stays in them, what is done is asked about first."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.visitor import Visitor

Enter = Callable[..., Visitor]
Say = Callable[[str, str], str]


def told(visitor: Visitor) -> str:
    return visitor.page.get_by_role("status").inner_text()


def press_enter(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def record(visitor: Visitor, words: str) -> None:
    """Open the newest record of these words by its link."""
    visitor.open("records")
    card = visitor.page.locator("li.card", has_text=words).first
    card.get_by_role("link", name="改", exact=False).first.click()
    visitor.page.wait_for_load_state()


def test_enter_filters_the_records(visitor: Enter, say: Say) -> None:
    say("许婷", "今天宣讲一场")
    found = visitor("许婷", 1280)
    found.open("records")
    found.page.get_by_text("筛选").first.click()
    found.page.get_by_label("做了什么").select_option("宣讲")
    found.page.get_by_label("从哪天").focus()
    press_enter(found)
    titles = found.page.locator("li.card h2").all_inner_texts()
    assert titles
    assert all("宣讲" in title for title in titles)


def test_a_record_is_amended_by_keyboard_with_a_look_before(visitor: Enter, say: Say) -> None:
    say("许婷", "今天访谈辅导员2名")
    found = visitor("许婷")
    record(found, "访谈辅导员2名")
    found.page.get_by_label("数量").fill("0")
    press_enter(found)
    assert "大于0" in found.page.get_by_role("alert").inner_text()
    assert found.page.get_by_label("数量").input_value() == "0"
    assert found.faults()[1:] == []  # the first is the browser's own line about the status 422
    found.page.get_by_label("数量").fill("3")
    press_enter(found)
    assert found.page.locator("ins").all_inner_texts() == ["3"]
    found.page.get_by_role("button", name="确认修改").focus()
    press_enter(found)
    assert "已改" in told(found)
    assert "访谈辅导员3名" in found.page.inner_text("main")


def test_a_large_number_is_confirmed_once(visitor: Enter, say: Say) -> None:
    say("许婷", "今天访谈队员4名")
    found = visitor("许婷")
    record(found, "访谈队员4名")
    found.page.get_by_label("数量").fill("80")
    press_enter(found)
    found.page.get_by_label("没错，照这样记").check()
    found.page.get_by_role("button", name="看看").click()
    found.page.get_by_role("button", name="确认修改").click()
    assert "访谈队员80名" in told(found)


def test_a_name_without_an_end_stays_on_the_page(visitor: Enter, say: Say) -> None:
    say("许婷", "今天发问卷20份")
    found = visitor("许婷")
    record(found, "问卷20份")
    found.page.get_by_label("地点").fill("A" * 80)
    press_enter(found)
    assert found.faults() == []
    found.page.get_by_role("button", name="确认修改").click()
    found.page.wait_for_load_state()
    assert "A" * 80 in found.page.inner_text("main")
    assert found.faults() == []


def test_a_record_is_withdrawn_after_a_question(visitor: Enter, say: Say) -> None:
    say("许婷", "今天听课2节")
    found = visitor("许婷")
    found.open("records")
    card = found.page.locator("li.card", has_text="听课2节").first
    card.get_by_role("link", name="撤销").click()
    assert found.page.locator("h1").inner_text() == "撤销这条？"
    found.page.get_by_role("button", name="撤销").focus()
    press_enter(found)
    assert "已撤销" in told(found)
    assert found.page.locator("li.card", has_text="听课2节").count() == 0
    found.page.reload()
    assert found.page.get_by_role("status").count() == 0


def test_own_data_are_taken_along(visitor: Enter) -> None:
    found = visitor("陈干事")
    found.open("data")
    with found.page.expect_download() as download:
        found.page.get_by_role("button", name="导出").press("Enter")
    assert download.value.suggested_filename.startswith("陈干事的数据")
