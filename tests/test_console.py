"""The demonstration: its roster and past, and the chat page, which speaks for anybody and so for this machine alone."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select

from bot import clock
from bot.app import create_app
from bot.channels.base import Incoming, Outgoing
from bot.channels.console import CHANNEL, Console
from bot.conversation import answer
from bot.demo import STRANGER_CODE, past, seed_demo
from bot.service import Service, open_service
from bot.settings import Settings
from bot.web.assets import FOLDER
from bot.web.console import SPEAKERS
from models.outbox import OutboxMessage
from models.people import Account, Assignment, JoinCode, Person
from models.records import Entry, Message
from tests.rosters import NOW

DATES = ["2026-11-20T17:00+08:00", "2026-09-03T08:00+08:00", "2027-01-20T09:00+08:00", "2027-07-25T09:00+08:00"]


@pytest.fixture
def empty(sqlite_url: str) -> Iterator[Service]:
    service = open_service(Settings(database_url=sqlite_url, dundian_demo=True))
    yield service
    service.engine.dispose()


@pytest.fixture
def demo(empty: Service) -> Service:
    seed_demo(empty)
    return empty


@pytest.fixture
def client(demo: Service) -> FlaskClient:
    return create_app(demo, answer).test_client()


def count(service: Service, what: type) -> int:
    with service.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(what)) or 0


def page_key(client: FlaskClient, who: str = "王干事") -> str:
    found = re.search(r'data-key="([0-9a-f]{32})"', client.get("/", query_string={"who": who}).text)
    assert found
    return found[1]


def say(client: FlaskClient, words: str, who: str = "王干事", key: str = "", **more: str) -> str:
    form = {"who": who, "key": key or page_key(client, who), "words": words} | more
    return client.post("/say", data=form, headers={"X-Fragment": "1"}).text


def bubbles(html: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r'<div class="said">(.*?)</div>', html, re.S)]


def test_the_demonstration_has_people_of_every_kind(demo: Service) -> None:
    with demo.engine.connect() as connection:
        roles = {name: set(said.split()) for name, said in connection.execute(select(Person.name, Person.roles))}
        joined = set(connection.execute(select(Account.user).where(Account.person_id.is_not(None))).scalars())
    assert {role for held in roles.values() for role in held} == {"cadre", "unit_admin", "approver", "supervisor"}
    assert [SPEAKERS[name].caption for name in ("王干事", "陈干事")] == ["干部，刚开始", "干部，还差一些"]
    assert set(SPEAKERS) - {"陌生人"} <= joined
    assert roles.keys() - joined == {"周新"}


def test_the_demonstrations_past_was_understood(demo: Service) -> None:
    said = past(demo, clock.now())
    with demo.engine.connect() as connection:
        days = connection.execute(select(Entry.start).where(Entry.activity == "on_site", Entry.away.is_(False))).all()
    assert len(days) == sum("驻校" in one.text for one in said) >= 20


def test_the_demonstration_starts_on_either_database(database_url: str) -> None:
    service = open_service(Settings(database_url=database_url, dundian_demo=True))
    seed_demo(service, NOW)
    seed_demo(service, NOW)
    assert count(service, Message) == len(past(service, NOW))
    service.engine.dispose()


def test_seeding_again_changes_nothing(demo: Service) -> None:
    before = [count(demo, what) for what in (Person, Account, JoinCode, Assignment, Message, Entry)]
    seed_demo(demo, clock.now() + timedelta(days=20))
    assert [count(demo, what) for what in (Person, Account, JoinCode, Assignment, Message, Entry)] == before


def test_a_first_start_cut_off_goes_on(empty: Service) -> None:
    said = past(empty, NOW)
    told: list[Incoming] = []

    def cut_off(service: Service, incoming: Incoming, now: datetime) -> str | None:
        if len(told) == 3:
            raise KeyboardInterrupt
        told.append(incoming)
        return answer(service, incoming, now)

    with pytest.raises(KeyboardInterrupt):
        seed_demo(empty, NOW, cut_off)
    assert count(empty, Message) == 3
    seed_demo(empty, NOW + timedelta(days=3))
    assert count(empty, Message) == len(said)


@pytest.mark.parametrize("moment", DATES)
def test_the_past_lies_on_school_days_before_now(empty: Service, moment: str) -> None:
    now = datetime.fromisoformat(moment).astimezone(clock.CHINA)
    calendar = empty.calendars.of()
    taught = set(calendar.taught(calendar.key_on(now.date())))
    said = past(empty, now)
    assert all(line.at.date() in taught and line.at < now for line in said)
    assert [line.at for line in said] == sorted(line.at for line in said)


def test_a_message_gets_its_bubble_at_once(client: FlaskClient, demo: Service) -> None:
    html = say(client, "今天到实验小学驻校1天，访谈队员3名、辅导员2名")
    mine, reply = bubbles(html)[-2:]
    assert mine == "今天到实验小学驻校1天，访谈队员3名、辅导员2名"
    assert "已记" in reply
    assert "3" in reply
    assert bubbles(client.get("/").text)[-2:] == [mine, reply]


def test_without_a_script_the_form_leads_back_to_the_page(client: FlaskClient) -> None:
    form = {"who": "孙督导", "key": page_key(client, "孙督导"), "words": "帮助"}
    answered = client.post("/say", data=form)
    assert answered.status_code == 303
    assert "帮助" in bubbles(client.get(answered.headers["Location"]).text)


def test_posting_one_form_twice_is_one_message(client: FlaskClient, demo: Service) -> None:
    before = count(demo, Message)
    key = page_key(client)
    first = bubbles(say(client, "今天访谈3名队员", key=key))
    assert bubbles(say(client, "今天访谈3名队员", key=key)) == first
    assert count(demo, Message) == before + 1


def test_menu_and_examples_speak(client: FlaskClient) -> None:
    assert bubbles(say(client, "", menu="帮助"))[-2] == "帮助"
    example = SPEAKERS["王干事"].examples[0]
    assert bubbles(say(client, "", example=example))[-2] == example
    assert bubbles(say(client, "说了别的", menu="不是菜单"))[-2] == "说了别的"


def test_nothing_said_is_nothing_sent(client: FlaskClient, demo: Service) -> None:
    before = count(demo, Message)
    say(client, "   ")
    assert count(demo, Message) == before


def test_a_stranger_joins_by_the_code_shown(client: FlaskClient) -> None:
    assert any(STRANGER_CODE in example for example in SPEAKERS["陌生人"].examples)
    assert "绑定" in bubbles(say(client, "今天访谈3名队员", who="陌生人"))[-1]
    assert "周新" in bubbles(say(client, f"绑定 {STRANGER_CODE}", who="陌生人"))[-1]


def test_what_is_pushed_appears(client: FlaskClient, demo: Service) -> None:
    state = re.search(r'data-state="([^"]+)"', client.get("/").text)
    assert state
    assert client.get("/talk", query_string={"who": "王干事", "state": state[1]}).status_code == 204
    with demo.engine.begin() as connection:
        person = connection.scalar(select(Person.id).where(Person.name == "王干事"))
        row = {"person_id": person, "key": "k", "kind": "pace", "due": NOW, "channel": CHANNEL, "user": "王干事"}
        row |= {"text": "还差2天<b>", "made_at": NOW, "done_at": clock.now(), "data": {}}
        connection.execute(insert(OutboxMessage).values(row | {"state": "sent"}))
        connection.execute(insert(OutboxMessage).values(row | {"key": "l", "state": "scheduled", "text": "以后的"}))
    news = client.get("/talk", query_string={"who": "王干事", "state": state[1]})
    assert news.status_code == 200
    assert bubbles(news.text)[-1] == "主动提醒还差2天&lt;b&gt;"
    assert "以后的" not in news.text


def test_words_are_shown_as_text(client: FlaskClient) -> None:
    html = say(client, "<script>alert(1)</script>")
    assert "<script>alert" not in html


def test_masked_words_come_back_masked(client: FlaskClient) -> None:
    html = say(client, "访谈了队员张小明，电话13812345678")
    assert "张小明" not in html
    assert "13812345678" not in html


def test_the_channel_has_sent_when_the_outbox_has_stored() -> None:
    assert Console().send(Outgoing(1, "王干事", "还差2天")).way == CHANNEL


FOREIGN = {
    "another host": {"headers": {"Host": "evil.example"}},
    "a host that only begins so": {"headers": {"Host": "localhost.evil.example"}},
    "another machine": {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
    "through a proxy": {"headers": {"X-Forwarded-For": "127.0.0.1"}},
    "another page": {"headers": {"Origin": "http://evil.example"}},
    "an unnamed page": {"headers": {"Origin": "null"}},
}


@pytest.mark.parametrize("how", FOREIGN.values(), ids=FOREIGN.keys())
def test_only_this_machine_may_speak(client: FlaskClient, demo: Service, how: dict[str, dict[str, str]]) -> None:
    key = page_key(client)
    before = count(demo, Message)
    form = {"who": "王干事", "key": key, "words": "今天访谈3名队员"}
    assert client.post("/say", data=form, **how).status_code == 403  # type: ignore[arg-type]
    assert count(demo, Message) == before


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_this_machine_is_let_in_by_its_names(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_key_that_is_not_the_pages_is_refused(client: FlaskClient) -> None:
    form = {"who": "王干事", "key": "x", "words": "今天访谈3名队员"}
    assert client.post("/say", data=form).status_code == 400


def test_an_unknown_speaker_is_not_found(client: FlaskClient) -> None:
    assert client.get("/", query_string={"who": "别人"}).status_code == 404


def test_outside_the_demonstration_there_is_no_page(sqlite_url: str) -> None:
    service = open_service(Settings(database_url=sqlite_url, dundian_secret_key="k" * 40))
    client = create_app(service, answer).test_client()
    assert [client.get("/").status_code, client.post("/say").status_code] == [404, 404]
    service.engine.dispose()


def test_the_page_runs_nothing_inline_and_nothing_foreign(client: FlaskClient) -> None:
    answered = client.get("/")
    policy = answered.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=|https?://", answered.text)


def test_a_browser_names_the_page_that_posts(client: FlaskClient) -> None:
    # With no-referrer, Chromium posts the form with `Origin: null`, and without a script nothing would be sent.
    assert client.get("/").headers["Referrer-Policy"] == "same-origin"


def test_files_go_out_packed_and_stay_cached(client: FlaskClient) -> None:
    address = re.search(r'href="(/static/weui\.min\.css\?v=[0-9a-f]+)"', client.get("/").text)
    assert address
    packed = client.get(address[1], headers={"Accept-Encoding": "gzip"})
    plain = client.get(address[1])
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == (FOLDER / "weui.min.css").read_bytes()
    assert len(packed.data) < 30_000
    assert "immutable" in packed.headers["Cache-Control"]
    assert packed.headers["Vary"] == "Accept-Encoding"
    again = client.get(address[1], headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["weui.LICENSE.txt", "..%2fconsole.py", "nothing.css"])
def test_other_files_do_not_go_out(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_first_visit_transfers_little(client: FlaskClient) -> None:
    page = client.get("/")
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    sizes = [len(client.get(name, headers={"Accept-Encoding": "gzip"}).data) for name in names]
    assert len(names) == 4
    assert len(page.data) + sum(sizes) < 60_000


def test_the_licence_of_what_is_shipped_lies_beside_it() -> None:
    assert "MIT License" in (FOLDER / "weui.LICENSE.txt").read_text("utf-8")
    assert not list(Path(FOLDER).glob("*.map"))
