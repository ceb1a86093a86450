"""A browser for tests without one: opens a link with its code, shows pages, sends their forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from threading import Barrier
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from bot import clock
from bot.replay import Player
from bot.service import Service
from models.audit import Look

BASE = "https://dundian.example"
Clients = Callable[[], FlaskClient]

_messages = count(1)


def link(service: Service, who: str, words: str = "打开网页", at: datetime | None = None) -> tuple[str, str]:
    """Ask in chat; gives the link's path, without a slash at its end, and the code."""
    shown: list[str] = []
    moment = clock.local(at or clock.now())
    Player(service, shown.append, said=next(_messages)).play([f"now {moment:%Y-%m-%d %H:%M}", f"{who}: {words}"])
    found = re.search(rf"取件码(\d{{6}})：\n{BASE}(/[fp]/[^/\s]+)", shown[-1])
    assert found, shown[-1]
    return found[2], found[1]


@dataclass
class Browser:
    """One browser at one link."""

    client: FlaskClient
    root: str

    def give(self, code: str) -> int:
        """Type the code; gives the status."""
        return self.client.post(f"{self.root}/", data={"code": code}, base_url=BASE).status_code

    def get(self, path: str, **query: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(f"{self.root}/{path}", query_string=query, base_url=BASE)

    def send(self, path: str, action: str, query: dict[str, Any] | None = None, **fields: Any) -> TestResponse:
        """Send a form of a page, with the proof that the page holds."""
        proof = re.search(r'name="proof" value="(\w+)"', self.get(path, **query or {}).text)
        data = {"action": action, "proof": proof[1] if proof else "", **fields}
        return self.client.post(f"{self.root}/{path}", query_string=query, data=data, base_url=BASE)

    @property
    def cookie(self) -> str:
        """What the browser was given with the right code."""
        found = self.client.get_cookie("door", domain="dundian.example", path=self.root)
        return found.value if found else ""

    def keep(self, cookie: str) -> None:
        """Plant a cookie."""
        self.client.set_cookie("door", cookie, domain="dundian.example", path=self.root)


def opened(service: Service, client: FlaskClient, who: str) -> Browser:
    """A browser that has given the code of a new link."""
    root, code = link(service, who)
    browser = Browser(client, root)
    assert browser.give(code) == 303
    return browser


def say(service: Service, *lines: str) -> str:
    """Say something in chat, now; gives the last answer."""
    shown: list[str] = []
    now = f"now {clock.local(clock.now()):%Y-%m-%d %H:%M:%S}"
    Player(service, shown.append, said=1000 * next(_messages)).play([now, *lines])
    return shown[-1]


def text(page: TestResponse) -> str:
    """A page's words without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def looks(service: Service, what: str) -> list[tuple[int, int | None]]:
    """Who looked at whom, as it was kept."""
    with service.engine.connect() as connection:
        rows = connection.execute(select(Look.viewer_id, Look.person_id).where(Look.what == what).order_by(Look.id))
        return [(row[0], row[1]) for row in rows]


def at_once(do: Sequence[Callable[[], int]]) -> list[int]:
    """Do things at the same moment, each in a thread of its own."""
    ready = Barrier(len(do))

    def run(one: Callable[[], int]) -> int:
        ready.wait()
        return one()

    with ThreadPoolExecutor(len(do)) as pool:
        return list(pool.map(run, do))
