"""The pages that leaders and cadres open, over the same province: fetched through the web application."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.scale_seed import NOW, Size
from bot import clock
from bot.app import create_app
from bot.conversation import answer
from bot.service import Service
from bot.web.registry import menu

BASE = "https://dundian.example"
ASKED = "打开网页"
LINK = re.compile(rf"取件码(\d{{6}})：\n{BASE}(/p/[^/\s]+)")
LEADER, CADRE = frozenset({"supervisor", "unit_admin"}), frozenset({"cadre"})


@dataclass(frozen=True)
class Browser:
    """Somebody's browser behind the code."""

    client: FlaskClient
    root: str

    def get(self, page: str, _time: int = 0) -> None:
        """Fetch one page."""
        shown = self.client.get(f"{self.root}/{page}", base_url=BASE)
        if shown.status_code != 200:
            raise RuntimeError(f"{page}: {shown.status_code}")


def application(service: Service) -> Flask:
    """The web application, at the moment for which the province was made."""
    clock.now = lambda: clock.local(NOW)
    return create_app(service, answer)


def opened(app: Flask, reply: str) -> Browser:
    """A browser that has given the code of a reply."""
    found = LINK.search(reply)
    if not found:
        raise RuntimeError(reply)
    client = app.test_client()
    client.post(f"{found[2]}/", data={"code": found[1]}, base_url=BASE)
    return Browser(client, found[2])


def visitors(of: Size) -> Iterator[tuple[str, int, list[str]]]:
    """Who looks, the number of the account, and which pages."""
    county = 2 + of.prefectures
    for who, unit in (("whole", 1), ("prefecture", 2), ("county", county)):
        names = [f"names?unit={unit}"] if who == "county" else []  # elsewhere there are too many to name
        yield who, of.people + unit, [*_menu(LEADER), *names]
    yield "cadre", 20 + 15 * of.prefectures + of.counties, _menu(CADRE)


def _menu(roles: frozenset[str]) -> list[str]:
    return [page.path for pages in menu(roles).values() for page in pages]
