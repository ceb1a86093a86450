"""Serving the web application until a signal says enough."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

import waitress
from flask import Flask

from bot.app import READ_BYTES
from bot.commands.receiving import read_to_the_end
from bot.settings import Settings

THREADS = 16
IDLE_SECONDS = 75


class PortTaken(Exception):
    """The address cannot be listened on."""


def serve_web(app: Flask, settings: Settings, ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or TERM; what is being answered is finished first."""
    sockets: dict[int, object] = {}
    try:
        server = waitress.create_server(
            app,
            map=sockets,
            host=settings.dundian_host,
            port=settings.dundian_port,
            threads=THREADS,
            channel_timeout=IDLE_SECONDS,
            max_request_body_size=READ_BYTES,
            ident=None,
            clear_untrusted_proxy_headers=False,  # the chat page must see that a proxy stands in front
        )
    except OSError as fault:
        where = f"{settings.dundian_host}:{settings.dundian_port}"
        raise PortTaken(f"cannot listen on {where} ({fault.strerror}); another DUNDIAN_PORT may be free") from None
    read_to_the_end(sockets)
    stop_on_signals()
    ready()
    server.run()
    server.close()


def stop_on_signals() -> None:
    """Make TERM end the process as Ctrl-C does, and Ctrl-C also where a shell in the background had it ignored."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
