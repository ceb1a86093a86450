"""A hand-over asked for in chat: the link leads to the form itself, of the one who gives the post."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bot import clock
from bot.service import Service
from bot.understanding import understand
from tests.browsing import BASE, Clients, link

pytestmark = pytest.mark.pages


def test_the_link_opens_the_form(service: Service, client: Clients) -> None:
    path, code = link(service, "孙管理", "把王干事的工作交接给吴新")
    browser = client()
    door = browser.get(f"{path}/member?id=1&hand=1", base_url=BASE).text
    asked = re.search(r'<form method="post" action="([^"]+)"', door)
    assert asked
    given = browser.post(unescape(asked[1]), data={"code": code}, base_url=BASE)
    assert given.status_code == 303
    page = browser.get(given.headers["Location"], base_url=BASE).text
    assert "王干事" in page
    found = re.search(r'<details class="card" id="hand" open>(.*?)</details>', page, re.S)
    assert found
    assert "吴新" in found[1]


@pytest.mark.parametrize(
    "text",
    [
        "把李明交给家长",
        "今天和上一任交接班",
        "开展交接活动",
        "移交问题给教育局",
        "今天驻校，和上一任交接了工作",
        "把材料交给王老师",
    ],
)
def test_other_handing_is_none(text: str) -> None:
    found = understand(text, clock.now())
    assert (found.intent, found.slots.get("page")) != ("pages", "交接")
