"""A service on the small roster with everybody joined, where most tests of conversations, files and pages begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.replay import Player, join_everybody
from bot.service import Service, open_service
from bot.settings import Settings
from tests.people import fill

Say = Callable[..., list[str]]


@contextmanager
def staffed(database_url: str, address: str = "") -> Iterator[Service]:
    """A service on a migrated, empty database; without an address it gives no links."""
    service = open_service(Settings(database_url=database_url, dundian_demo=True, dundian_base_url=address))
    try:
        fill(service)
        join_everybody(service)
        yield service
    finally:
        service.engine.dispose()


def conversation(service: Service) -> Say:
    """Says lines one after another in one conversation; gives what was said and answered."""
    shown: list[str] = []
    player = Player(service, shown.append)
    player.play(["now 2026-11-20 17:30"])

    def say(*lines: str) -> list[str]:
        before = len(shown)
        player.play(list(lines))
        return shown[before:]

    return say
