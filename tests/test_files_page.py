"""The page behind a file's link: the code, the one browser, the tap; a preview spends nothing."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from bot import clock
from bot.replay import Player, join_everybody
from bot.service import Service, open_service
from bot.settings import Settings
from models.audit import Look
from models.items import Item, ItemEvent
from models.people import Person
from models.units import Unit
from tests.browsing import BASE, Clients, link
from tests.people import fill

pytestmark = pytest.mark.pages


def asked(service: Service, words: str, at: datetime | None = None) -> tuple[str, str]:
    """Ask in chat, as `name: words`; gives the link's path and the code."""
    who, _, request = words.partition(": ")
    return link(service, who, request, at)


def get(browser: FlaskClient, path: str) -> tuple[int, str]:
    found = browser.get(path, base_url=BASE)
    return found.status_code, found.text


def give(browser: FlaskClient, path: str, code: str) -> int:
    return browser.post(path, data={"code": code}, base_url=BASE).status_code


def take(browser: FlaskClient, path: str) -> TestResponse:
    proof = re.search(r'name="proof" value="(\w+)"', browser.get(path, base_url=BASE).text)
    return browser.post(f"{path}/file", data={"proof": proof[1] if proof else ""}, base_url=BASE)


def other(code: str, by: int) -> str:
    return f"{(int(code) + by) % 10**6:06}"


def test_the_code_opens_the_file_and_a_tap_takes_it(service: Service, client: Clients) -> None:
    path, code = asked(service, "孙管理: 导出统计表")
    browser = client()
    assert "取件码" in get(browser, path)[1]
    assert give(browser, path, code) == 303
    assert "生成并下载" in get(browser, path)[1]
    file = take(browser, path)
    assert (file.status_code, file.mimetype.rpartition(".")[2]) == (200, "sheet")
    assert load_workbook(io.BytesIO(file.data)).sheetnames == ["统计表", "学校构成"]
    assert file.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")


def test_a_forwarded_link_shows_nothing_even_with_the_code(service: Service, client: Clients) -> None:
    path, code = asked(service, "孙管理: 导出问题台账")
    first, second = client(), client()
    assert give(first, path, code) == 303
    assert give(second, path, code) == 403
    status, page = get(second, path)
    assert (status, "生成并下载" in page, "沁水" in page) == (403, False, False)
    assert take(second, path).status_code == 403
    assert take(first, path).status_code == 200


def test_without_the_code_there_is_no_file(service: Service, client: Clients) -> None:
    path, _ = asked(service, "孙管理: 导出问题台账")
    file = take(client(), path)
    assert (file.status_code, file.mimetype) == (200, "text/html")


def test_five_wrong_codes_lock_the_link_for_good(service: Service, client: Clients) -> None:
    path, code = asked(service, "孙管理: 导出问题台账")
    tries = [client().post(path, data={"code": other(code, by)}, base_url=BASE).text for by in range(1, 6)]
    assert "还可以再试4次" in tries[0]
    assert "已经锁住" in tries[4]
    assert give(client(), path, code) == 403
    with service.engine.connect() as connection:
        item = connection.execute(select(Item.status, Item.data).where(Item.kind == "link")).one()
    assert (item.status, item.data["failures"]) == ("locked", 5)
    assert code not in str(item.data)


def test_a_preview_spends_nothing(service: Service, client: Clients) -> None:
    path, code = asked(service, "孙管理: 导出问题台账")
    for _ in range(8):
        assert get(client(), path)[0] == 200
    browser = client()
    give(browser, path, code)
    assert [get(browser, f"{path}/file")[0], take(browser, path).status_code] == [405, 200]


def test_a_link_ends_after_a_day(service: Service, client: Clients) -> None:
    path, code = asked(service, "孙管理: 导出问题台账", clock.now() - timedelta(hours=24, minutes=2))
    assert get(client(), path)[0] == 404
    assert give(client(), path, code) == 404


@pytest.mark.parametrize("token", ["1", "MQ.xxxxxxxxxxxxxxxxxxxxxxxxxxx", "..%2f", "a" * 3000])
def test_a_link_that_was_not_signed_here_is_none(client: Clients, token: str) -> None:
    assert get(client(), f"/f/{token}")[0] == 404


@pytest.mark.parametrize(
    ("wanted", "roles"),
    [
        pytest.param("导出问题台账", "cadre", id="left office"),
        pytest.param("导出工作安排表", "supervisor", id="no contact any more"),
    ],
)
def test_whoever_may_no_longer_have_it_when_it_is_taken_gets_nothing(
    service: Service, client: Clients, wanted: str, roles: str
) -> None:
    path, code = asked(service, f"孙管理: {wanted}")
    browser = client()
    give(browser, path, code)
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 4).values(roles=roles))
    assert take(browser, path).status_code == 404


def test_someone_of_a_school_has_a_picture_too(service: Service, client: Clients) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Unit).where(Unit.id == 6).values(level="middle_school"))
        connection.execute(update(Person).where(Person.id == 3).values(unit_id=6, policies="league_im_2021"))
    path, code = asked(service, "赵干事: 进度图")
    browser = client()
    give(browser, path, code)
    assert take(browser, path).mimetype == "image/png"


def test_a_form_of_another_site_takes_nothing(service: Service, client: Clients) -> None:
    path, code = asked(service, "孙管理: 导出问题台账")
    browser = client()
    give(browser, path, code)
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert browser.post(f"{path}/file", headers=foreign, base_url=BASE).status_code == 403
    assert browser.post(f"{path}/file", data={"proof": "0" * 64}, base_url=BASE).status_code == 403


def test_cookie_and_headers_are_strict(service: Service, client: Clients) -> None:
    path, code = asked(service, "孙管理: 导出问题台账")
    cookie = client().post(path, data={"code": code}, base_url=BASE).headers["Set-Cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", f"Path={path}"))
    headers = client().get(path, base_url=BASE).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (headers["Cache-Control"], headers["X-Frame-Options"]) == ("no-store", "DENY")


def test_page_needs_no_script_and_little_weight(service: Service, client: Clients) -> None:
    path, _ = asked(service, "孙管理: 导出问题台账")
    page = get(client(), path)[1]
    assert "<script" not in page
    assert "://" not in page
    links = re.findall(r'href="(/static/pages/[^"]+)"', page)
    sizes = [len(client().get(link, headers={"Accept-Encoding": "gzip"}, base_url=BASE).data) for link in links]
    assert len(sizes) == 3
    assert sum(sizes) + len(page.encode()) < 150_000


def test_each_person_in_a_taken_file_can_see_the_look(service: Service, client: Clients) -> None:
    path, code = asked(service, "周督导: 导出任务清单完成情况")
    browser = client()
    give(browser, path, code)
    with service.engine.connect() as connection:
        assert not connection.execute(select(Look.id)).all()
    take(browser, path)
    with service.engine.connect() as connection:
        looks = connection.execute(select(Look.person_id).where(Look.viewer_id == 5, Look.what == "export")).scalars()
        steps = connection.execute(select(ItemEvent.kind).order_by(ItemEvent.id)).scalars()
        assert 1 in set(looks)
        assert list(steps) == ["opened", "bound", "taken"]


def test_picture_is_ones_own(service: Service, client: Clients) -> None:
    path, code = asked(service, "王干事: 进度图")
    browser = client()
    give(browser, path, code)
    file = take(browser, path)
    assert (file.mimetype, file.data[:4]) == ("image/png", b"\x89PNG")


def test_schedule_comes_as_a_file_for_the_contact(service: Service, client: Clients) -> None:
    path, code = asked(service, "孙管理: 导出工作安排表")
    browser = client()
    give(browser, path, code)
    book = load_workbook(io.BytesIO(take(browser, path).data))
    assert book["工作安排表"]["A1"].value == f"{clock.local(clock.now()).year} 年全区学校共青团“驻校蹲班”工作安排表"


def test_without_an_address_nothing_is_promised(database_url: str) -> None:
    bare = open_service(Settings(database_url=database_url, dundian_secret_key="k" * 40))
    shown: list[str] = []
    try:
        fill(bare)
        join_everybody(bare)
        Player(bare, shown.append).play(["now 2026-11-20 17:30", "孙管理: 导出问题台账"])
        with bare.engine.connect() as connection:
            assert connection.execute(select(Item.id)).all() == []
    finally:
        bare.engine.dispose()
    assert "DUNDIAN_BASE_URL" in shown[-1]
