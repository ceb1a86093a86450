"""The web side for a WSGI server of one's own, as in `gunicorn -w 2 'bot.wsgi:application()'`."""

from __future__ import annotations

import gc

from flask import Flask

from bot import clock
from bot.app import create_app
from bot.commands.opening import service_or_fail
from bot.conversation import answer
from bot.understanding import understand


def application() -> Flask:
    """The application, from the settings."""
    app = create_app(service_or_fail(), answer)
    understand("今天访谈3名队员", clock.now())
    settle()
    return app


def settle() -> None:
    """Tell the collector that what is loaded now stays: reading a message makes many small values that die at once."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
