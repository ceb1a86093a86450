"""Logs hold no secrets and no telephone numbers, whoever wrote them."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import requests
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bot.scrub import Scrubber, log_to, secrets_of
from bot.settings import Settings

SETTINGS = Settings(
    database_url="postgresql://dundian:p%40ss-word@db.example/dundian",
    dundian_secret_key="k" * 40,
    wechat_token="hook-token",
    wechat_app_secret="app-secret/+=",
    wechat_encoding_aes_key="A" * 43,
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What reaches the handler that `log_to` set up."""
    root, kept = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    log_to(logging.StreamHandler(kept), SETTINGS)
    yield kept
    root.handlers, root.level = handlers, level


@pytest.mark.parametrize(
    "secret", ["hook-token", "app-secret/+=", "app-secret%2F%2B%3D", "k" * 40, "A" * 43, "p%40ss-word"]
)
def test_configured_secret_is_hidden(log: io.StringIO, secret: str) -> None:
    logging.getLogger("any").warning("failed with %s in it", secret)
    assert secret not in log.getvalue()
    assert "failed with *** in it" in log.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "GET /cgi-bin/token?appid=wx1&secret=VALUE&x=1",
        "/message/custom/send?access_token=VALUE",
        "{'secret': 'VALUE', 'appid': 'wx1'}",
        '{"access_token": "VALUE"}',
        "postgresql://dundian:VALUE@db/x",
        "password=VALUE",
        "signature=VALUE&timestamp=1",
    ],
)
def test_secret_is_hidden_by_its_name(log: io.StringIO, line: str) -> None:
    logging.getLogger("any").warning("%s", line.replace("VALUE", "fresh-one"))
    assert "fresh-one" not in log.getvalue()


def test_traceback_is_scrubbed(log: io.StringIO) -> None:
    try:
        raise requests.ConnectionError("Max retries: /token?secret=app-secret/+=&grant=1 for 13812345678")
    except requests.ConnectionError:
        logging.getLogger("any").exception("sending failed")
    assert "ConnectionError" in log.getvalue()
    assert "app-secret" not in log.getvalue()
    assert "13812345678" not in log.getvalue()


@pytest.mark.parametrize("number", ["13812345678", "14010219800101123X", "140102198001011234"])
def test_personal_numbers_are_hidden(number: str) -> None:
    assert number not in Scrubber().scrub(f"电话{number}。")


def test_ordinary_lines_stay_as_they_are() -> None:
    line = "3 reminders sent, 1 held, message 23456789012345678901 at 1795167000"
    assert Scrubber(secrets_of(SETTINGS)).scrub(line) == line


def test_fault_of_the_database_does_not_quote_what_was_stored(database: Engine) -> None:
    with pytest.raises(DBAPIError) as fault, database.begin() as connection:
        connection.execute(text("insert into nowhere values (:words)"), {"words": "张小明"})
    assert "张小明" not in str(fault.value)
