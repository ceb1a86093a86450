"""The signed addresses of pages: they name a thing, and only this service can have made them."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes a link's address from its kind (f file, p pages) and number; `known`: in WeChat the platform says who opens it."""

    settings: Settings

    @property
    def known(self) -> bool:
        """Whether 网页授权 is on."""
        return self.settings.wechat_web_login

    def __call__(self, kind: str, number: int) -> str:
        """The address of a link."""
        return f"{home(self.settings)}/{kind}/{token_of(self.settings, number)}"


def addresses(settings: Settings) -> Addresses | None:
    """What makes addresses; nothing where nobody said how to reach us."""
    return Addresses(settings) if home(settings) else None
