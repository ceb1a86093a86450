"""公众号, receiving: the platform's check, deliveries plain or sealed, and replies it will accept."""

from __future__ import annotations

import hmac
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException
from wechatpy.replies import BaseReply, ImageReply, TextReply
from wechatpy.utils import WeChatSigner

from bot.channels.base import Incoming, first_page
from bot.channels.official_reading import BadMessage, read
from bot.channels.official_replays import Replays

BODY_BYTES = 64 * 1024
FRESH_SECONDS = 600
NOTHING = "success"  # the platform's word for "no reply"; it stops the retries

# What a body made to hurt raises on its way through expat, xmltodict, base64, the cipher and wechatpy.
MALFORMED = (
    BadMessage,
    ExpatError,
    KeyError,
    TypeError,
    AttributeError,
    ValueError,
    IndexError,
    struct.error,
    AssertionError,
    WeChatException,
)

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STAMP = re.compile(r"[0-9]{1,12}")
NONCE = re.compile(r"[\w.\-]{1,128}", re.ASCII)


class Refused(Exception):
    """A delivery that is not answered: `status` is 403 for one that cannot prove itself, 400 for one without sense."""

    def __init__(self, reason: str, status: int = 403) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery that proved itself, with what its reply needs."""

    incoming: Incoming
    account: str
    nonce: str
    sealed: bool


class Door:
    """What stands between the network and the conversation for one 公众号; `aes_key` makes it accept sealed bodies only."""

    def __init__(self, token: str, app_id: str, aes_key: str = "") -> None:
        if not token:
            raise ValueError("an empty token would let anybody in")
        self._token = token
        self._crypto = WeChatCrypto(token, aes_key, app_id) if aes_key else None
        self._replays = Replays(FRESH_SECONDS)

    def greet(self, query: Mapping[str, str], now: datetime) -> str:
        """The answer to the platform's check of the address; raises Refused."""
        self._verify(query, "signature", now)
        return query.get("echostr", "")

    def open(self, query: Mapping[str, str], body: bytes, now: datetime) -> Letter:
        """The message within a delivery; raises Refused."""
        if len(body) > BODY_BYTES:
            raise Refused("body over 64 KiB", 413)
        try:
            xml = self._unseal(query, body, now) if self._crypto else self._plain(query, body, now)
            message = parse_message(xml)
            incoming = read(message)
        except MALFORMED as fault:
            # The fault's own words may hold the message's.
            raise Refused(f"not a message ({type(fault).__name__})", 400) from None
        return Letter(incoming, message.target, query["nonce"], sealed=self._crypto is not None)

    def reply(self, letter: Letter, text: str | None, now: datetime) -> str:
        """The body that answers a letter; `success` where there is nothing to say."""
        content = clean(text or "")
        if not content.strip():
            return NOTHING
        return self._written(TextReply, letter, now, content=escape(content))

    def reply_picture(self, letter: Letter, media_id: str, now: datetime) -> str:
        """The body that answers a letter by a picture which the platform holds."""
        return self._written(ImageReply, letter, now, media_id=escape(media_id))

    def _written(self, kind: type[BaseReply], letter: Letter, now: datetime, **content: str) -> str:
        stamp = int(now.timestamp())
        xml = kind(source=letter.account, target=letter.incoming.user, time=stamp, **content).render()
        if self._crypto is None:
            return str(xml)
        return str(self._crypto.encrypt_message(xml, letter.nonce, str(stamp)))

    def _plain(self, query: Mapping[str, str], body: bytes, now: datetime) -> bytes:
        self._verify(query, "signature", now)
        # The signature leaves the body out, so one that was overheard must not carry another body.
        if not self._replays.first_or_same(query["timestamp"] + ":" + query["nonce"], body, now):
            raise Refused("this timestamp and nonce came with another body before")
        if query.get("encrypt_type") == "aes" and b"<MsgType>" not in body:
            raise Refused("an encrypted body, but WECHAT_ENCODING_AES_KEY is not set", 400)
        return body

    def _unseal(self, query: Mapping[str, str], body: bytes, now: datetime) -> Any:
        if not query.get("msg_signature"):
            raise Refused("a plain body, while WECHAT_ENCODING_AES_KEY asks for encrypted ones")
        sealed = xmltodict.parse(body)["xml"]["Encrypt"]
        if not isinstance(sealed, str):
            raise BadMessage("Encrypt")
        self._verify(query, "msg_signature", now, sealed)
        assert self._crypto is not None  # noqa: S101
        stamped = (query["msg_signature"], query["timestamp"], query["nonce"])
        try:
            return self._crypto.decrypt_message({"Encrypt": sealed}, *stamped)
        except MALFORMED:
            raise Refused("cannot be decrypted: is WECHAT_ENCODING_AES_KEY or WECHAT_APP_ID another one?") from None

    def _verify(self, query: Mapping[str, str], name: str, now: datetime, *signed: str) -> None:
        stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        if not STAMP.fullmatch(stamp) or not NONCE.fullmatch(nonce):
            raise Refused("timestamp or nonce missing or odd")
        if not same(query.get(name, ""), signature(self._token, stamp, nonce, *signed)):
            raise Refused(f"wrong {name}: the token here and in the 公众号 console must be equal")
        if abs(now.timestamp() - int(stamp)) > FRESH_SECONDS:
            raise Refused("timestamp more than ten minutes from the clock here")


def signature(*parts: str) -> str:
    """The platform's signature of some parts, as hexadecimal."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def same(left: str, right: str) -> bool:
    """Whether two signatures are equal, in a time that tells nothing."""
    return hmac.compare_digest(left.encode(errors="replace"), right.encode())


def clean(text: str) -> str:
    """A reply without what XML cannot hold, within the platform's length."""
    return first_page(NOT_XML.sub("", text))[0]


def escape(text: str) -> str:
    """Text for wechatpy's CDATA, whose end it does not guard."""
    return text.replace("]]>", "]]]]><![CDATA[>")
