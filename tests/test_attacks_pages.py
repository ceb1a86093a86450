"""Hostile hands at the pages: what no form would send, links that outlive their telephone, forms sent twice at once."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer
from openpyxl import load_workbook
from sqlalchemy import func, insert, select, update
from werkzeug.test import TestResponse

from bot import clock
from bot.app import create_app
from bot.conversation import answer
from bot.jobs import pace
from bot.service import Service
from bot.web.registry import PAGES
from models.audit import Look
from models.items import Item
from models.people import Account, Assignment, Person
from models.recount import recount
from tests.browsing import BASE, Browser, at_once, link, opened, say

pytestmark = pytest.mark.pages
EVERYTHING = "cadre unit_admin approver supervisor responsible_head responsible_office"
ODD = ("a\x00b", "\x00", "\x0b\ufffe", "²", "999999", "2147483648", "9" * 18, "9" * 5000, "%", "0001-01-01")
ASKED = ("unit", "id", "words", "page", "nr", "from", "rule", "what")


@pytest.fixture
def admin(service: Service, app: Flask) -> Browser:
    """Somebody of 沁水县 with every role there is."""
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 4).values(roles=EVERYTHING))
    return opened(service, app.test_client(), "孙管理")


@pytest.mark.parametrize("path", ["roster", "codes", "assignments", "team", "problems", "member", "records", "problem"])
def test_no_odd_word_in_an_address_is_a_bug(admin: Browser, path: str) -> None:
    for name in ASKED:
        for word in ODD:
            assert admin.get(path, **{name: word}).status_code < 500, (name, word[:20])


@pytest.mark.parametrize("path", ["roster", "codes", "assignments", "team", "names", "problems"])
@pytest.mark.parametrize("unit", ["3", "1", "999999"])
def test_another_units_page_is_refused_and_kept(service: Service, admin: Browser, path: str, unit: str) -> None:
    before = refusals(service)
    assert admin.get(path, unit=unit).status_code == 403
    assert refusals(service) == before + 1


def refusals(service: Service) -> int:
    with service.engine.connect() as connection:
        return connection.scalar(select(func.count()).where(Look.granted.is_(False))) or 0


@pytest.mark.parametrize(
    ("path", "action", "fields"),
    [
        ("problem", "move", {"id": "1", "status": "resolved", "words": "好"}),
        ("checks", "close", {"id": "1", "words": "好"}),
        ("member", "change", {"id": "3", "role": "cadre"}),
        ("member", "hand", {"id": "1", "taker": "3", "day": "2026-11-21"}),
        ("school", "close", {"id": "6", "day": "2026-11-20"}),
        ("assignments", "assign", {"id": "3", "school": "城关小学"}),
        ("assignments", "accept", {"work": "1"}),
        ("newcomer", "add", {"unit": "3", "name": "新来", "role": "cadre"}),
        ("schools", "add", {"unit": "3", "name": "新小学"}),
        ("checks", "draw", {"unit": "3", "count": "1"}),
    ],
)
def test_a_form_about_another_unit_is_refused_and_kept(
    service: Service, admin: Browser, path: str, action: str, fields: dict[str, str]
) -> None:
    before = refusals(service)
    query = {"id": "4"} if path in ("member", "school") else {}
    assert send(admin, path, action, query, **fields).status_code in (403, 422)
    assert refusals(service) > before


def send(browser: Browser, path: str, action: str, query: dict[str, str] | None = None, **fields: str) -> TestResponse:
    """A form that need not be on any page."""
    data = {"action": action, "proof": proof_of(browser), **fields}
    return browser.client.post(f"{browser.root}/{path}", query_string=query, data=data, base_url=BASE)


def proof_of(browser: Browser) -> str:
    """The proof that all of a visitor's forms carry."""
    return browser.get("data").text.partition('name="proof" value="')[2][:64]


def test_numbers_beyond_reason_in_forms_are_refused(admin: Browser) -> None:
    assert send(admin, "unit", "lead", days="9" * 5000).status_code == 422
    assert send(admin, "codes", "make", person="9" * 5000).status_code == 422
    assert send(admin, "codes", "make", person="9" * 18).status_code == 422


def test_a_link_ends_when_its_person_joins_anew(service: Service, app: Flask) -> None:
    """A lost telephone must not stay the key to the pages for the rest of the day."""
    lost = opened(service, app.test_client(), "王干事")
    assert lost.get("").status_code == 200
    with service.engine.begin() as connection:
        mine = update(Account).where(Account.person_id == 1)
        connection.execute(mine.values(joined_at=clock.now() + timedelta(seconds=1)))
    assert (lost.get("").status_code, "王干事" in lost.get("records").text) == (404, False)


def test_a_link_ends_though_another_channel_was_joined_before(service: Service, app: Flask) -> None:
    lost = opened(service, app.test_client(), "王干事")
    with service.engine.begin() as connection:
        moment = clock.now() + timedelta(seconds=1)
        row = {"channel": "other", "user": "new", "person_id": 1, "failures": 0, "reachable": True, "joined_at": moment}
        connection.execute(insert(Account).values(**row))
    assert lost.get("").status_code == 404


def test_an_origin_that_is_nobodys_may_not_post_where_no_address_is_set(service: Service) -> None:
    bare = replace(service, settings=replace(service.settings, dundian_base_url=""))
    client = create_app(bare, answer).test_client()
    assert client.post("/p/x/", data={"code": "1"}, headers={"Origin": "null"}).status_code == 403
    assert client.post("/p/x/", data={"code": "1"}, headers={"Origin": "http://localhost"}).status_code == 404


def test_a_code_in_full_width_digits_is_the_same_code(service: Service, app: Flask) -> None:
    root, code = link(service, "王干事")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert Browser(app.test_client(), root).give(f" {wide[:3]} {wide[3:]}") == 303


def test_an_address_cannot_write_headers(service: Service, app: Flask) -> None:
    root, code = link(service, "王干事")
    found = app.test_client().post(f"{root}/a%0d%0aX-Bad:%201", data={"code": code}, base_url=BASE)
    assert (found.status_code, "X-Bad" in found.headers) == (303, False)
    assert found.headers["Location"].startswith(f"{root}/a%0D%0A")


def test_names_are_words_never_marks(service: Service, admin: Browser) -> None:
    bad = "<script>alert(1)</script>"
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 1).values(name=bad, title='"><img src=x onerror=1>'))
    for path in ("roster", "member", "assignments", "codes", "names", "checks", "helps", "viewers"):
        shown = admin.get(path, **({"id": 1} if path == "member" else {})).text
        assert "<script" not in shown and "<img" not in shown, path


def test_a_bug_leaves_neither_address_nor_words_in_the_log(
    service: Service, app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    browser = opened(service, app.test_client(), "王干事")

    def broken(*_: object) -> None:
        raise ValueError("三年级的李小明")

    monkeypatch.setitem(PAGES, "records", replace(PAGES["records"], show=broken))  # type: ignore[arg-type]
    with caplog.at_level(logging.DEBUG):
        assert browser.get("records").status_code == 500
    said = "\n".join(f"{one.getMessage()} {one.exc_info} {one.exc_text}" for one in caplog.records)
    assert "ValueError" in said and "test_attacks_pages" in said
    assert "李小明" not in said and browser.root.removeprefix("/p/") not in said


def test_a_form_sent_twice_at_once_is_done_once(service: Service, admin: Browser) -> None:
    data = {"action": "assign", "proof": proof_of(admin), "id": "7", "school": "城关小学"}

    def post() -> int:
        twin = admin.client.application.test_client()
        twin.set_cookie("door", admin.cookie, domain="dundian.example", path=admin.root)
        return twin.post(f"{admin.root}/assignments", data=data, base_url=BASE).status_code

    assert sorted(at_once([post] * 4)) == [303, 422, 422, 422]
    with service.engine.connect() as connection:
        mine = select(func.count()).select_from(Assignment).where(Assignment.person_id == 7)
        assert connection.scalar(mine) == 1


def test_two_approvers_at_once_decide_once(service: Service, app: Flask) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id.in_((4, 8))).values(roles="approver"))
        early = update(Assignment).where(Assignment.person_id == 1)
        connection.execute(early.values(start=clock.now().date() - timedelta(days=30)))
    say(service, "王干事: 换蹲点学校为沁水县实验小学，原学校撤并")
    with service.engine.connect() as connection:
        work = connection.scalar(select(Item.id).where(Item.kind == "school_change", Item.status == "submitted"))
    assert work
    browsers = [opened(service, app.test_client(), who) for who in ("孙管理", "陈审批")]
    found = at_once([partial(decide, one, proof_of(one), work) for one in browsers])
    assert sorted(found) == [303, 422]
    with service.engine.connect() as connection:
        mine = (Assignment.person_id == 1, Assignment.end.is_(None))
        assert connection.scalar(select(func.count()).select_from(Assignment).where(*mine)) == 1


def decide(browser: Browser, proof: str, work: int) -> int:
    data = {"action": "accept", "proof": proof, "work": str(work), "comment": "同意"}
    return browser.client.post(f"{browser.root}/assignments", data=data, base_url=BASE).status_code


def test_a_problem_raised_by_chat_is_in_the_figures_at_once(service: Service) -> None:
    say(service, "王干事: 今天访谈队员3名", "王干事: 反映问题：活动室的投影仪坏了", "王干事: 交调研报告《队员成长》")
    with service.engine.connect() as connection:
        assert list(recount(connection, service.policies, service.calendars.of)) == []


def test_hostile_words_in_the_roster_leave_no_formula_in_a_file(service: Service, app: Flask) -> None:
    with service.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == 4).values(name="=cmd|'/c calc'!A1", title="@SUM(1)"))
        connection.execute(update(Account).where(Account.person_id == 4).values(user="孙管理"))
    browser = opened(service, app.test_client(), "孙管理")
    found = browser.send("data", "export")
    book = load_workbook(io.BytesIO(found.data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("cmd" in str(cell.value) for cell in cells)
    assert not [cell.value for cell in cells if cell.data_type == "f" or str(cell.value).startswith(("=", "+", "@"))]


def test_days_at_the_ends_of_time_break_nothing(service: Service, admin: Browser) -> None:
    """A leave or an entry on the first or last day there is must not stop the figures or the reminders."""
    ends = ("0001-01-01", "9999-12-31")
    for day in ends:
        assert send(admin, "member", "absent", {"id": "1"}, id="1", start=day, end=day).status_code < 500
        assert send(admin, "member", "depart", {"id": "1"}, id="1", day=day).status_code == 422
        assert send(admin, "member", "hand", {"id": "1"}, id="1", taker="2", day=day).status_code == 422
        assert send(admin, "member", "change", {"id": "1"}, id="1", role="cadre", joined=day).status_code < 500
    for path in ("member", "team", "names", "helps", "roster"):
        assert admin.get(path, **({"id": 1} if path == "member" else {})).status_code == 200, path
    his = opened(service, admin.client.application.test_client(), "王干事")
    assert [his.get(path).status_code for path in ("", "progress", "records")] == [200] * 3
    with service.engine.connect() as connection:
        assert len(list(pace.everybody(connection, service, clock.now()))) > 3


@pytest.mark.parametrize("where", ["f", "p"])
def test_a_forged_token_is_no_link(app: Flask, where: str) -> None:
    signer = URLSafeSerializer("another key, as long as a key should be", salt="dundian file")
    for token in (str(signer.dumps(1)), "MQ", "MQ.", "MQ.x", "..", "%2e%2e", "MQ.\x00", "一", "A" * 3000):
        found = app.test_client().post(f"/{where}/{quote(token)}", data={"code": "1"}, base_url=BASE)
        assert found.status_code in (404, 405, 308), token[:20]


def test_a_huge_post_is_refused_before_it_is_read(admin: Browser) -> None:
    sent: Any = {"data": b"x" * 4_000_000, "content_type": "multipart/form-data; boundary=b"}
    found = admin.client.post(f"{admin.root}/import", base_url=BASE, **sent)
    assert (found.status_code, "文件太大" in found.text) == (413, True)
    fields = {"person": [str(number) for number in range(200_000)]}
    assert admin.client.post(f"{admin.root}/codes", data=fields, base_url=BASE).status_code in (403, 413)


def test_a_proof_of_one_link_serves_no_other(service: Service, app: Flask, admin: Browser) -> None:
    other = opened(service, app.test_client(), "孙管理")
    data = {"action": "lead", "days": "2", "proof": proof_of(other)}
    assert admin.client.post(f"{admin.root}/unit", data=data, base_url=BASE).status_code == 403


def test_no_get_writes_but_looks(service: Service, admin: Browser) -> None:
    """Every action by its name in an address, as an image on a foreign page would fetch it."""
    before = rows_of(service)
    for path, page in PAGES.items():
        for action in page.actions:
            proof = proof_of(admin)
            admin.get(path, action=action, proof=proof, id="1", unit="2", person="7", school="城关小学", name="新来")
    assert rows_of(service) == before


def rows_of(service: Service) -> list[object]:
    tables = (Person, Account, Assignment, Item)
    with service.engine.connect() as connection:
        return [connection.execute(select(table.__table__).order_by(table.__table__.c.id)).all() for table in tables]
