"""进度图 in 公众号: the picture itself where the platform takes it in time, the link where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot import clock
from bot.app import create_app
from bot.channels.official_media import GOOD, Pictures
from bot.channels.official_sending import Client, TokensInMemory
from bot.conversation import answer
from bot.service import Service, open_service
from bot.settings import Settings
from models.items import ItemEvent
from models.outbox import Token
from models.people import Account
from models.retention import drop_files
from tests.people import fill
from tests.platform import MEDIA, Double, running
from tests.wechat import APP_ID, TOKEN, address, fields_of, plain_query, text_xml
from tests.wechat_server import Asked, Platform

SECRET = "s3cret-of-the-account"
BASE = "https://dundian.example"


@dataclass
class Follower:
    """A follower at a service, before the platform's double."""

    service: Service
    double: Double
    platform: Platform

    def says(self, words: str, number: int | None = None) -> dict[str, str]:
        """What the platform is answered to a message."""
        now = clock.now()
        body = text_xml(words, "oWang-1", number, now)
        client = create_app(self.service, answer).test_client()
        return fields_of(client.post(address(plain_query(now)), data=body.encode()).text)


@pytest.fixture
def follower(database_url: str) -> Iterator[Callable[..., Follower]]:
    """Opens an account whose follower is 王干事."""
    opened: list[Service] = []
    double = Double(clock.now)
    with running(double) as platform:

        def make(fault: Callable[[Asked], str | None] = lambda asked: None, secret: str = SECRET) -> Follower:
            double.fault = fault
            account = {"wechat_token": TOKEN, "wechat_app_id": APP_ID, "wechat_app_secret": secret}
            service = open_service(
                Settings(
                    database_url=database_url,
                    dundian_secret_key="k" * 40,
                    dundian_base_url=BASE,
                    wechat_api_base_url=platform.url,
                    **account,
                )
            )
            fill(service)
            with service.engine.begin() as connection:
                row = {
                    "channel": "official",
                    "user": "oWang-1",
                    "person_id": 1,
                    "joined_at": clock.now() - timedelta(days=1),
                }
                connection.execute(Account.__table__.insert().values(**row, failures=0, reachable=True))
            opened.append(service)
            return Follower(service, double, platform)

        yield make
    for service in opened:
        service.engine.dispose()


def media(number: str) -> Callable[[Asked], str | None]:
    """A platform whose media interface has a fault."""
    return lambda asked: number if asked.path == MEDIA else None


def test_the_reply_is_the_picture(follower: Callable[..., Follower]) -> None:
    account = follower()
    reply = account.says("进度图")
    assert (reply["MsgType"], reply["Image"]["MediaId"]) == ("image", "media-1")  # type: ignore[index]
    assert account.double.uploads[0].startswith(b"\x89PNG")
    with account.service.engine.connect() as connection:
        assert "taken" in set(connection.execute(select(ItemEvent.kind)).scalars())


def test_the_same_picture_is_uploaded_once(follower: Callable[..., Follower]) -> None:
    account = follower()
    replies = [account.says("进度图"), account.says("进度图", 77), account.says("进度图", 77)]
    assert [reply["Image"]["MediaId"] for reply in replies] == ["media-1"] * 3  # type: ignore[index]
    assert len(account.platform.calls(MEDIA)) == 1
    account.says("今天访谈3名队员")
    assert account.says("进度图")["Image"]["MediaId"] == "media-2"  # type: ignore[index]


@pytest.mark.parametrize("fault", ["48001", "45009", "-1", "502", "cut", "html", "time-out"])
def test_a_link_where_the_platform_will_not(follower: Callable[..., Follower], fault: str) -> None:
    account = follower(media(fault))
    reply = account.says("进度图")
    assert reply["MsgType"] == "text"
    assert re.search(rf"取件码\d{{6}}：\n{BASE}/f/", reply["Content"])


def test_a_stale_token_is_renewed_once(follower: Callable[..., Follower]) -> None:
    account = follower()
    account.says("进度图")
    account.double.expire_token()
    account.says("今天访谈3名队员")
    assert account.says("进度图")["MsgType"] == "image"


def test_without_a_secret_it_is_the_link(follower: Callable[..., Follower]) -> None:
    account = follower(secret="")
    assert account.says("进度图")["MsgType"] == "text"
    assert not account.platform.asked


def test_other_replies_ask_the_platform_nothing(follower: Callable[..., Follower]) -> None:
    account = follower()
    assert account.says("我的进度")["MsgType"] == "text"
    assert not account.platform.asked


def test_a_number_serves_as_long_as_the_platform_keeps_it() -> None:
    moment = [datetime(2026, 11, 20, 9, 0, tzinfo=clock.CHINA)]
    double = Double(lambda: moment[0])
    with running(double) as platform:
        kept = TokensInMemory()
        client = Client(APP_ID, SECRET, platform.url, kept, lambda: moment[0])
        pictures = Pictures(client, kept, lambda: moment[0])
        first = pictures.number_of(b"\x89PNG 1")
        moment[0] += GOOD - timedelta(minutes=1)
        assert pictures.number_of(b"\x89PNG 1") == first == "media-1"
        moment[0] += timedelta(minutes=2)
        assert pictures.number_of(b"\x89PNG 1") == "media-2"


def test_a_refusing_interface_rests_before_it_is_asked_again() -> None:
    moment = [datetime(2026, 11, 20, 9, 0, tzinfo=clock.CHINA)]
    double = Double(lambda: moment[0], fault=media("48001"))
    with running(double) as platform:
        kept = TokensInMemory()
        pictures = Pictures(Client(APP_ID, SECRET, platform.url, kept, lambda: moment[0]), kept, lambda: moment[0])
        for _ in range(3):
            assert pictures.number_of(b"\x89PNG 1") is None
        assert len(platform.calls(MEDIA)) == 1
        moment[0] += timedelta(hours=2)
        double.fault = lambda asked: None
        assert pictures.number_of(b"\x89PNG 1") == "media-1"


def test_a_slow_upload_serves_whoever_asks_again() -> None:
    now = clock.now
    double = Double(now, fault=media("time-out+"))
    with running(double) as platform:
        kept = TokensInMemory()
        pictures = Pictures(Client(APP_ID, SECRET, platform.url, kept, now), kept, now, patience=0.05)
        assert pictures.number_of(b"\x89PNG 1") is None
        assert len(double.uploads) <= 1


def test_numbers_that_ended_are_dropped(follower: Callable[..., Follower]) -> None:
    account = follower()
    account.says("进度图")
    with account.service.engine.begin() as connection:
        connection.execute(update(Token).where(Token.name.startswith("media:")).values(expires=clock.now()))
        drop_files(connection, clock.now() + timedelta(days=4))
        assert not connection.execute(select(Token.name).where(Token.name.startswith("media:"))).all()
