"""The web side for a WSGI server of one's own, as in `gunicorn -w 2 'bot.wsgi:application()'`."""

from __future__ import annotations

from flask import Flask

from bot.app import create_app
from bot.commands.opening import service_or_fail
from bot.conversation import answer


def application() -> Flask:
    """The application, from the settings."""
    return create_app(service_or_fail(), answer)
