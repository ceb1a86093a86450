"""From a word in chat to the form of a hand-over, in a real browser: what the link says survives its code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.visitor import Visitor

Say = Callable[[str, str], str]
Profile = Callable[..., BrowserContext]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_link_of_a_hand_over_opens_its_form(profile: Profile, say: Say, width: int) -> None:
    found = Visitor(profile(width).new_page(), say("刘管理员", "把王干事的工作交接给李红"))
    found.give_code()
    form = found.page.locator("#hand")
    assert form.get_attribute("open") is not None
    assert form.get_by_role("button", name="登记交接").is_visible()
    assert found.page.get_by_role("heading", level=1).inner_text().startswith("王干事")
    assert found.faults() == []
