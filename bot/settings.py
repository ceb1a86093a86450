"""Settings from the environment and `.env`: one frozen value; a wrong one is named together with all the others."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values


class SettingsError(Exception):
    """The settings are not usable; the message lists every fault and its cure."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator chose; field names are the environment's in lower case."""

    database_url: str = "sqlite:///var/dundian.db"
    dundian_secret_key: str = ""
    dundian_host: str = "127.0.0.1"
    dundian_port: int = 8000
    dundian_demo: bool = False
    dundian_policies: str = "policies"
    dundian_base_url: str = ""
    wechat_token: str = ""
    wechat_app_id: str = ""
    wechat_app_secret: str = ""
    wechat_encoding_aes_key: str = ""
    wechat_api_base_url: str = "https://api.weixin.qq.com/cgi-bin/"
    wechat_web_login: bool = False
    wechat_template_id: str = ""
    wechat_template_fields: str = "thing1=title,thing2=text"

    @property
    def secret_key(self) -> str:
        """The key; the demonstration has one of its own, since it holds invented people only."""
        return self.dundian_secret_key or ("demonstration-only-" * 2 if self.dundian_demo else "")

    @property
    def has_official(self) -> bool:
        """Whether a 公众号 is configured."""
        return bool(self.wechat_token)


DESCRIPTIONS: Mapping[str, str] = {
    "DATABASE_URL": "where records are kept: sqlite:///path or postgresql://user:password@host/name",
    "DUNDIAN_SECRET_KEY": "at least 32 characters; encrypts telephones and signs links; keep it with the backup",
    "DUNDIAN_HOST": "address to listen on",
    "DUNDIAN_PORT": "port to listen on",
    "DUNDIAN_DEMO": "1 runs the demonstration: invented people and the chat page at /, loopback only",
    "DUNDIAN_POLICIES": "folder of the policy files",
    "DUNDIAN_BASE_URL": "the public address of this service, used in links sent by chat",
    "WECHAT_TOKEN": "the 公众号's token, as typed into its console",
    "WECHAT_APP_ID": "the 公众号's AppID",
    "WECHAT_APP_SECRET": "the 公众号's AppSecret; needed to push reminders",
    "WECHAT_ENCODING_AES_KEY": "43 characters; with it only encrypted messages are accepted (safe mode)",
    "WECHAT_API_BASE_URL": "the platform's address; changed behind a proxy and in tests",
    "WECHAT_WEB_LOGIN": "1 knows who opens a link by 网页授权 (snsapi_base), where the account is a verified 服务号",
    "WECHAT_TEMPLATE_ID": "template message used outside the 48-hour window, where the account has one",
    "WECHAT_TEMPLATE_FIELDS": "which of the template's fields holds the title and which the text, as thing1=title,thing2=text",
}

PREFIXES = ("DUNDIAN_", "WECHAT_", "WECOM_")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def load(environment: Mapping[str, str] | None = None, file: Path = Path(".env")) -> Settings:
    """Settings from `.env` overlaid by the environment; raises SettingsError with every fault at once."""
    given = {k: v for k, v in dotenv_values(file).items() if v is not None} if file.is_file() else {}
    strange = _strangers(given, file)
    given |= os.environ if environment is None else environment
    values, faults = _read(given)
    faults = strange + faults
    if faults:
        raise SettingsError("\n".join(faults))
    settings = Settings(**values)  # type: ignore[arg-type]
    faults = [fault for check in CHECKS for fault in check(settings)]
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _strangers(given: Mapping[str, str], file: Path) -> list[str]:
    # A mistyped WECHAT_ENCODING_AES_KEY would open the door to plain messages, so it must not pass for nothing.
    strange = [name for name in given if name.startswith(PREFIXES) and name not in DESCRIPTIONS]
    near = {name: get_close_matches(name, DESCRIPTIONS, 1) for name in strange}
    return [f"{name}: no such setting in {file}" + "".join(f"; {n} is meant?" for n in near[name]) for name in strange]


def _read(given: Mapping[str, str]) -> tuple[dict[str, object], list[str]]:
    values: dict[str, object] = {}
    faults: list[str] = []
    for name in DESCRIPTIONS:
        raw = given.get(name, "").strip()
        if not raw:
            continue
        try:
            values[name.lower()] = PARSERS.get(name, str)(raw)
        except ValueError:
            faults.append(f"{name}={raw!r}: {DESCRIPTIONS[name]}")
    return values, faults


def _flag(raw: str) -> bool:
    if raw.lower() not in ("0", "1", "true", "false"):
        raise ValueError(raw)
    return raw.lower() in ("1", "true")


def _port(raw: str) -> int:
    if not 0 < int(raw) < 65536:
        raise ValueError(raw)
    return int(raw)


def _address(raw: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", raw):
        raise ValueError(raw)
    return raw


def _fields(raw: str) -> str:
    if not re.fullmatch(r"\w+=(title|text)(,\w+=(title|text))*", raw):
        raise ValueError(raw)
    return raw


PARSERS: Mapping[str, Callable[[str], object]] = {
    "DUNDIAN_PORT": _port,
    "DUNDIAN_DEMO": _flag,
    "WECHAT_WEB_LOGIN": _flag,
    "DUNDIAN_BASE_URL": _address,
    "WECHAT_API_BASE_URL": _address,
    "WECHAT_TEMPLATE_FIELDS": _fields,
}


def _check_key(settings: Settings) -> list[str]:
    if settings.dundian_demo or len(settings.dundian_secret_key) >= 32:
        return []
    return [
        "DUNDIAN_SECRET_KEY: needs at least 32 characters; make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
    ]


def _check_demo(settings: Settings) -> list[str]:
    if settings.dundian_demo and settings.dundian_host not in LOOPBACK:
        return ["DUNDIAN_DEMO=1 speaks for anybody, so it listens on loopback only: set DUNDIAN_HOST=127.0.0.1"]
    return []


def _check_database(settings: Settings) -> list[str]:
    if settings.database_url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        return []
    return ["DATABASE_URL: use sqlite:///path or postgresql://user:password@host/name"]


def _check_official(settings: Settings) -> list[str]:
    given = (settings.wechat_app_id, settings.wechat_app_secret, settings.wechat_encoding_aes_key)
    faults = []
    if any(given) and not settings.wechat_token:
        faults.append("WECHAT_TOKEN: is empty while other WECHAT_ settings are given; copy it from the 公众号 console")
    if settings.wechat_token and not settings.wechat_app_id:
        faults.append("WECHAT_APP_ID: is empty; copy the AppID from the 公众号 console")
    key = settings.wechat_encoding_aes_key
    if key and not re.fullmatch(r"[A-Za-z0-9+/]{43}", key):
        faults.append("WECHAT_ENCODING_AES_KEY: must be 43 letters and digits, as shown in the 公众号 console")
    return faults


def _check_login(settings: Settings) -> list[str]:
    if not settings.wechat_web_login:
        return []
    faults = []
    if not (settings.wechat_app_id and settings.wechat_app_secret):
        faults.append("WECHAT_WEB_LOGIN=1: needs WECHAT_APP_ID and WECHAT_APP_SECRET")
    if not settings.dundian_base_url.startswith("https://"):
        faults.append("WECHAT_WEB_LOGIN=1: the platform leads back to DUNDIAN_BASE_URL, which must begin with https://")
    return faults


CHECKS: tuple[Callable[[Settings], list[str]], ...] = (
    _check_key,
    _check_demo,
    _check_database,
    _check_official,
    _check_login,
)
