"""Several processes, and kill -9 under load: what was answered is recorded, and repeats double nothing."""

from __future__ import annotations

import http.client
import itertools
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select

from bot import clock
from bot.channels.official_reading import CHANNEL
from bot.service import open_service
from bot.settings import Settings
from models.people import Account
from models.records import Entry
from tests.people import fill
from tests.processes import serving
from tests.wechat import APP_ID, TOKEN, address, fields_of, plain_query, text_xml

KEY = "k" * 40
WORKERS = 8
ENOUGH = 100
PEOPLE = (1, 2, 3)


def user(person: int) -> str:
    return f"oUser-{person}"


def prepare(url: str) -> None:
    """The small roster, its people joined."""
    service = open_service(Settings(database_url=url, dundian_secret_key=KEY))
    fill(service)
    rows = [{"channel": CHANNEL, "user": user(p), "person_id": p, "failures": 0, "reachable": True} for p in PEOPLE]
    with service.engine.begin() as connection:
        connection.execute(insert(Account), [row | {"joined_at": clock.now()} for row in rows])
    service.engine.dispose()


def settings_for(url: str) -> dict[str, str]:
    return {"DATABASE_URL": url, "DUNDIAN_SECRET_KEY": KEY, "WECHAT_TOKEN": TOKEN, "WECHAT_APP_ID": APP_ID}


def messages(now: datetime) -> Iterator[tuple[int, str]]:
    """Messages that never say the same thing twice: their numbers and bodies."""
    for number in itertools.count(1):
        person, turn = number % len(PEOPLE), number // len(PEOPLE)
        day = now - timedelta(days=turn // 9)
        words = f"{day.month}月{day.day}日访谈{turn % 9 + 1}名队员"
        yield number, text_xml(words, user(PEOPLE[person]), number, now)


class Platform:
    """Sends messages by several connections at once and keeps what was answered."""

    def __init__(self, now: datetime) -> None:
        self.sent: dict[int, str] = {}
        self.answered: dict[int, str] = {}
        self.faults: list[str] = []
        self._source = messages(now)
        self._lock = threading.Lock()

    def load(self, port: int, done: threading.Event) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while not done.is_set():
            with self._lock:
                number, body = next(self._source)
                self.sent[number] = body
            try:
                self.answered[number] = post(connection, body)
            except (OSError, http.client.HTTPException, AssertionError) as fault:
                self.faults.append(repr(fault))
                break
        connection.close()

    def repeat(self, port: int) -> dict[int, str]:
        """Send everything once more, as the platform would; gives the answers."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        answers = {number: post(connection, body) for number, body in self.sent.items()}
        connection.close()
        return answers


def post(connection: http.client.HTTPConnection, body: str) -> str:
    connection.request("POST", address(plain_query(clock.now())), body.encode())
    response = connection.getresponse()
    content = response.read().decode()
    assert response.status == 200, content
    return fields_of(content)["Content"]


def recorded(url: str) -> list[int]:
    """How many records each message has that has any."""
    service = open_service(Settings(database_url=url, dundian_secret_key=KEY))
    with service.engine.connect() as connection:
        counts = list(connection.scalars(select(func.count()).select_from(Entry).group_by(Entry.message_id)))
    service.engine.dispose()
    return counts


def test_no_answered_record_is_lost_and_none_doubled(database_url: str) -> None:
    prepare(database_url)
    settings = settings_for(database_url)
    platform, done = Platform(clock.now()), threading.Event()
    with serving("web", **settings) as (process, port):
        threads = [threading.Thread(target=platform.load, args=(port, done)) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        while len(platform.answered) < ENOUGH and any(thread.is_alive() for thread in threads):
            time.sleep(0.01)
        process.kill()
        done.set()
        for thread in threads:
            thread.join()
    assert len(platform.answered) >= ENOUGH, platform.faults
    assert len(recorded(database_url)) >= len(platform.answered)
    with serving("web", **settings) as (_, port):
        answers = platform.repeat(port)
    assert {number: answers[number] for number in platform.answered} == platform.answered
    assert recorded(database_url) == [1] * len(platform.sent)


def test_six_deliveries_to_two_processes_are_one_record(database_url: str) -> None:
    prepare(database_url)
    settings, body, replies = (
        settings_for(database_url),
        text_xml("今天访谈3名队员", user(1), 7, clock.now()),
        list[str](),
    )

    def deliver(port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        replies.append(post(connection, body))
        connection.close()

    with serving("web", **settings) as (_, first), serving("web", **settings) as (_, second):
        threads = [threading.Thread(target=deliver, args=(port,)) for port in (first, second) * 3]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(replies) == 6
    assert len(set(replies)) == 1
    assert "访谈队员3名" in replies[0]
    assert recorded(database_url) == [1]
