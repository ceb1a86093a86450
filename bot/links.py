"""The signed addresses of pages: they name a thing, and only this service can have made them."""

from __future__ import annotations

from collections.abc import Callable

from itsdangerous import BadSignature, URLSafeSerializer

from bot.settings import Settings

SALT = "dundian file"


def token_of(settings: Settings, number: int) -> str:
    """The signed name of a link."""
    return str(URLSafeSerializer(settings.secret_key, salt=SALT).dumps(number))


def number_of(settings: Settings, token: str) -> int | None:
    """The link that a name means; none where it was not signed here."""
    try:
        number = URLSafeSerializer(settings.secret_key, salt=SALT).loads(token)
    except BadSignature:
        return None
    return number if isinstance(number, int) else None


def home(settings: Settings) -> str:
    """Where people reach this service; empty where nobody has said so."""
    if settings.dundian_base_url:
        return settings.dundian_base_url.rstrip("/")
    return f"http://{settings.dundian_host}:{settings.dundian_port}" if settings.dundian_demo else ""


def addresses(settings: Settings) -> Callable[[str, int], str] | None:
    """What makes a link's address of its kind (f file, p pages) and number; nothing where nobody said how to reach us."""
    base = home(settings)
    return (lambda kind, number: f"{base}/{kind}/{token_of(settings, number)}") if base else None
