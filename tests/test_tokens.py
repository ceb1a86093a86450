"""Tokens are shared through the database, and end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from models.outbox import Token
from models.tokens import StoredTokens
from models.vault import Vault

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
VAULT = Vault("k" * 40)


def test_token_is_there_for_others_until_it_ends(database: Engine) -> None:
    StoredTokens(database, VAULT).set("wx1", "first", NOW + timedelta(hours=1))
    others = StoredTokens(database, Vault("k" * 40))
    assert others.get("wx1", NOW) == "first"
    assert others.get("wx1", NOW + timedelta(hours=1)) is None
    assert others.get("wx2", NOW) is None


def test_new_token_takes_the_place_of_the_former(database: Engine) -> None:
    tokens = StoredTokens(database, VAULT)
    tokens.set("wx1", "first", NOW + timedelta(hours=1))
    tokens.set("wx1", "second", NOW + timedelta(hours=3))
    assert tokens.get("wx1", NOW + timedelta(hours=2)) == "second"


def test_token_is_not_stored_as_it_is(database: Engine) -> None:
    StoredTokens(database, VAULT).set("wx1", "plain-token", NOW + timedelta(hours=1))
    with database.connect() as connection:
        assert "plain-token" not in str(connection.scalar(select(Token.value)))


def test_token_of_another_key_is_as_none(database: Engine) -> None:
    StoredTokens(database, VAULT).set("wx1", "first", NOW + timedelta(hours=1))
    assert StoredTokens(database, Vault("other" * 10)).get("wx1", NOW) is None
