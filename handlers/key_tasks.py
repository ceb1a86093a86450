"""A key task is chosen once in a term; what is told of it later follows it up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.understanding.meaning import Entry
from handlers.asked import Asked

CHOOSES = re.compile(r"选[取择定]?|另|新[增定]|第[二三四]项|确定|定下")
_SAID = re.compile(r"(?:重点工作|工作项目)[^:：，,。；;]{0,10}[:：，,]\s*(?P<words>[^。；;\n]{2,120})")


def title(asked: Asked) -> str | None:
    """What stands behind 重点工作： in the message."""
    found = _SAID.search(asked.meaning.masked)
    return found["words"].strip() if found else None


def follows_up(asked: Asked, entries: Iterable[Entry]) -> bool:
    """Whether the message tells how an open key task of this term goes on, instead of choosing one."""
    told = any(entry.activity == "key_task" for entry in entries)
    return told and not CHOOSES.search(asked.meaning.masked) and _open(asked)


def _open(asked: Asked) -> bool:
    start = asked.calendar.term(asked.today).start
    alive = {fact.id for fact in asked.context.facts if fact.state == "active"}
    tasks = (item for item in asked.context.items if item.kind == "key_task" and item.status == "open")
    return any(item.day and item.day >= start and (item.entry_id is None or item.entry_id in alive) for item in tasks)
