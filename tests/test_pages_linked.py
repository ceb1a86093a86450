"""Every page is found by following links from the first one, in the demonstration as much as elsewhere."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from bot import clock, demo
from bot.app import create_app
from bot.channels.base import Incoming
from bot.channels.console import CHANNEL
from bot.conversation import answer
from bot.service import Service, open_service
from bot.settings import Settings
from bot.web.registry import PAGES
from models.context_query import load_person
from models.people import Person
from tests.browsing import BASE, Browser

SAID = ("今天访谈队员3名", "反映问题：活动经费不足")  # at the beginning of a term the demonstration has no past
PEOPLE = ("王干事", "陈干事", "刘管理员", "何主任", "孙督导")


@pytest.fixture
def service(sqlite_url: str) -> Iterator[Service]:
    opened = open_service(Settings(database_url=sqlite_url, dundian_demo=True, dundian_base_url=BASE))
    demo.seed_demo(opened)
    for number, words in enumerate(SAID):
        now = clock.now()
        answer(opened, Incoming(CHANNEL, "王干事", f"said:{number}", "text", words, now), now)
    yield opened
    opened.engine.dispose()


def enter(service: Service, who: str) -> Browser:
    now = clock.now()
    told = answer(service, Incoming(CHANNEL, who, f"open:{who}", "text", "打开网页", now), now) or ""
    found = re.search(rf"取件码(\d{{6}})：\n{BASE}(/p/[^/]+)", told)
    assert found, told
    browser = Browser(create_app(service, answer).test_client(), found[2])
    assert browser.give(found[1]) == 303
    return browser


def walk(browser: Browser) -> set[str]:
    """The pages that links lead to; of those that differ in a number only, one."""
    waiting, known, seen = deque([f"{browser.root}/"]), set(), set()
    while waiting:
        address = waiting.popleft()
        kind = re.sub(r"\d+", "#", address.removeprefix(browser.root))
        if kind in known or not address.startswith(browser.root):
            continue
        known.add(kind)
        found = browser.client.get(address, base_url=BASE)
        assert found.status_code == 200, address
        seen.add(urlsplit(address).path.removeprefix(f"{browser.root}/"))
        waiting += [unescape(link) for link in re.findall(r'<a[^>]* href="([^"]+)"', found.text)]
    return seen


def roles(service: Service, name: str) -> frozenset[str]:
    with service.engine.connect() as connection:
        number = connection.execute(select(Person.id).where(Person.name == name)).scalar_one()
        who = load_person(connection, number, clock.now().date())
        assert who
        return who.roles


def test_every_page_is_linked_where_somebody_finds_it(service: Service) -> None:
    seen = {who: walk(enter(service, who)) for who in PEOPLE}
    for who in PEOPLE:
        assert {path for path, page in PAGES.items() if page.group and page.who & roles(service, who)} <= seen[who]
    assert set().union(*seen.values()) >= set(PAGES)


def test_what_nobody_is_shown_is_refused_by_its_address(service: Service) -> None:
    browser, mine = enter(service, "王干事"), roles(service, "王干事")
    others = [path for path, page in PAGES.items() if not page.who & mine]
    assert others
    for path in others:
        found = browser.get(path)
        assert (path, found.status_code, "不在你的职责里" in found.text) == (path, 403, True)
