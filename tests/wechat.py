"""The platform's side of the 公众号: signs, seals and opens as its servers do."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode
from xml.sax.saxutils import escape

import xmltodict
from wechatpy.crypto import WeChatCrypto

from bot.channels.official import Door, Letter, signature

TOKEN, APP_ID, AES_KEY = "AAAAA", "wxba5fad812f8e6fb9", "A" * 43
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

_numbers = itertools.count(1)


def text_xml(content: str, user: str = "oUser-1", number: int | None = None, sent: datetime = NOW) -> str:
    """A text message as the platform writes it, with a number of its own unless one is given."""
    return (
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName>"
        f"<FromUserName><![CDATA[{user}]]></FromUserName><CreateTime>{int(sent.timestamp())}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content>{escape(content)}</Content>"
        f"<MsgId>{number or 10_000 + next(_numbers)}</MsgId></xml>"
    )


def plain_query(at: datetime = NOW, token: str = TOKEN, **more: str) -> dict[str, str]:
    """The query string of a plain delivery."""
    stamp, nonce = str(int(at.timestamp())), f"n{next(_numbers)}"
    return {"signature": signature(token, stamp, nonce), "timestamp": stamp, "nonce": nonce, **more}


def sealed(xml: str, at: datetime = NOW, app_id: str = APP_ID, token: str = TOKEN) -> tuple[dict[str, str], bytes]:
    """The query string and the body of an encrypted delivery."""
    stamp, nonce = str(int(at.timestamp())), f"n{next(_numbers)}"
    envelope = WeChatCrypto(token, AES_KEY, app_id).encrypt_message(xml, nonce, stamp)
    fields = xmltodict.parse(envelope)["xml"]
    query = {
        "signature": signature(token, stamp, nonce),
        "msg_signature": fields["MsgSignature"],
        "timestamp": stamp,
        "nonce": nonce,
        "encrypt_type": "aes",
    }
    body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{fields['Encrypt']}]]></Encrypt></xml>"
    return query, body.encode()


def unsealed(reply: str) -> dict[str, str]:
    """The fields of an encrypted reply, after the checks that the platform makes."""
    outer = xmltodict.parse(reply)["xml"]
    signed = (outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"])
    xml = WeChatCrypto(TOKEN, AES_KEY, APP_ID).decrypt_message({"Encrypt": outer["Encrypt"]}, *signed)
    return fields_of(xml)


def fields_of(reply: str) -> dict[str, str]:
    """The fields of a plain reply; fails where it is not well-formed."""
    fields: dict[str, str] = xmltodict.parse(reply)["xml"]
    return fields


def address(query: Mapping[str, str]) -> str:
    """The door's path with a query string."""
    return "/wechat/official?" + urlencode(query)


def plain_door() -> Door:
    """The door of an account in plain mode."""
    return Door(TOKEN, APP_ID)


def safe_door() -> Door:
    """The door of an account in safe mode."""
    return Door(TOKEN, APP_ID, AES_KEY)


def letter_of(xml: str) -> Letter:
    """A message as the plain door reads it."""
    return plain_door().open(plain_query(), xml.encode(), NOW)
