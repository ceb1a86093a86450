"""Tokens are shared through the database, and end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from bot.channels.base import Outgoing
from bot.channels.official_sending import Client, OfficialChannel
from models.outbox import Token
from models.tokens import StoredTokens
from models.vault import Vault
from tests.wechat import APP_ID
from tests.wechat_server import Asked, Platform, Reply, platform

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


def test_one_process_fetches_at_a_time(database: Engine) -> None:
    mine, theirs = StoredTokens(database, VAULT), StoredTokens(database, VAULT)
    assert mine.take_turn("wx1", NOW)
    assert not theirs.take_turn("wx1", NOW + timedelta(seconds=5))
    assert theirs.take_turn("wx2", NOW)
    mine.end_turn("wx1")
    assert theirs.take_turn("wx1", NOW + timedelta(seconds=6))


def test_turn_of_a_dead_process_ends_by_itself(database: Engine) -> None:
    assert StoredTokens(database, VAULT).take_turn("wx1", NOW)
    assert StoredTokens(database, VAULT).take_turn("wx1", NOW + timedelta(seconds=13))


def test_of_many_at_once_one_has_the_turn(database: Engine) -> None:
    with ThreadPoolExecutor(8) as hands:
        turns = list(hands.map(lambda _: StoredTokens(database, VAULT).take_turn("wx1", NOW), range(8)))
    assert sorted(turns) == [False] * 7 + [True]


def test_renewal_by_force_stays_within_what_the_platform_allows(database: Engine) -> None:
    tokens = StoredTokens(database, VAULT)
    assert tokens.may_force("wx1", NOW)
    assert not tokens.may_force("wx1", NOW + timedelta(seconds=29))
    allowed = [tokens.may_force("wx1", NOW + timedelta(minutes=n)) for n in range(1, 40)]
    assert sum(allowed) == 17
    assert tokens.may_force("wx1", NOW + timedelta(days=1, minutes=1))


@contextmanager
def strict_platform() -> Iterator[Platform]:
    """One token valid at a time; a forced renewal ends the former; a fetch takes a while, as it does over a network."""
    valid = ["T0"]

    def answer(asked: Asked) -> Reply:
        if asked.path == "stable_token":
            if asked.body["force_refresh"]:
                valid.append(f"T{len(valid)}")
            return Reply({"access_token": valid[-1], "expires_in": 7200}, seconds=0.05)
        good = asked.query["access_token"] == valid[-1]
        return Reply({"errcode": 0} if good else {"errcode": 40001, "errmsg": "invalid credential"})

    with platform(answer) as there:
        yield there


def send_with(database: Engine, there: Platform, number: int) -> str:
    client = Client(APP_ID, "s3cret", there.url, StoredTokens(database, VAULT), lambda: NOW)
    return OfficialChannel(client).send(Outgoing(number, "oUser-1", "提醒")).way


def test_cold_start_of_many_fetches_one_token(database: Engine) -> None:
    with strict_platform() as there, ThreadPoolExecutor(6) as hands:
        sent = list(hands.map(lambda n: send_with(database, there, n), range(6)))
        assert (sent, len(there.calls("stable_token"))) == (["custom"] * 6, 1)


def test_refused_token_of_many_is_renewed_once(database: Engine) -> None:
    StoredTokens(database, VAULT).set(f"{APP_ID}_access_token", "stale", NOW + timedelta(hours=1))
    with strict_platform() as there, ThreadPoolExecutor(6) as hands:
        sent = list(hands.map(lambda n: send_with(database, there, n), range(6)))
        assert (sent, len(there.calls("stable_token"))) == (["custom"] * 6, 1)
