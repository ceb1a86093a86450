"""A question waved off: 不用了, 算了, 随便, 都有. What was asked about is dropped, left to us, or asked in parts."""

from __future__ import annotations

import re

from handlers.asked import Asked
from handlers.wording import listing, unnumbered
from models import journal
from models.context import OpenQuestion
from models.facts import Fact

ABOUT_RECORDS = ("count", "days", "crowd", "audience", "day", "term", "future", "earlier")
_END = r"(?:[了吧啦呢的]|这条|这个|那条|那个|它|掉)*[。.!！~]*"
GIVEN_UP = re.compile(
    rf"(?:那|就|先|还是|那就)*(?:不用|不要|算了|不记|别记|不补|取消|作废|删|删掉|删除|去掉|撤掉){_END}"
)
NONE = re.compile(rf"(?:一个|一名|一条)?(?:也|都)?没有?{_END}|0[名个]?")
WHATEVER = re.compile(r"(?:都|怎么|怎样)?(?:随便|都行|都可以|你定|你看着办|看着办|随你|无所谓)[吧了啊呗]*[。.!！~]*")
BOTH = re.compile(r"(?:两样|两个|两种|几种)?(?:都有|都聊了|都谈了|都是|混着|混在一起)[的了吧]*[。.!！~]*")
SPLIT = "split"


def dropped(asked: Asked, pending: OpenQuestion, fact: Fact | None) -> str | None:
    """The record that an answer gives up; the sentence that says so, None where nothing is given up."""
    words = asked.meaning.masked.strip()
    none = pending.kind == "count" and NONE.fullmatch(words)
    if fact is None or fact.state != "pending" or not (none or GIVEN_UP.fullmatch(words)):
        return None
    journal.change_entry(asked.connection, asked.actor, fact.id, fact._asdict(), {"state": "withdrawn"}, "undo")
    what = unnumbered(listing([(fact, fact.count, fact.place, None)], asked.today))
    return f"好的，{what}不记了。"


def leaves_it(asked: Asked) -> bool:
    """随便: whatever was proposed will do."""
    return WHATEVER.fullmatch(asked.meaning.masked.strip()) is not None


def in_parts(asked: Asked, pending: OpenQuestion) -> str | None:
    """都有 to 是队员、辅导员还是别的: how many of each is asked."""
    if not BOTH.fullmatch(asked.meaning.masked.strip()):
        return None
    journal.note(asked.connection, pending.id, {**pending.data, SPLIT: True})
    return "各几名？一起回就行，如：队员3，辅导员2。"
