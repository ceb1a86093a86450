"""公众号, reading: a parsed message or event becomes what the conversation knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from bot.channels.base import Incoming

CHANNEL = "official"
KEY_CHARACTERS = 190

USED = ("ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Content", "Recognition", "Event", "EventKey")
OPEN_ID = re.compile(r"[\w\-@.]{1,128}", re.ASCII)
NAME = re.compile(r"\w{1,64}", re.ASCII)
MOMENT = re.compile(r"[0-9]{1,10}")
NUMBER = re.compile(r"[0-9]{1,20}")

# MsgType: the kind, and the field that holds words.
MESSAGES: Mapping[str, tuple[str, str]] = {
    "text": ("text", "Content"),
    "voice": ("voice", "Recognition"),
    "image": ("image", ""),
    "video": ("video", ""),
    "shortvideo": ("video", ""),
    "location": ("location", ""),
    "link": ("link", ""),
    "file": ("file", ""),
}

# Event: likewise. wechatpy calls a subscription through a code with a scene subscribe_scan and takes `qrscene_` off.
EVENTS: Mapping[str, tuple[str, str]] = {
    "subscribe": ("subscribe", ""),
    "subscribe_scan": ("subscribe", "EventKey"),
    "unsubscribe": ("unsubscribe", ""),
    "scan": ("scan", "EventKey"),
    "click": ("click", "EventKey"),
}

# A person who sent something wants an answer; an event that is not ours wants none.
UNKNOWN_MESSAGE, UNKNOWN_EVENT = ("file", ""), ("other", "")


class BadMessage(Exception):
    """A field is missing, double, nested or not what it should be; the message names the field."""


def read(message: Any) -> Incoming:
    """What wechatpy parsed, as an Incoming; raises BadMessage."""
    fields = _fields(message)
    is_event = fields["MsgType"].lower() == "event"
    name = _matching(NAME, fields, "Event" if is_event else "MsgType").lower()
    kind, words = EVENTS.get(name, UNKNOWN_EVENT) if is_event else MESSAGES.get(name, UNKNOWN_MESSAGE)
    return Incoming(
        channel=CHANNEL,
        user=_matching(OPEN_ID, fields, "FromUserName"),
        key=_event_key(fields) if is_event else _message_key(fields),
        kind=kind,
        text=fields.get(words, ""),
        sent_at=datetime.fromtimestamp(int(_matching(MOMENT, fields, "CreateTime")), UTC),
    )


def _fields(message: Any) -> dict[str, str]:
    if message is None:
        raise BadMessage("empty")
    fields = {name: message._data.get(name) or "" for name in USED}
    for name, value in fields.items():
        if not isinstance(value, str):  # a tag given twice is a list, one with children a dict
            raise BadMessage(name)
    _matching(OPEN_ID, fields, "ToUserName")
    return fields


def _matching(pattern: re.Pattern[str], fields: Mapping[str, str], name: str) -> str:
    if not pattern.fullmatch(fields[name]):
        raise BadMessage(name)
    return fields[name]


def _message_key(fields: Mapping[str, str]) -> str:
    # Numbers were seen to repeat across users.
    return f"{_matching(NUMBER, fields, 'MsgId')}:{fields['FromUserName']}"


def _event_key(fields: Mapping[str, str]) -> str:
    # Two different events of one user may fall into one second.
    key = ":".join(fields[name] for name in ("FromUserName", "CreateTime", "Event", "EventKey"))
    return key if len(key) <= KEY_CHARACTERS else f"{fields['FromUserName']}:{sha256(key.encode()).hexdigest()[:40]}"
