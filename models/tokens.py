"""Access tokens of the platforms, shared by all processes, encrypted while they lie here; one process fetches at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Connection, Engine, or_, select, update

from models.outbox import Token
from models.outbox_rows import INSERTS
from models.vault import Vault

TURN = timedelta(seconds=12)  # a process that died while fetching stands in nobody's way for longer
FORCED_APART = timedelta(seconds=30)
FORCED_A_DAY = 18  # the platform allows 20


class StoredTokens:
    """Tokens by name; each call is a short transaction of its own."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def get(self, name: str, now: datetime) -> str | None:
        """The token, unless it has ended or was stored under another key."""
        statement = select(Token.value).where(Token.name == name, Token.expires > now)
        with self._engine.connect() as connection:
            cipher = connection.scalar(statement)
        try:
            return self._vault.unlock(cipher or "") or None
        except InvalidToken:
            return None

    def set(self, name: str, token: str, until: datetime) -> None:
        """Keep a token until a moment, in the place of the former one."""
        with self._engine.begin() as connection:
            _keep(connection, name, {"value": self._vault.lock(token), "expires": until})

    def take_turn(self, name: str, now: datetime) -> bool:
        """Whether the caller may fetch a token; a conditional update, so that one of many processes may."""
        free = or_(Token.refreshing_until.is_(None), Token.refreshing_until <= now)
        take = update(Token).where(Token.name == name, free).values(refreshing_until=now + TURN)
        with self._engine.begin() as connection:
            _open(connection, name)
            return connection.execute(take).rowcount == 1

    def end_turn(self, name: str) -> None:
        """Let others fetch."""
        with self._engine.begin() as connection:
            connection.execute(update(Token).where(Token.name == name).values(refreshing_until=None))

    def may_force(self, name: str, now: datetime) -> bool:
        """Whether the platform may be asked to renew before time; it allows this seldom, so each time is noted."""
        with self._engine.begin() as connection:
            data = connection.scalar(select(Token.data).where(Token.name == name).with_for_update()) or {}
            forced = [at for at in data.get("forced", []) if now - datetime.fromisoformat(at) < timedelta(days=1)]
            if len(forced) >= FORCED_A_DAY or (forced and now - datetime.fromisoformat(forced[-1]) < FORCED_APART):
                return False
            _keep(connection, name, {"data": {"forced": [*forced, now.isoformat()]}})
            return True


def _open(connection: Connection, name: str) -> None:
    insert = INSERTS[connection.dialect.name](Token).values(name=name, value="", data={})
    connection.execute(insert.on_conflict_do_nothing(index_elements=["name"]))


def _keep(connection: Connection, name: str, new: dict[str, Any]) -> None:
    insert = INSERTS[connection.dialect.name](Token).values({"name": name, "value": "", "data": {}} | new)
    connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_=new))
