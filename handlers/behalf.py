"""代记: an administrator reports for colleagues of the own unit; they are told, and may object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bot.understanding.meaning import Entry
from handlers.asked import Asked
from handlers.recording import record
from models.colleagues import Colleague, named
from models.context_query import load_person
from models.notices import tell

OBJECT = "不对就回“撤销”，或直接说对的。"


def record_for_others(asked: Asked, entries: Sequence[Entry]) -> list[str]:
    """Store what was said for each colleague; names that are not to be found are said, never guessed."""
    by_name = groupby(entries, key=lambda entry: entry.colleague or "")
    if not asked.context.may("unit_admin"):
        names = dict.fromkeys(entry.colleague for entry in entries if entry.colleague)
        return [f"{'、'.join(names)}的没有记：请本人来说一声，或由单位管理员代记。"]
    return [_one(asked, name, [e for e in mine if not e.total]) for name, mine in by_name]


def _one(asked: Asked, name: str, entries: Sequence[Entry]) -> str:
    found = named(asked.connection, name, asked.context.unit_path, asked.today)
    if len(found) != 1:
        why = "名册里没有这个人" if not found else "同名的有几位"
        return f"{name}的没有记：{why}。"
    return _store(asked, found[0], entries)


def _store(asked: Asked, colleague: Colleague, entries: Sequence[Entry]) -> str:
    theirs = load_person(asked.connection, colleague.id, asked.today)
    if theirs is None or not entries:
        return f"{colleague.name}的没有可记的。"
    said = record(replace(asked, context=theirs), entries, recorder=asked.person_id)
    text = f"{asked.context.name}替你记了：{said.splitlines()[0].removesuffix('回“撤销”取消。')}{OBJECT}"
    tell(asked.connection, [colleague.id], f"behalf:{asked.message_id}", text, asked.now)
    return f"代{colleague.name}：{said.splitlines()[0]}"
