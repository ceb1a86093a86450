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
from sqlalchemy import select, update
from sqlalchemy import text as sql
from werkzeug.test import TestResponse

from bot import clock
from bot.replay import Player
from bot.service import Service
from models.audit import Look
from models.people import Assignment

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


def rows(service: Service, *columns: Any) -> list[Any]:
    """Columns as they stand in the database, in order of the first."""
    with service.engine.connect() as connection:
        return list(connection.execute(select(*columns).order_by(sql("1"))))


def own_schools(service: Service) -> list[tuple[int, int]]:
    """Who has which own school now."""
    found = rows(service, Assignment.person_id, Assignment.school_id, Assignment.end)
    return [(row.person_id, row.school_id) for row in found if row.end is None]


def change(service: Service, table: Any, number: int, **values: Any) -> None:
    """Change a row by hand."""
    with service.engine.begin() as connection:
        connection.execute(update(table).where(table.id == number).values(**values))


def said(browser: Browser, answered: Any) -> str:
    """What the page says after a form was sent."""
    path = answered.headers["Location"].removeprefix(browser.root + "/") if answered.status_code == 303 else ""
    page = browser.client.get(f"{browser.root}/{path}", base_url=BASE) if path else answered
    found = re.search(r'<p class="(?:said|fault)" role="\w+">(.*?)</p>', page.text)
    return found[1] if found else page.text
