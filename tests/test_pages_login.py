"""网页授权: the platform says whose browser opened a link; whoever it is not sees nothing, and what fails leads to the code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from bot import clock
from bot.app import create_app
from bot.channels import official_login
from bot.channels.official_reading import CHANNEL
from bot.conversation import answer
from bot.replay import join_everybody
from bot.service import Service, open_service
from bot.settings import Settings
from models.items import Item, ItemEvent
from models.people import Account
from tests.browsing import BASE, link, say
from tests.people import MADE, fill
from tests.platform import LOGIN, Double, running
from tests.wechat import APP_ID
from tests.wechat_server import Platform

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 16) MicroMessenger/8.0.60"}


@dataclass
class Site:
    """The service with 网页授权, and the platform's double."""

    service: Service
    app: Flask
    double: Double
    platform: Platform


@pytest.fixture
def site(database_url: str) -> Iterator[Site]:
    double = Double(clock.now)
    with running(double) as there:
        settings = Settings(
            database_url=database_url,
            dundian_secret_key="k" * 40,
            dundian_base_url=BASE,
            wechat_token="token",
            wechat_app_id=APP_ID,
            wechat_app_secret=double.secret,
            wechat_api_base_url=there.url,
            wechat_web_login=True,
        )
        service = open_service(settings)
        fill(service)
        join_everybody(service)
        with service.engine.begin() as connection:
            joined = {"channel": CHANNEL, "joined_at": MADE, "failures": 0, "reachable": True}
            connection.execute(insert(Account), [joined | {"user": f"oUser-{n}", "person_id": n} for n in (1, 2)])
        yield Site(service, create_app(service, answer), double, there)
        service.engine.dispose()


def visit(browser: FlaskClient, address: str, agent: dict[str, str] | None = None) -> TestResponse:
    return browser.get(address, base_url=BASE, headers=PHONE if agent is None else agent)


def send_away(browser: FlaskClient, root: str) -> dict[str, str]:
    """Open a link; gives what the platform is asked."""
    found = visit(browser, f"{root}/")
    assert found.status_code == 302, found.text
    asked = urlsplit(found.headers["Location"])
    assert (asked.netloc, asked.path, asked.fragment) == (
        "open.weixin.qq.com",
        "/connect/oauth2/authorize",
        "wechat_redirect",
    )
    return {name: values[0] for name, values in parse_qs(asked.query).items()}


def come_back(site: Site, browser: FlaskClient, asked: dict[str, str], user: str, code: str = "c1") -> TestResponse:
    """The platform sends the browser back, as this user."""
    site.double.codes.setdefault(code, user)
    path = urlsplit(asked["redirect_uri"]).path
    return visit(browser, f"{path}?code={code}&state={asked['state']}")


def steps(site: Site) -> list[str]:
    with site.service.engine.connect() as connection:
        return list(connection.execute(select(ItemEvent.kind).order_by(ItemEvent.id)).scalars())


def test_the_person_gets_in_without_a_code(site: Site) -> None:
    root, _ = link(site.service, "王干事")
    browser = site.app.test_client()
    asked = send_away(browser, root)
    assert (asked["appid"], asked["scope"], asked["response_type"]) == (APP_ID, "snsapi_base", "code")
    assert asked["redirect_uri"] == f"{BASE}{root}/"
    back = come_back(site, browser, asked, "oUser-1")
    assert (back.status_code, back.headers["Location"]) == (303, f"{root}/")
    assert "王干事" in visit(browser, f"{root}/").text
    assert site.platform.calls(LOGIN)[0].query["grant_type"] == "authorization_code"
    assert steps(site) == ["opened", "known"]


def test_the_chat_asks_for_no_code(site: Site) -> None:
    told = say(site.service, "王干事: 打开网页")
    assert "在微信里点开就行" in told
    plain = replace(site.service, settings=replace(site.service.settings, wechat_web_login=False))
    assert "点开后输入取件码" in say(plain, "王干事: 打开网页")


def test_the_state_is_what_the_platform_takes(site: Site) -> None:
    root, _ = link(site.service, "王干事")
    state = send_away(site.app.test_client(), root)["state"]
    assert state.isascii()
    assert state.isalnum()
    assert len(state) <= 128


def test_somebody_else_sees_nothing_and_is_asked_for_no_code(site: Site) -> None:
    root, _ = link(site.service, "王干事")
    browser = site.app.test_client()
    for user in ("oUser-2", "oNobody"):
        back = come_back(site, browser, send_away(browser, root), user, code=f"code of {user}".replace(" ", "-"))
        assert (back.status_code, "王干事" in back.text, "<input" in back.text) == (403, False, False)
        assert "发给别人的" in back.text
    assert steps(site) == ["opened", "stranger", "stranger"]
    assert visit(browser, f"{root}/").status_code == 302


def test_another_browser_of_the_same_person_takes_over(site: Site) -> None:
    root, _ = link(site.service, "王干事")
    first, second = site.app.test_client(), site.app.test_client()
    come_back(site, first, send_away(first, root), "oUser-1")
    come_back(site, second, send_away(second, root), "oUser-1", code="c2")
    assert "王干事" in visit(second, f"{root}/").text
    assert visit(first, f"{root}/").status_code == 302


@pytest.mark.parametrize("fault", ["-1", "40001", "502", "html", "cut", "time-out"])
def test_a_platform_in_trouble_leads_to_the_code(site: Site, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(official_login, "TIMEOUT", (0.5, 0.3))
    root, code = link(site.service, "王干事")
    browser = site.app.test_client()
    asked = send_away(browser, root)
    site.double.fault = lambda _: fault
    back = come_back(site, browser, asked, "oUser-1")
    assert (back.status_code, "没能从微信确认" in back.text, 'name="code"' in back.text) == (200, True, True)
    opened = browser.post(f"{root}/", data={"code": code}, base_url=BASE)
    assert (opened.status_code, opened.headers["Location"]) == (303, f"{root}/")


def test_a_code_is_good_once(site: Site) -> None:
    root, _ = link(site.service, "王干事")
    first, second = site.app.test_client(), site.app.test_client()
    asked = send_away(first, root)
    again = send_away(second, root)
    come_back(site, first, asked, "oUser-1")
    assert "没能从微信确认" not in visit(first, f"{root}/").text
    assert come_back(site, second, again, "oUser-1").status_code == 403  # the link has its browser already
    assert "王干事" not in come_back(site, second, again, "oUser-1").text


def test_the_answer_is_for_the_browser_that_was_sent_away(site: Site) -> None:
    """Somebody who is led to the platform's answer for another person's browser stays outside, and the platform is not asked."""
    root, _ = link(site.service, "王干事")
    asked = send_away(site.app.test_client(), root)
    other = site.app.test_client()
    assert "没能从微信确认" in come_back(site, other, asked, "oUser-1").text
    forged = asked | {"state": "0" * 64}
    mine = site.app.test_client()
    send_away(mine, root)
    assert "没能从微信确认" in come_back(site, mine, forged, "oUser-1").text
    assert site.platform.calls(LOGIN) == []


def test_an_answer_serves_once(site: Site) -> None:
    root, _ = link(site.service, "王干事")
    browser = site.app.test_client()
    asked = send_away(browser, root)
    site.double.fault = lambda _: "-1"
    come_back(site, browser, asked, "oUser-1")
    site.double.fault = lambda _: None
    assert "没能从微信确认" in come_back(site, browser, asked, "oUser-1", code="c2").text


def test_who_refuses_is_asked_for_the_code(site: Site) -> None:
    root, _ = link(site.service, "王干事")
    browser = site.app.test_client()
    asked = send_away(browser, root)
    assert 'name="code"' in visit(browser, f"{root}/?state={asked['state']}").text


@pytest.mark.parametrize("agent", ["Mozilla/5.0 (Windows NT 10.0) Chrome/156", "wxwork/4.1 MicroMessenger/7.0"])
def test_elsewhere_the_code_is_asked_for(site: Site, agent: str) -> None:
    root, code = link(site.service, "王干事")
    browser = site.app.test_client()
    assert 'name="code"' in visit(browser, f"{root}/", {"User-Agent": agent}).text
    assert browser.post(f"{root}/", data={"code": code}, base_url=BASE).status_code == 303


def test_a_preview_is_not_sent_away(site: Site) -> None:
    root, _ = link(site.service, "王干事")
    head = site.app.test_client().head(f"{root}/", base_url=BASE, headers=PHONE)
    assert (head.status_code, "Location" in head.headers) == (200, False)


def test_files_come_the_same_way(site: Site) -> None:
    root, _ = link(site.service, "李干事", "进度图")
    browser = site.app.test_client()
    found = visit(browser, root)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(found.headers["Location"]).query).items()}
    assert come_back(site, browser, asked, "oUser-2").headers["Location"] == root
    assert "看进度图" in visit(browser, root).text


def test_a_locked_link_stays_locked(site: Site) -> None:
    root, code = link(site.service, "王干事")
    browser = site.app.test_client()
    for by in range(1, 6):
        browser.post(f"{root}/", data={"code": f"{(int(code) + by) % 10**6:06}"}, base_url=BASE)
    assert visit(browser, f"{root}/").status_code == 403
    with site.service.engine.connect() as connection:
        assert connection.execute(select(Item.status)).scalar_one() == "locked"


def test_without_the_setting_nobody_is_sent_away(site: Site) -> None:
    plain = replace(site.service, settings=replace(site.service.settings, wechat_web_login=False))
    root, _ = link(site.service, "王干事")
    assert visit(create_app(plain, answer).test_client(), f"{root}/").status_code == 200


def test_neither_secret_nor_code_is_in_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    root, _ = link(site.service, "王干事")
    for fault in ("502", "cut", "-1"):
        site.double.fault = lambda _, fault=fault: fault
        browser = site.app.test_client()
        come_back(site, browser, send_away(browser, root), "oUser-1", code="code-of-the-platform")
    assert len([line for line in caplog.messages if "网页授权" in line]) == 3
    assert site.double.secret not in caplog.text
    assert "code-of-the-platform" not in caplog.text
