"""Looks at everything the service stands on, and says each fault with its cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.fernet import InvalidToken
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings, SettingsError, load
from models.database import connect, is_current
from models.people import Person
from models.policy import PolicyError, load_policies
from models.vault import Vault
from models.workdays import load_overrides, working_year


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `state` is ok, note or FAULT; the latter two come with what to do."""

    state: str
    what: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.state:<6} {self.what}" + (f"\n       -> {self.cure}" if self.cure else "")


Check = Callable[[Settings, datetime], Iterator[Finding]]


def examine(now: datetime, checks: tuple[Check, ...]) -> Iterator[Finding]:
    """All findings, in order; a fault in one check does not hide the others."""
    try:
        settings = load()
    except SettingsError as faults:
        for fault in str(faults).splitlines():
            what, _, cure = fault.partition(": ")
            yield Finding("FAULT", f"settings: {what}", cure)
        return
    yield Finding("ok", "settings")
    for check in checks:
        yield from check(settings, now)


def database(settings: Settings, _now: datetime) -> Iterator[Finding]:
    """Whether the database answers, has the newest schema, and was written with this key."""
    engine = connect(settings.database_url)
    try:
        yield from _schema(engine, Vault(settings.secret_key))
    except SQLAlchemyError as fault:
        reason = type(getattr(fault, "orig", None) or fault).__name__
        yield Finding("FAULT", f"database: no answer ({reason})", "start the database, or correct DATABASE_URL")
    finally:
        engine.dispose()


def _schema(engine: Engine, vault: Vault) -> Iterator[Finding]:
    if not is_current(engine):
        yield Finding("FAULT", "database: its schema is not up to date", "python -m bot migrate")
        return
    yield Finding("ok", f"database: {engine.dialect.name}, schema up to date")
    with engine.connect() as connection:
        cipher = connection.scalar(select(Person.phone).where(Person.phone != "").limit(1))
    try:
        vault.unlock(cipher or "")
    except InvalidToken:
        yield Finding("FAULT", "key: telephones were stored under another", "put back the former DUNDIAN_SECRET_KEY")


def policies(settings: Settings, _now: datetime) -> Iterator[Finding]:
    """Whether the policy files are right."""
    try:
        loaded = load_policies(Path(settings.dundian_policies))
    except PolicyError as faults:
        for fault in str(faults).splitlines():
            yield Finding("FAULT", f"policies: {fault}", f"correct the file in {settings.dundian_policies}/")
        return
    yield Finding("ok", f"policies: {', '.join(sorted(loaded))}")


def calendar(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether the days off of this year and the next are known."""
    file = Path(settings.dundian_policies) / "holidays.toml"
    try:
        overrides = load_overrides(file)
    except ValueError as fault:
        yield Finding("FAULT", f"calendar: {fault}", f"correct {file}")
        return
    for year in (now.year, now.year + 1):
        if working_year(year, overrides.get(year)).known:
            yield Finding("ok", f"calendar: days off of {year}")
        else:
            what = f"calendar: the days off of {year} are not known; Monday to Friday less the statutory days off are taken for workdays"
            state = "FAULT" if year == now.year else "note"
            yield Finding(state, what, f"when the State Council's notice is out, add [{year}] to {file}")


def official(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether the 公众号 is safely configured, and its platform accepts AppID and AppSecret; asks it for a token."""
    if not settings.has_official:
        yield Finding("note", "公众号: not configured, so nothing is received there", "see README.md, WECHAT_TOKEN")
        return
    if not settings.wechat_encoding_aes_key:
        cure = "choose 安全模式 in the 公众号 console and set WECHAT_ENCODING_AES_KEY"
        yield Finding("note", "公众号: messages come unencrypted, and only their address is signed", cure)
    if settings.wechat_app_secret:
        yield _token(settings, now)
    else:
        yield Finding("FAULT", "公众号: reminders cannot be pushed", "copy WECHAT_APP_SECRET from the 公众号 console")


def _token(settings: Settings, now: datetime) -> Finding:
    from bot.channels.base import SendError
    from bot.channels.official_sending import Client, TokensInMemory

    account = (settings.wechat_app_id, settings.wechat_app_secret, settings.wechat_api_base_url)
    try:
        Client(*account, TokensInMemory(), lambda: now).fetch_access_token()
    except SendError as fault:
        return Finding("FAULT", f"公众号: the platform gives no token: {fault}", TOKEN_CURES.get(fault.code, REACH))
    return Finding("ok", "公众号: the platform accepts AppID and AppSecret")


REACH = "see that this machine reaches WECHAT_API_BASE_URL, then try again"
SECRET_AGAIN = "copy WECHAT_APP_SECRET from the 公众号 console again"  # noqa: S105
WHITELIST = "add this server's IP to the whitelist in the 公众号 console"
TOKEN_CURES: dict[int | None, str] = {
    40001: SECRET_AGAIN,
    40125: SECRET_AGAIN,
    40013: "copy WECHAT_APP_ID from the 公众号 console again",
    40164: WHITELIST,
    61004: WHITELIST,
    89503: "an administrator of the 公众号 must confirm this server's IP",
}

LOCAL: tuple[Check, ...] = (database, policies, calendar)
CHECKS: tuple[Check, ...] = (*LOCAL, official)
