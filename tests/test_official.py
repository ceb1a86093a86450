"""The 公众号's door: what it lets in and what it refuses."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from wechatpy.enterprise.crypto import WeChatCrypto as EnterpriseCrypto

from bot.channels.official import Door, Refused, signature
from bot.channels.official_replays import Replays
from tests.wechat import AES_KEY, APP_ID, NOW, TOKEN, letter_of, plain_door, plain_query, safe_door, sealed, text_xml

PAYLOADS = Path(__file__).parent / "payloads"


def cases(file: str) -> list[Any]:
    table = tomllib.loads((PAYLOADS / file).read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in table]


def status_of(door: Door, query: dict[str, str], body: bytes, now: datetime = NOW) -> int:
    with pytest.raises(Refused) as refused:
        door.open(query, body, now)
    return refused.value.status


@pytest.mark.parametrize("case", cases("official_accepted.toml"))
def test_payload_is_read(case: dict[str, str]) -> None:
    told = letter_of(case["xml"]).incoming
    assert (told.kind, told.text, told.key) == (case["kind"], case["text"], case["key"])
    assert (told.channel, told.user) == ("official", "oUser-1")
    assert told.sent_at == datetime.fromtimestamp(1795167000, UTC)


@pytest.mark.parametrize("case", cases("official_accepted.toml"))
def test_sealed_payload_reads_alike(case: dict[str, str]) -> None:
    query, body = sealed(case["xml"])
    assert safe_door().open(query, body, NOW).incoming == letter_of(case["xml"]).incoming


@pytest.mark.parametrize("case", cases("official_refused.toml"))
def test_senseless_body_is_refused(case: dict[str, Any]) -> None:
    body = case["body"].encode("utf-8" if case.get("utf8", True) else "gbk")
    assert status_of(plain_door(), plain_query(), body) == 400


@pytest.mark.parametrize("case", [c for c in cases("official_refused.toml") if c.values[0].get("utf8", True)])
def test_sealed_senseless_body_is_refused(case: dict[str, Any]) -> None:
    query, body = sealed(case["body"])
    assert status_of(safe_door(), query, body) == 400


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_refused_not_raised(body: bytes) -> None:
    assert status_of(plain_door(), plain_query(), body) == 400


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_ciphertext_is_refused_not_raised(words: str) -> None:
    stamp, nonce = str(int(NOW.timestamp())), "n"
    signed = signature(TOKEN, stamp, nonce, words.encode(errors="replace").decode())
    query = {"msg_signature": signed, "timestamp": stamp, "nonce": nonce}
    body = f"<xml><Encrypt><![CDATA[{words}]]></Encrypt></xml>".encode(errors="replace")
    assert status_of(safe_door(), query, body) in (400, 403)


def test_key_is_the_same_for_a_repeat_and_differs_between_users() -> None:
    first, repeat = letter_of(text_xml("a", number=7)), letter_of(text_xml("a", number=7))
    other = letter_of(text_xml("a", user="oUser-2", number=7))
    assert first.incoming.key == repeat.incoming.key != other.incoming.key


def test_long_event_keys_stay_apart_within_the_column() -> None:
    def key(tail: str) -> str:
        head = (
            "<xml><ToUserName>gh_1</ToUserName><FromUserName>oUser-1</FromUserName><CreateTime>1795167000</CreateTime>"
        )
        return letter_of(
            f"{head}<MsgType>event</MsgType><Event>VIEW</Event><EventKey>{'u' * 900}{tail}</EventKey></xml>"
        ).incoming.key

    assert key("1") != key("2")
    assert len(key("1")) <= 200


def test_empty_token_opens_no_door() -> None:
    with pytest.raises(ValueError, match="token"):
        Door("", APP_ID)


def test_wrong_token_is_refused() -> None:
    assert status_of(plain_door(), plain_query(token="other"), text_xml("a").encode()) == 403


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
def test_missing_parameter_is_refused(name: str) -> None:
    query = plain_query()
    del query[name]
    assert status_of(plain_door(), query, text_xml("a").encode()) == 403


@pytest.mark.parametrize("odd", ["", "签名", "\x00", "'; --", "A" * 40])
def test_odd_signature_is_refused(odd: str) -> None:
    assert status_of(plain_door(), plain_query() | {"signature": odd}, text_xml("a").encode()) == 403


@pytest.mark.parametrize("minutes", [-11, 11, 60 * 24 * 365])
def test_stale_and_early_stamps_are_refused(minutes: int) -> None:
    query = plain_query(NOW - timedelta(minutes=minutes))
    assert status_of(plain_door(), query, text_xml("a").encode()) == 403
    sealed_query, body = sealed(text_xml("a"), NOW - timedelta(minutes=minutes))
    assert status_of(safe_door(), sealed_query, body) == 403


@pytest.mark.parametrize("minutes", [-9, 0, 9])
def test_stamps_near_the_clock_are_welcome(minutes: int) -> None:
    query = plain_query(NOW - timedelta(minutes=minutes))
    assert plain_door().open(query, text_xml("好").encode(), NOW).incoming.text == "好"


def test_body_over_64_kib_is_refused() -> None:
    assert status_of(plain_door(), plain_query(), text_xml("a" * 66_000).encode()) == 413


def test_overheard_signature_carries_no_other_body() -> None:
    door, query = plain_door(), plain_query()
    door.open(query, text_xml("访谈1名队员").encode(), NOW)
    assert status_of(door, query, text_xml("访谈99名队员").encode()) == 403


def test_repeat_with_the_same_body_is_welcome() -> None:
    door, query, body = plain_door(), plain_query(), text_xml("访谈1名队员").encode()
    keys = {door.open(given, body, NOW).incoming.key for given in (query, query, plain_query())}
    assert len(keys) == 1


def test_replays_forget_what_is_stale_and_keep_no_more_than_they_may() -> None:
    seen = Replays(600, kept=3)
    assert seen.first_or_same("a", b"1", NOW)
    assert not seen.first_or_same("a", b"2", NOW + timedelta(minutes=19))
    assert seen.first_or_same("a", b"2", NOW + timedelta(minutes=21))
    for stamp in "bcd":
        assert seen.first_or_same(stamp, b"1", NOW + timedelta(minutes=21))
    assert seen.first_or_same("a", b"3", NOW + timedelta(minutes=21))


def test_plain_body_is_refused_in_safe_mode() -> None:
    assert status_of(safe_door(), plain_query(), text_xml("a").encode()) == 403


def test_downgrade_of_a_sealed_delivery_is_refused() -> None:
    query, _ = sealed(text_xml("a"))
    assert status_of(safe_door(), query, text_xml("forged").encode()) == 400
    clear = {name: query[name] for name in ("signature", "timestamp", "nonce")}
    assert status_of(safe_door(), clear, text_xml("forged").encode()) == 403


def test_clear_fields_beside_the_sealed_ones_are_not_believed() -> None:
    query, body = sealed(text_xml("访谈3名队员"))
    inner = body.decode().removeprefix("<xml>").removesuffix("</xml>").replace("<ToUserName>gh_1</ToUserName>", "")
    mixed = text_xml("forged", user="oForged").replace("</xml>", inner + "</xml>")
    told = safe_door().open(query, mixed.encode(), NOW).incoming
    assert (told.user, told.text) == ("oUser-1", "访谈3名队员")


def test_sealed_for_another_account_is_refused() -> None:
    query, body = sealed(text_xml("a"), app_id="wx0000000000000000")
    with pytest.raises(Refused, match="WECHAT_APP_ID") as refused:
        safe_door().open(query, body, NOW)
    assert refused.value.status == 403


def test_sealed_with_another_key_is_refused() -> None:
    query, body = sealed(text_xml("a"))
    with pytest.raises(Refused, match="WECHAT_ENCODING_AES_KEY"):
        Door(TOKEN, APP_ID, "B" * 43).open(query, body, NOW)


def test_sealed_body_without_a_key_is_refused_with_the_cause() -> None:
    query, body = sealed(text_xml("a"))
    with pytest.raises(Refused, match="WECHAT_ENCODING_AES_KEY is not set"):
        plain_door().open(query, body, NOW)


def test_changed_ciphertext_is_refused() -> None:
    query, body = sealed(text_xml("a"))
    assert status_of(safe_door(), query, body.replace(b"CDATA[", b"CDATA[A")) == 403


@pytest.mark.parametrize("inner", ["", "<a/>", "<a>b</a>"])
def test_odd_envelope_is_refused(inner: str) -> None:
    query, _ = sealed(text_xml("a"))
    assert status_of(safe_door(), query, f"<xml><Encrypt>{inner}</Encrypt></xml>".encode()) == 400


def test_two_sealed_bodies_are_refused() -> None:
    query, body = sealed(text_xml("a"))
    assert status_of(safe_door(), query, body.replace(b"</xml>", b"<Encrypt>x</Encrypt></xml>")) == 400


def test_example_of_the_address_check() -> None:
    query = {
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
    }
    assert plain_door().greet(query, datetime.fromtimestamp(1714036504, UTC)) == "4375120948345356249"
    with pytest.raises(Refused):
        plain_door().greet(query, NOW)


def test_example_of_a_plain_signature() -> None:
    assert signature(TOKEN, "1714037059", "486452656") == "899cf89e464efb63f54ddac96b0a0a235f53aa78"


VECTOR = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR"
    "8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km3"
    "2IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)


def test_example_of_a_sealed_body_is_opened_and_refused_as_json() -> None:
    query = {
        "timestamp": "1714112445",
        "nonce": "415670741",
        "signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
        "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
        "encrypt_type": "aes",
    }
    signed = (query["msg_signature"], query["timestamp"], query["nonce"])
    opened = WeChatCrypto(TOKEN, AES_KEY, APP_ID).decrypt_message({"Encrypt": VECTOR}, *signed)
    assert '"debug_str":"hello world"' in opened
    body = f"<xml><Encrypt><![CDATA[{VECTOR}]]></Encrypt></xml>".encode()
    assert status_of(safe_door(), query, body, datetime.fromtimestamp(1714112445, UTC)) == 400


def test_example_of_the_enterprise_check() -> None:
    crypto = EnterpriseCrypto("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
    echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    signed = ("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780")
    assert signature("QDG6eK", signed[1], signed[2], echo) == signed[0]
    assert crypto.check_signature(*signed, echo) == "1616140317555161061"
