"""The pages behind one link: who gets in, whose rights they are, what a form may do."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from bot import clock
from bot.service import Service
from bot.web.registry import PAGES
from handlers import my_pages
from models.audit import Look
from models.items import Item
from models.people import Person
from tests.browsing import BASE, Browser, Clients, at_once, link, opened, say

pytestmark = pytest.mark.pages


def test_the_code_opens_the_list_of_pages(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    browser = Browser(client(), root)
    assert "取件码" in browser.get("").text
    assert browser.give(code) == 303
    page = browser.get("").text
    assert "王干事" in page
    assert "沁水县团委" in page


def test_a_forwarded_link_shows_nothing_even_with_the_code(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    Browser(client(), root).give(code)
    other = Browser(client(), root)
    assert other.give(code) == 403
    for path in ("", "nowhere"):
        answer_ = other.get(path)
        assert (answer_.status_code, "王干事" in answer_.text) == (403, False)


def test_a_cookie_of_one_link_opens_no_other(service: Service, client: Clients) -> None:
    mine, code = link(service, "王干事")
    others, _ = link(service, "孙管理")
    browser = Browser(client(), mine)
    browser.give(code)
    cookie = browser.cookie
    foreign = Browser(client(), others)
    foreign.keep(cookie)
    assert "孙管理" not in foreign.get("").text


def test_five_wrong_codes_lock_the_link_for_good(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert [Browser(client(), root).give(wrong) for _ in range(5)] == [403] * 5
    assert Browser(client(), root).give(code) == 403
    with service.engine.connect() as connection:
        assert connection.execute(select(Item.status)).scalar_one() == "locked"


def test_previews_and_heads_write_nothing(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    before = state(service)
    Browser(client(), root).get("")
    client().head(f"{root}/", base_url=BASE)
    assert state(service) == before
    browser = Browser(client(), root)
    browser.give(code)
    before = state(service)
    assert browser.client.head(f"{root}/", base_url=BASE).status_code == 200
    assert browser.client.get(f"{root}/", base_url=BASE, headers={"Sec-Purpose": "prefetch"}).status_code == 503
    assert state(service) == before


def state(service: Service) -> list[object]:
    with service.engine.connect() as connection:
        return [connection.execute(select(table.__table__)).all() for table in (Item, Look)]


def test_a_file_link_is_no_key_to_the_pages(service: Service, client: Clients) -> None:
    root, code = link(service, "孙管理", "导出问题台账")
    assert Browser(client(), root.replace("/f/", "/p/")).give(code) == 404
    root, code = link(service, "孙管理")
    found = client().post(root.replace("/p/", "/f/"), data={"code": code}, base_url=BASE)
    assert found.status_code == 404


def test_a_link_ends_after_a_day(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事", at=clock.now() - timedelta(hours=24, minutes=2))
    assert Browser(client(), root).give(code) == 404


def test_whoever_left_office_sees_nothing(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    browser = Browser(client(), root)
    browser.give(code)
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 1).values(left_on=clock.now().date()))
    assert (browser.get("").status_code, "王干事" in browser.get("").text) == (404, False)


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_of_another_site_does_nothing(service: Service, client: Clients, headers: dict[str, str]) -> None:
    root, code = link(service, "王干事")
    browser = Browser(client(), root)
    assert browser.client.post(f"{root}/", data={"code": code}, headers=headers, base_url=BASE).status_code == 403
    assert browser.give(code) == 303


def test_a_form_without_our_proof_does_nothing(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    browser = Browser(client(), root)
    browser.give(code)
    for proof in ("", "0" * 64, "证"):
        data = {"action": "any", "proof": proof}
        assert browser.client.post(f"{root}/", data=data, base_url=BASE).status_code == 403


def test_headers_are_strict(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    found = client().post(f"{root}/", data={"code": code}, base_url=BASE)
    assert all(word in found.headers["Set-Cookie"] for word in ("Secure", "HttpOnly", "SameSite=Lax", f"Path={root}"))
    headers = client().get(f"{root}/", base_url=BASE).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (headers["Cache-Control"], headers["X-Frame-Options"]) == ("no-store", "DENY")


def test_an_address_that_is_no_page_says_so(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    browser = Browser(client(), root)
    browser.give(code)
    assert "没有这一页" in browser.get("nowhere").text


def test_every_page_that_can_be_named_is_there() -> None:
    assert set(my_pages.PAGES.values()) <= set(PAGES)


def test_a_named_page_is_the_first_one(service: Service, client: Clients) -> None:
    told = say(service, "王干事: 打开我的记录页面")
    address, code = told.split(BASE)[1].split()[0], told.partition("取件码")[2][:6]
    browser = client()
    assert browser.post(address, data={"code": code}, base_url=BASE).headers["Location"] == address
    assert "<h1>我的记录</h1>" in browser.get(address, base_url=BASE).text


def test_of_browsers_that_give_the_code_at_once_one_gets_in(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    browsers = [Browser(client(), root) for _ in range(6)]
    assert sorted(at_once([partial(one.give, code) for one in browsers])) == [303] + [403] * 5
    assert sum("王干事" in one.get("").text for one in browsers) == 1


def test_wrong_codes_given_at_once_are_all_counted(service: Service, client: Clients) -> None:
    root, code = link(service, "王干事")
    wrong = [f"{(int(code) + by) % 10**6:06}" for by in range(1, 9)]
    assert at_once([partial(Browser(client(), root).give, one) for one in wrong]) == [403] * 8
    assert Browser(client(), root).give(code) == 403


def test_whoever_loses_a_role_loses_its_pages(service: Service, client: Clients) -> None:
    browser = opened(service, client(), "孙管理")
    assert browser.get("roster").status_code == 200
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 4).values(roles="cadre"))
    assert browser.get("roster").status_code == 403
    assert "名册" not in browser.get("").text


def test_the_first_page_has_the_chats_figures(service: Service, client: Clients) -> None:
    say(service, "王干事: 今天访谈队员3名")
    assert "队员3/20" in opened(service, client(), "王干事").get("").text
