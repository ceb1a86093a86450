"""A member's own pages: the chat's numbers, records changed as the chat changes them, and what is held."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from bot import clock
from bot.service import Service
from handlers.looks import LOOKS
from models.audit import Look, look
from models.people import Account
from models.records import Entry, EntryChange, Message
from tests.browsing import BASE, Browser, opened, say

pytestmark = pytest.mark.pages
ROOT = Path(__file__).parent.parent


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def rows(service: Service) -> list[tuple[object, ...]]:
    with service.engine.connect() as connection:
        found = connection.execute(select(Entry.activity, Entry.audience, Entry.count, Entry.state).order_by(Entry.id))
        return [tuple(row) for row in found]


def fields(page: str) -> dict[str, str]:
    """What the form of a page holds, as a browser would send it."""
    found = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    chosen = re.search(r'<select[^>]* name="(\w+)".*?<option value="(\w+)" selected', page, re.S)
    return found | ({chosen[1]: chosen[2]} if chosen else {})


def record_of(browser: Browser, number: int = 1) -> dict[str, str]:
    held = fields(browser.get("record", id=number).text)
    return {name: value for name, value in held.items() if name not in ("proof", "sure")}


def test_progress_has_the_chats_numbers(service: Service, client: FlaskClient) -> None:
    said = say(service, "王干事: 今天到城关小学驻校1天，访谈队员3名、辅导员2名", "王干事: 进度")
    lines = re.findall(r"(?:本学期|今年|本学年|本月|本半年) (\S+?)，", said)
    page = opened(service, client, "王干事").get("progress").text
    assert lines
    assert all(line in page for line in lines)


def test_progress_says_where_nobody_has_goals(service: Service, client: FlaskClient) -> None:
    assert "没有定额" in opened(service, client, "钱兼职").get("progress").text


def test_a_figure_leads_to_its_records(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名、辅导员2名", "王干事: 今天宣讲一场")
    browser = opened(service, client, "王干事")
    rules = re.findall(r"records\?rule=(\w+)", browser.get("progress").text)
    pages = {rule: browser.get("records", rule=rule).text for rule in rules}
    about = next(page for page in pages.values() if "访谈队员3名" in page)
    assert ("访谈辅导员2名" in about, "宣讲1场" in about) == (False, False)


def test_records_are_filtered_and_paged(service: Service, client: FlaskClient) -> None:
    say(service, *[f"王干事: 今天访谈队员{number}名" for number in range(1, 23)], "王干事: 今天宣讲一场")
    browser = opened(service, client, "王干事")
    first, second = browser.get("records").text, browser.get("records", page=2).text
    assert "共23条，第1页，共2页" in first
    assert (first.count('class="card"'), second.count('class="card"')) == (20, 3)
    assert "共1条" in browser.get("records", kind="lecture").text
    assert "没有记录" in browser.get("records", to="2020-01-01").text
    assert browser.get("records", kind="nonsense", page="x" * 50, **{"from": "never"}).status_code == 200


def test_an_undo_is_asked_about_and_done_as_in_chat(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名", "王干事: 今天宣讲一场")
    browser = opened(service, client, "王干事")
    before = rows(service)
    assert "撤销这条？" in browser.get("record", id=1, undo=1).text
    assert rows(service) == before
    done = browser.send("record", "undo", {"id": 1, "undo": 1}, **record_of(browser))
    assert (done.status_code, done.headers["Location"]) == (303, f"{browser.root}/records")
    page = browser.get("records").text
    assert "已撤销" in page
    assert [state for *_, state in rows(service)] == ["withdrawn", "active"]
    assert "队员0/20" in browser.get("progress").text
    assert "队员3" not in say(service, "王干事: 进度")
    assert "访谈队员3名" in browser.get("records", state="withdrawn").text


def test_a_sentence_is_told_once(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名")
    browser = opened(service, client, "王干事")
    browser.send("record", "undo", {"id": 1}, **record_of(browser))
    assert 'role="status"' in browser.get("records").text
    assert 'role="status"' not in browser.get("records").text


def test_an_amendment_is_shown_first_and_kept_with_its_history(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名")
    browser = opened(service, client, "王干事")
    new = record_of(browser) | {"count": "5", "audience": "counselor"}
    preview = browser.send("record", "check", {"id": 1}, **new)
    assert preview.status_code == 200
    assert "确认修改" in preview.text
    assert "<del>3</del> → <ins>5</ins>" in preview.text
    assert rows(service) == [("interview", "pioneer", 3, "active")]
    assert browser.send("record", "amend", {"id": 1}, **new).status_code == 303
    assert "访谈辅导员5名" in browser.get("records").text
    assert rows(service) == [("interview", "counselor", 5, "active")]
    with service.engine.connect() as connection:
        change = connection.execute(select(EntryChange.kind, EntryChange.before, EntryChange.message_id)).one()
    assert (change.kind, change.before["count"], change.message_id) == ("amend", 3.0, None)
    assert "辅导员5/10" in say(service, "王干事: 进度")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"count": "0"}, "大于0"),
        ({"count": "三"}, "大于0"),
        ({"count": "NaN"}, "大于0"),
        ({"start": ""}, "请填开始的日期"),
        ({"start": "2026-11-20", "end": "2026-11-01"}, "在开始之前"),
        ({"start": "2099-01-01", "end": "2099-01-01"}, "还没到"),
        ({"audience": "nobody"}, "请选访谈的是谁"),
        ({"audience": ""}, "请选访谈的是谁"),
        ({"count": "300"}, "没错，照这样记"),
        ({}, "和原来一样"),
        ({"was": "0" * 16}, "刚刚被改过"),
    ],
)
def test_what_cannot_be_stays_in_the_form(
    service: Service, client: FlaskClient, changes: dict[str, str], words: str
) -> None:
    say(service, "王干事: 今天访谈队员3名")
    browser = opened(service, client, "王干事")
    for action in ("check", "amend"):
        answer_ = browser.send("record", action, {"id": 1}, **record_of(browser) | changes)
        assert answer_.status_code == 422
        assert words in re.search(r'role="alert"[^>]*>(.*?)</p>', answer_.text)[1]  # type: ignore[index]
        held = fields(answer_.text)
        assert all(held.get(name) == value for name, value in changes.items() if name in ("count", "start", "end"))
    assert rows(service) == [("interview", "pioneer", 3, "active")]


def test_a_large_number_counts_once_confirmed(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名")
    browser = opened(service, client, "王干事")
    new = record_of(browser) | {"count": "300", "sure": "1"}
    assert fields(browser.send("record", "check", {"id": 1}, **new).text)["sure"] == "1"
    assert browser.send("record", "amend", {"id": 1}, **new).status_code == 303
    assert rows(service) == [("interview", "pioneer", 300, "active")]


def test_what_waited_for_an_answer_is_completed_in_the_form(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈了3名")
    assert rows(service)[0][3] == "pending"
    browser = opened(service, client, "王干事")
    assert "请选访谈的是谁" in browser.get("records").text
    new = record_of(browser) | {"audience": "pioneer"}
    assert browser.send("record", "amend", {"id": 1}, **new).status_code == 303
    assert rows(service) == [("interview", "pioneer", 3, "active")]
    assert "请选访谈的是谁" not in browser.get("records").text


def test_nobody_elses_record_is_shown_or_changed(service: Service, client: FlaskClient) -> None:
    say(service, "李干事: 今天访谈队员7名")
    browser = opened(service, client, "王干事")
    page = browser.get("record", id=1)
    assert (page.status_code, "队员7名" in page.text) == (403, False)
    proof = fields(browser.get("data").text)["proof"]
    for action in ("check", "amend", "undo"):
        data = {"action": action, "proof": proof, "id": "1", "count": "1", "start": "2026-11-20"}
        assert browser.client.post(f"{browser.root}/record?id=1", data=data, base_url=BASE).status_code in (403, 422)
    assert rows(service) == [("interview", "pioneer", 7, "active")]


def test_a_childs_name_in_the_form_is_not_kept(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名")
    browser = opened(service, client, "王干事")
    new = record_of(browser) | {"place": "五年级二班李小红同学家"}
    browser.send("record", "amend", {"id": 1}, **new)
    with service.engine.connect() as connection:
        assert "李小红" not in connection.execute(select(Entry.place)).scalar_one()
        assert "李小红" not in str(connection.execute(select(EntryChange.after)).scalar_one())


def test_what_is_typed_is_shown_as_text(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名")
    browser = opened(service, client, "王干事")
    browser.send("record", "amend", {"id": 1}, **record_of(browser) | {"place": "<b>礼堂</b>"})
    for page in (browser.get("records").text, browser.get("record", id=1).text):
        assert ("<b>" in page, "&lt;b&gt;礼堂" in page) == (False, True)


def test_who_looked_is_shown_with_what_for(service: Service, client: FlaskClient) -> None:
    with service.engine.begin() as connection:
        look(connection, 5, [1], "person_progress", clock.now())
        look(connection, 4, [2], "nudge", clock.now())
    page = opened(service, client, "王干事").get("viewers").text
    assert ("周督导" in page, "查进度" in page, "孙管理" in page) == (True, True, False)
    with service.engine.connect() as connection:
        assert len(connection.execute(select(Look.id)).all()) == 2


def test_own_data_come_as_a_workbook(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名", "李干事: 今天访谈队员7名")
    browser = opened(service, client, "王干事")
    book = load_workbook(io.BytesIO(browser.send("data", "export").data))
    cells = {cell.value for sheet in book for row in sheet for cell in row}
    assert book.sheetnames == ["名册资料", "工作记录", "说过的话", "谁看过我"]
    assert {"王干事", "访谈", "队员", 3, "今天访谈队员3名"} <= cells
    assert 7 not in cells


def test_words_go_and_records_stay_with_the_reason(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名", "李干事: 今天宣讲一场")
    browser = opened(service, client, "王干事")
    assert "依法在保存期内保留" in browser.get("data", step="erase").text
    assert browser.send("data", "erase", {"step": "erase"}).status_code == 303
    with service.engine.connect() as connection:
        kept = connection.execute(select(Message.text).where(Message.person_id == 1)).scalars()
        others = connection.execute(select(Message.text).where(Message.person_id == 2)).scalar_one()
        assert (set(kept), others) == ({""}, "今天宣讲一场")
    assert rows(service)[0] == ("interview", "pioneer", 3, "active")


def test_unbinding_ends_the_link_at_once(service: Service, client: FlaskClient) -> None:
    browser = opened(service, client, "王干事")
    assert "已解除绑定" in browser.send("data", "leave", {"step": "leave"}).text
    assert browser.get("").status_code == 404
    with service.engine.connect() as connection:
        assert connection.execute(select(Account.id).where(Account.person_id == 1)).all() == []


def test_practice_shows_practice_only(service: Service, client: FlaskClient) -> None:
    say(service, "王干事: 今天访谈队员3名", "王干事: 开始演练", "王干事: 今天宣讲一场")
    page = opened(service, client, "王干事").get("records").text
    assert ("宣讲1场" in page, "访谈队员3名" in page, "演练中" in page) == (True, False, True)


KINDS = re.compile(r'\b(?:look|seen|meant)\((?:[^()]|\([^()]*\))*?"(\w+)"(?:, \w+(?:\.\w+)*)?\)', re.S)


def test_every_look_is_named_in_words() -> None:
    """Whoever finds a look at themselves reads what it was for."""
    files = [path for top in ("bot", "handlers", "models") for path in (ROOT / top).rglob("*.py")]
    kinds = {kind for path in files for kind in KINDS.findall(path.read_text("utf-8"))}
    assert {"roster", "nudge", "export", "person_progress"} <= kinds
    assert kinds <= set(LOOKS)
