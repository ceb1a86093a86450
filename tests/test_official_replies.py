"""The 公众号's replies: they arrive as meant, well-formed, sealed where the account is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wechat import NOW, fields_of, letter_of, plain_door, safe_door, sealed, text_xml, unsealed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("已记 访谈队员3名。", "已记 访谈队员3名。"),
        ("a]]>b", "a]]>b"),
        ("]]></Content><MsgType><![CDATA[news]]></MsgType>", "]]></Content><MsgType><![CDATA[news]]></MsgType>"),
        ("]]]]>>", "]]]]>>"),
        ("\x00零\x0b\x1f\x7f终\ufffe", "零\x7f终"),
        ("半\ud800个\udfff", "半个"),
        ("表情😀", "表情😀"),
        ("<b>&amp;", "<b>&amp;"),
        ("一\n二", "一\n二"),
    ],
)
def test_reply_arrives_as_meant(text: str, shown: str) -> None:
    letter = letter_of(text_xml("好"))
    fields = fields_of(plain_door().reply(letter, text, NOW))
    assert fields["Content"] == shown
    assert (fields["MsgType"], fields["ToUserName"], fields["FromUserName"]) == ("text", "oUser-1", "gh_1")
    assert fields["CreateTime"] == str(int(NOW.timestamp()))


@given(st.text(alphabet=st.characters(), min_size=1, max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_reply_is_well_formed(text: str) -> None:
    reply = plain_door().reply(letter_of(text_xml("好")), text, NOW)
    assert reply == "success" or set(fields_of(reply)) >= {"Content", "MsgType"}


def test_sealed_reply_opens_at_the_platform() -> None:
    query, body = sealed(text_xml("好"))
    door = safe_door()
    reply = door.reply(door.open(query, body, NOW), "已记]]>", NOW)
    assert query["nonce"] in reply
    assert unsealed(reply)["Content"] == "已记]]>"


@pytest.mark.parametrize("text", [None, "", " \n", "\x00"])
def test_nothing_to_say_is_never_sealed(text: str | None) -> None:
    query, body = sealed(text_xml("好"))
    door = safe_door()
    assert door.reply(door.open(query, body, NOW), text, NOW) == "success"


def test_long_reply_keeps_within_the_platforms_length() -> None:
    reply = plain_door().reply(letter_of(text_xml("好")), "名" * 1500, NOW)
    content = fields_of(reply)["Content"]
    assert 1900 < len(content.encode()) <= 2000
    assert content.endswith("回“更多”看后面")
