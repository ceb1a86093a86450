"""Pushing through the 公众号: tokens, and what follows from each refusal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot.channels import official_sending
from bot.channels.base import ACTIONS, Outgoing, SendError
from bot.channels.official_errors import RULES, STALE_TOKEN, TOKEN_RULES
from bot.channels.official_sending import Client, OfficialChannel, TokensInMemory
from tests.wechat import APP_ID, NOW
from tests.wechat_server import Asked, Platform, Reply, platform

SECRET = "s3cret-of-the-account"
SEND, TOKEN = "message/custom/send", "stable_token"
DONE = Reply({"errcode": 0, "errmsg": "ok"})


def told(send: Callable[[int], Reply], token: Callable[[int], Reply] | None = None) -> Callable[[Asked], Reply]:
    """An answering function from two: what the nth send and the nth token call get."""
    counts = {SEND: 0, TOKEN: 0}

    def answer(asked: Asked) -> Reply:
        counts[asked.path] += 1
        if asked.path == TOKEN:
            fresh = Reply({"access_token": f"T{counts[TOKEN]}", "expires_in": 7200})
            return token(counts[TOKEN]) if token else fresh
        return send(counts[SEND])

    return answer


@contextmanager
def channel(answer: Callable[[Asked], Reply]) -> Iterator[tuple[OfficialChannel, Platform]]:
    with platform(answer) as there:
        client = Client(APP_ID, SECRET, there.url, TokensInMemory(), lambda: NOW)
        yield OfficialChannel(client), there


def refused(answer: Callable[[Asked], Reply], text: str = "提醒") -> tuple[SendError, Platform]:
    with channel(answer) as (official, there):
        with pytest.raises(SendError) as fault:
            official.send(Outgoing(1, "oUser-1", text))
        assert fault.value.action in ACTIONS
        assert SECRET not in str(fault.value)
        assert fault.value.__context__ is None or fault.value.__suppress_context__
        return fault.value, there


def test_message_goes_out_with_one_token_for_many() -> None:
    with channel(told(lambda _: DONE)) as (official, there):
        for number in range(3):
            assert official.send(Outgoing(number, "oUser-1", "还差2名队员")).way == "custom"
    asked = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET, "force_refresh": False}
    assert [call.body for call in there.calls(TOKEN)] == [asked]
    first = there.calls(SEND)[0]
    assert first.query == {"access_token": "T1"}
    assert first.body == {"touser": "oUser-1", "msgtype": "text", "text": {"content": "还差2名队员"}}


def test_token_is_renewed_before_it_ends() -> None:
    tokens, at = TokensInMemory(), [NOW]
    with platform(told(lambda _: DONE)) as there:
        official = OfficialChannel(Client(APP_ID, SECRET, there.url, tokens, lambda: at[0]))
        for minutes, calls in ((0, 1), (114, 1), (116, 2)):
            at[0] = NOW + timedelta(minutes=minutes)
            official.send(Outgoing(1, "oUser-1", "提醒"))
            assert len(there.calls(TOKEN)) == calls


@pytest.mark.parametrize("code", sorted(STALE_TOKEN))
def test_refused_token_is_renewed_once_and_the_message_sent_once_more(code: int) -> None:
    with channel(told(lambda n: Reply({"errcode": code, "errmsg": "token"}) if n == 1 else DONE)) as (official, there):
        official.send(Outgoing(1, "oUser-1", "提醒"))
    assert [call.body["force_refresh"] for call in there.calls(TOKEN)] == [False, False]
    assert [call.query["access_token"] for call in there.calls(SEND)] == ["T1", "T2"]


def test_token_that_the_platform_still_holds_good_is_renewed_by_force() -> None:
    def token(number: int) -> Reply:
        return Reply({"access_token": "T1" if number < 3 else "T2", "expires_in": 7200})

    def send(number: int) -> Reply:
        return Reply({"errcode": 40001, "errmsg": "token"}) if number == 1 else DONE

    with channel(told(send, token)) as (official, there):
        official.send(Outgoing(1, "oUser-1", "提醒"))
    assert [call.body["force_refresh"] for call in there.calls(TOKEN)] == [False, False, True]
    assert [call.query["access_token"] for call in there.calls(SEND)] == ["T1", "T2"]


@pytest.mark.parametrize("code", sorted(STALE_TOKEN))
def test_token_that_stays_refused_burns_no_quota(code: int) -> None:
    fault, there = refused(told(lambda _: Reply({"errcode": code, "errmsg": "token"})))
    assert fault.action == "pause"
    assert (len(there.calls(TOKEN)), len(there.calls(SEND))) == (2, 2)


def test_token_renewed_by_another_process_is_used() -> None:
    tokens = TokensInMemory()
    tokens.set(f"{APP_ID}_access_token", "old", NOW + timedelta(hours=1))

    def send(number: int) -> Reply:
        tokens.set(f"{APP_ID}_access_token", "theirs", NOW + timedelta(hours=1))
        return Reply({"errcode": 42001, "errmsg": "expired"}) if number == 1 else DONE

    with platform(told(send)) as there:
        OfficialChannel(Client(APP_ID, SECRET, there.url, tokens, lambda: NOW)).send(Outgoing(1, "oUser-1", "提醒"))
    assert there.calls(TOKEN) == []
    assert [call.query["access_token"] for call in there.calls(SEND)] == ["old", "theirs"]


@pytest.mark.parametrize("code", sorted(set(RULES) - STALE_TOKEN - {45002}))
def test_code_has_its_action(code: int) -> None:
    fault, there = refused(told(lambda _: Reply({"errcode": code, "errmsg": "words rid: 65f-1"})))
    assert (fault.action, fault.code, fault.wait) == (RULES[code].action, code, RULES[code].wait)
    assert "rid: 65f-1" in str(fault)
    assert len(there.calls(SEND)) == 1


@pytest.mark.parametrize(
    ("code", "action"),
    [
        (-1, "retry"),
        (40164, "stop"),
        (40003, "drop"),
        (43004, "drop"),
        (43019, "drop"),
        (43101, "fallback"),
        (45015, "fallback"),
        (45047, "hold"),
        (45009, "pause"),
        (45011, "pause"),
        (43117, "retry"),
        (47003, "alarm"),
        (48001, "stop"),
        (48004, "stop"),
        (50002, "drop"),
        (87014, "alarm"),
        (99999, "alarm"),
    ],
)
def test_action_for_what_matters_most(code: int, action: str) -> None:
    assert refused(told(lambda _: Reply({"errcode": code, "errmsg": ""})))[0].action == action


@pytest.mark.parametrize("code", [40001, 40013, 40125, 40164])
def test_wrong_credentials_stop_the_channel_after_one_call(code: int) -> None:
    fault, there = refused(told(lambda _: DONE, token=lambda _: Reply({"errcode": code, "errmsg": "invalid"})))
    assert fault.action == TOKEN_RULES[code].action == "stop"
    assert (len(there.calls(TOKEN)), len(there.calls(SEND))) == (1, 0)


@pytest.mark.parametrize(
    "reply",
    [
        Reply("<html>login</html>"),
        Reply([1]),
        Reply({}),
        Reply({"access_token": ""}),
        Reply(status=502),
        Reply(cut=True),
    ],
)
def test_failed_token_call_sent_nothing_and_may_be_tried_again(reply: Reply) -> None:
    fault, there = refused(told(lambda _: DONE, token=lambda _: reply))
    assert fault.action == "retry"
    assert there.calls(SEND) == []


@pytest.mark.parametrize(
    ("reply", "action"),
    [
        (Reply("<html>login</html>"), "doubtful"),
        (Reply("[]"), "doubtful"),
        (Reply({}), "doubtful"),
        (Reply("", status=503), "retry"),
        (Reply("", status=429), "retry"),
        (Reply("", status=500), "doubtful"),
        (Reply("", status=504), "doubtful"),
        (Reply("", status=404), "alarm"),
        (Reply(cut=True), "doubtful"),
    ],
)
def test_answer_that_is_not_the_platforms(reply: Reply, action: str) -> None:
    fault, there = refused(told(lambda _: reply))
    assert fault.action == action
    assert len(there.calls(SEND)) == 1


def test_slow_answer_is_doubtful_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(official_sending, "TIMEOUT", (1.0, 0.2))
    fault, there = refused(told(lambda _: Reply({"errcode": 0}, seconds=0.5)))
    assert fault.action == "doubtful"
    assert len(there.calls(SEND)) == 1


def test_slow_token_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(official_sending, "TIMEOUT", (1.0, 0.2))
    fault, _ = refused(told(lambda _: DONE, token=lambda _: Reply({}, seconds=0.5)))
    assert fault.action == "retry"


def test_nobody_listening_is_tried_again() -> None:
    tokens = TokensInMemory()
    tokens.set(f"{APP_ID}_access_token", "T", NOW + timedelta(hours=1))
    client = Client(APP_ID, SECRET, "http://127.0.0.1:9/cgi-bin", tokens, lambda: NOW)
    with pytest.raises(SendError) as fault:
        OfficialChannel(client).send(Outgoing(1, "oUser-1", "提醒"))
    assert fault.value.action == "retry"


def test_long_text_is_cut_and_cut_again_where_the_platform_asks() -> None:
    with channel(told(lambda n: Reply({"errcode": 45002, "errmsg": "size"}) if n == 1 else DONE)) as (official, there):
        official.send(Outgoing(1, "oUser-1", "名" * 1000))
    sizes = [len(call.body["text"]["content"].encode()) for call in there.calls(SEND)]
    assert 1900 < sizes[0] <= 2000
    assert 900 < sizes[1] <= 1000


def test_characters_the_platform_cannot_take_are_left_out() -> None:
    with channel(told(lambda _: DONE)) as (official, there):
        official.send(Outgoing(1, "oUser-1", "提\x00醒\ud800"))
    assert there.calls(SEND)[0].body["text"]["content"] == "提醒"


def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    refused(told(lambda _: Reply(cut=True)))
    refused(told(lambda _: DONE, token=lambda _: Reply(cut=True)))
    assert SECRET not in caplog.text
    assert "T1" not in caplog.text
