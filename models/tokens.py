"""Access tokens of the platforms, shared by all processes, encrypted while they lie here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from models.outbox import Token
from models.vault import Vault

_INSERTS: Mapping[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


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
        new = {"value": self._vault.lock(token), "expires": until}
        insert = _INSERTS[self._engine.dialect.name](Token).values(name=name, data={}, **new)
        with self._engine.begin() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_=new))
