"""What answers the question about one line of a task list: as proposed, in one's own words, another line, or later."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.asked import Asked
from handlers.task_lines import question, task_question
from models import journal
from models.context import OpenQuestion
from models.tasklists import set_line

FRESH = timedelta(minutes=30)
NUMERALS = "一二三四五六七八九十"
_OTHER = re.compile(
    rf"第(?P<which>[{NUMERALS}])(?:项|条|个方面|方面|个)?(?:要|就)?(?:改为|改成|改|写)[:：]?(?P<words>.{{2,}})"
)
_OWN = re.compile("(?:改为|改成|改|写)[:：]?.{2,}")
_ASKS = re.compile(r"[?？吗呢]$|什么|怎么|多少|几[天名个项]")
LATER = re.compile(
    "(?:先)?(?:不用|不弄|不写|不定|算了|停|退出|以后再|改天再|晚点再|取消|不做)(?:了|吧|说|弄|写|定|做)*[。！!]*"
)
PAUSED = "好的，先到这里。定好的都在草稿里，回“我的任务清单”看，回“制定任务清单”再定。"


def answer_line(asked: Asked, pending: OpenQuestion) -> str | None:
    """Set the line that is asked about, or the one that is named; then the next question."""
    words = asked.meaning.masked.strip()
    if LATER.fullmatch(words):
        journal.settle(asked.connection, pending.id)
        return PAUSED
    item, index = pending.data["item"], pending.data["index"]
    other = _OTHER.fullmatch(words)
    if other:
        lines = set_line(asked.connection, item, NUMERALS.index(other["which"]), other["words"])
        return f"第{other['which']}项改好了。\n{question(lines, index)}"
    if asked.meaning.intent == "deny" or not _about_it(asked, pending):
        return None
    lines = set_line(asked.connection, item, index, "" if asked.meaning.intent == "confirm" else words)
    journal.settle(asked.connection, pending.id)
    if index + 1 == len(lines):
        return "都定好了。回“我的任务清单”看一遍，回“提交清单”送审。"
    journal.ask(asked.connection, asked.actor, [task_question(item, lines, index + 1)])
    return question(lines, index + 1)


def _about_it(asked: Asked, pending: OpenQuestion) -> bool:
    """A yes, words led in by 改为, or plain words while the question is fresh; a question or a number is none."""
    if asked.meaning.intent == "confirm" or _OWN.match(asked.meaning.masked):
        return True
    plain = asked.meaning.intent in ("unknown", "plan") and asked.meaning.fragment.get("count") is None
    return plain and asked.now - pending.asked_at <= FRESH and not _ASKS.search(asked.meaning.masked)
