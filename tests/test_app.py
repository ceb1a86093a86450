"""The web side: the platform's door over HTTP, health, headers, and pages that show no insides."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import EnvironBuilder

from bot import clock
from bot.app import create_app
from bot.channels.base import Incoming
from bot.service import Service, open_service
from bot.settings import Settings
from tests.wechat import AES_KEY, APP_ID, TOKEN, address, fields_of, plain_query, sealed, text_xml, unsealed

SETTINGS = Settings(dundian_secret_key="k" * 40, wechat_token=TOKEN, wechat_app_id=APP_ID)

VIEWED = text_xml("").replace("[text]", "[event]").replace("<Content></Content>", "<Event>VIEW</Event>")


def echo(_service: Service, incoming: Incoming, _now: datetime) -> str | None:
    """A conversation that says what it was told."""
    return {"text": f"你说:{incoming.text}", "other": None}.get(incoming.kind, incoming.kind)


@pytest.fixture
def open_client(sqlite_url: str) -> Iterator[Callable[..., FlaskClient]]:
    """Makes a client of an application with some settings changed."""
    services: list[Service] = []

    def make(answer: Callable[[Service, Incoming, datetime], str | None] = echo, **changes: object) -> FlaskClient:
        services.append(open_service(replace(SETTINGS, **{"database_url": sqlite_url, **changes})))  # type: ignore[arg-type]
        return create_app(services[-1], answer).test_client()

    yield make
    for service in services:
        service.engine.dispose()


@pytest.fixture
def client(open_client: Callable[..., FlaskClient]) -> FlaskClient:
    """A client of an application in plain mode."""
    return open_client()


def test_address_check_gives_the_echo_back(client: FlaskClient) -> None:
    answer = client.get(address(plain_query(clock.now(), echostr="4375120948345356249")))
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "4375120948345356249", "text/plain")


def test_address_check_with_a_wrong_signature_gives_nothing_back(client: FlaskClient) -> None:
    answer = client.get(address(plain_query(clock.now(), echostr="<script>", signature="0" * 40)))
    assert answer.status_code == 403
    assert "script" not in answer.text


def test_plain_message_is_answered(client: FlaskClient) -> None:
    answer = client.post(address(plain_query(clock.now())), data=text_xml("今天访谈3名队员"))
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    assert fields_of(answer.text)["Content"] == "你说:今天访谈3名队员"


def test_sealed_message_is_answered_sealed(open_client: Callable[..., FlaskClient]) -> None:
    query, body = sealed(text_xml("今天访谈3名队员"), clock.now())
    answer = open_client(wechat_encoding_aes_key=AES_KEY).post(address(query), data=body)
    assert unsealed(answer.text)["Content"] == "你说:今天访谈3名队员"


def test_nothing_to_say_is_success(client: FlaskClient) -> None:
    answer = client.post(address(plain_query(clock.now())), data=VIEWED)
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "success", "text/plain")


@pytest.mark.parametrize(
    ("body", "status"), [(b"", 400), (b"<xml>", 400), (b"\xff\xfe", 400), (b"a" * 70_000, 413), (b"{}", 400)]
)
def test_refusal_shows_no_insides(client: FlaskClient, body: bytes, status: int) -> None:
    answer = client.post(address(plain_query(clock.now())), data=body)
    assert answer.status_code == status
    assert len(answer.text) < 60
    assert "Traceback" not in answer.text


def test_long_body_of_unknown_length_is_refused(client: FlaskClient) -> None:
    environ = EnvironBuilder(address(plain_query(clock.now())), method="POST", data=b"a" * 70_000).get_environ()
    del environ["CONTENT_LENGTH"]
    assert client.open(environ | {"wsgi.input_terminated": True}).status_code == 413


def test_door_is_shut_where_no_account_is_configured(open_client: Callable[..., FlaskClient]) -> None:
    bare = open_client(wechat_token="")
    assert bare.post(address(plain_query(clock.now())), data=text_xml("好")).status_code == 404


def test_failure_is_logged_without_words_or_numbers_and_shown_as_one_line(
    open_client: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_service: Service, _incoming: Incoming, _now: datetime) -> str | None:
        raise RuntimeError(_incoming.text)

    answer = open_client(broken).post(address(plain_query(clock.now())), data=text_xml("访谈了张小明"))
    assert (answer.status_code, answer.text) == (500, "500 Internal Server Error\n")
    assert "RuntimeError" in caplog.text and "test_app.py" in caplog.text
    assert "张小明" not in caplog.text


def test_refusal_is_logged_without_the_message(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.post(address(plain_query(clock.now())), data="<xml><MsgType>张小明</MsgType></xml>".encode())
    assert "not a message" in caplog.text
    assert "张小明" not in caplog.text


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/wechat/official"])
def test_every_answer_is_hardened(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "line"), [("/nowhere", "404 Not Found\n"), ("/wechat/official", "403 Forbidden\n")])
def test_error_is_one_plain_line(client: FlaskClient, path: str, line: str) -> None:
    answer = client.get(path)
    assert (answer.text, answer.mimetype) == (line, "text/plain")


def test_wrong_method_is_one_plain_line(client: FlaskClient) -> None:
    assert client.delete("/wechat/official").text == "405 Method Not Allowed\n"


def test_health_is_ok_on_a_migrated_database(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_health_names_an_old_schema(open_client: Callable[..., FlaskClient], sqlite_url: str) -> None:
    client = open_client()
    service = open_service(replace(SETTINGS, database_url=sqlite_url))
    with service.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = 'former'"))
    service.engine.dispose()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "migrate" in answer.text


def test_health_names_a_database_that_does_not_answer(open_client: Callable[..., FlaskClient], tmp_path: Path) -> None:
    socket = f"postgresql://dundian:password-of-it@/dundian?host={tmp_path}"
    answer = open_client(database_url=socket).get("/healthz")
    assert (answer.status_code, answer.text) == (503, "the database does not answer\n")


def test_chat_page_is_not_there_outside_the_demonstration(client: FlaskClient) -> None:
    assert client.get("/").status_code == 404


def test_chat_page_is_for_this_machine_alone(open_client: Callable[..., FlaskClient]) -> None:
    client = open_client(dundian_demo=True)
    assert client.get("/").status_code == 200
    assert client.get("/", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403
    assert client.get("/", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 403
