"""代记: an administrator reports for colleagues of the own unit; they are told, and may object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bot.understanding.meaning import Entry
from handlers.asked import Asked
from handlers.changing import told
from handlers.recording import UNDO, record
from models import journal
from models.colleagues import Colleague, mentioned, named
from models.context_query import load_person
from models.notices import tell
from models.undone import ForOther, last_for_others

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
    text = f"{asked.context.name}替你记了：{said.splitlines()[0].removesuffix(UNDO)}{OBJECT}"
    tell(asked.connection, [colleague.id], f"behalf:{asked.message_id}", text, asked.now)
    return f"代{colleague.name}：{said.splitlines()[0]}"


def take_back(asked: Asked, newer_than: int) -> str:
    """What was recorded for colleagues last, withdrawn where nothing of the asker's own is newer; they are told."""
    found = last_for_others(asked.connection, asked.person_id) if asked.context.may("unit_admin") else []
    name = mentioned(asked.connection, asked.meaning.masked, asked.context.unit_path, asked.today) if found else None
    if name and name != asked.context.name:
        alike = {one.id for one in named(asked.connection, name, asked.context.unit_path, asked.today)}
        found = [one for one in found if one.person_id in alike]
    return "\n".join(filter(None, [_back(asked, one) for one in found if one.message_id > newer_than]))


def _back(asked: Asked, one: ForOther) -> str:
    theirs = load_person(asked.connection, one.person_id, asked.today)
    if theirs is None:
        return ""
    gone = [f for f in theirs.facts if f.id in one.entries]
    for fact in gone:
        journal.change_entry(asked.connection, asked.actor, fact.id, fact._asdict(), {"state": "withdrawn"}, "undo")
    said = told(replace(asked, context=theirs), gone, [])
    text = f"{asked.context.name}撤销了替你记的：{said}"
    tell(asked.connection, [one.person_id], f"unbehalf:{asked.message_id}", text, asked.now)
    return f"代{theirs.name}记的已撤销：{said}"
