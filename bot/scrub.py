"""Keeps secrets and telephone numbers out of the logs, whoever wrote the line."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from bot.settings import Settings

HIDDEN = "***"
SECRET_NAMES = "access_token|secret|appsecret|corpsecret|password|passwd|echostr|signature|msg_signature"  # noqa: S105

# Also where a library quotes an address, a query string or a body.
NAMED = re.compile(rf"""(?i)(["']?\b(?:{SECRET_NAMES})\b["']?\s*[=:]\s*["']?)[^\s"'&,;)}}]+""")
IN_ADDRESS = re.compile(r"(://[^\s:/@]*:)[^\s@/]+@")
PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")

CHATTY = {"alembic": logging.WARNING, "apscheduler": logging.WARNING, "waitress.queue": logging.ERROR}


class Scrubber(logging.Filter):
    """A filter that rewrites each record, its traceback too, before any handler formats it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted({s for s in secrets if len(s) >= 4}, key=len, reverse=True)
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite; nothing is held back."""
        record.msg, record.args = self.scrub(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = self.scrub(record.exc_text or self._formatter.formatException(record.exc_info))
        if record.stack_info:
            record.stack_info = self.scrub(record.stack_info)
        return True

    def scrub(self, text: str) -> str:
        """The text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        text = NAMED.sub(rf"\1{HIDDEN}", text)
        return PERSONAL.sub(HIDDEN, IN_ADDRESS.sub(rf"\1{HIDDEN}@", text))


def where(error: BaseException) -> str:
    """What a fault was and where it happened, without its own words: those may quote what somebody said."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return "\n  ".join([type(error).__name__, *frames])


def secrets_of(settings: Settings) -> list[str]:
    """Everything in the settings that must not be seen, also as it looks within an address."""
    password = urlsplit(settings.database_url).password or ""
    plain = [
        settings.dundian_secret_key,
        settings.wechat_token,
        settings.wechat_app_secret,
        settings.wechat_encoding_aes_key,
        password,
    ]
    return [form for secret in plain if secret for form in {secret, quote(secret, safe="")}]


def log_to(handler: logging.Handler, settings: Settings | None = None, level: int = logging.INFO) -> None:
    """Make `handler` the place where everything is logged, scrubbed."""
    handler.addFilter(Scrubber(secrets_of(settings) if settings else ()))
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name, least in CHATTY.items():
        logging.getLogger(name).setLevel(least)
