"""进度：我完成了多少，还差多少，到什么时候"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handlers.asked import MEMBER, Asked
from handlers.figures import current
from handlers.own_papers import own_papers
from handlers.past_terms import of_term
from handlers.wording import ACTIVITIES, AUDIENCES, day, pages
from models.credits import feeds
from models.progress import Standing, line

WHO = MEMBER
EXAMPLE = "进度"
LINES = 5
PAPERS = ("report", "case")


def answer(asked: Asked) -> str:
    """Done and required by rule, most pressing first, with the day each is due."""
    past = asked.meaning.slots.get("past")
    if past:
        return of_term(asked, past)
    found = current(asked)
    if not found:
        return "你不在这些文件的考察对象里，没有定额；说做了什么我照样记，回“我的记录”可查。"
    wanted = _wanted(found, asked.meaning.slots)
    if not wanted:
        return f"{_name(asked.meaning.slots)}没有定额，记多少算多少；回“我的记录”可查。"
    papers = own_papers(asked, [kind]) if (kind := asked.meaning.slots.get("activity")) in PAPERS else []
    noted = _note(wanted)
    wanted = [replace(s, note="") if s.note == noted else s for s in wanted]
    return pages(_head(asked, wanted, noted), [*dict.fromkeys(_line(asked, s) for s in wanted), *papers], LINES)


def _wanted(found: Sequence[Standing], slots: Mapping[str, Any]) -> Sequence[Standing]:
    """The standings that a named audience or activity feeds; all where none was named."""
    if not slots:
        return found
    return [s for s in found if feeds(s.rule, slots.get("activity"), slots.get("audience"))]


def _name(slots: Mapping[str, Any]) -> str:
    label = ACTIVITIES.get(slots.get("activity") or "interview", ("", ""))[0]
    return label + AUDIENCES.get(slots.get("audience") or "", "")


def _note(wanted: Sequence[Standing]) -> str:
    """What is to be noted of several figures alike; it is said once, at their head."""
    found = Counter(s.note for s in wanted if s.note)
    return next((note for note, times in found.most_common(1) if times > 1), "")


def _head(asked: Asked, wanted: Sequence[Standing], noted: str) -> str:
    left = len({_line(asked, s) for s in wanted if s.rule.kind == "hard" and not (s.met or s.gone)})
    name = asked.context.name
    if not left and asked.meaning.slots:
        return f"{name}，这一项做到了："
    note = f"（{noted}）" if noted else ""
    return f"{name}，该做的都完成了{note}：" if not left else f"{name}，还有{left}项没完成{note}："


def _line(asked: Asked, standing: Standing) -> str:
    """队员14/20，还差6名，1月31日前."""
    parts = [f"{standing.label} {line(standing)}".strip()]
    if not standing.met and standing.missing:
        parts.append(f"还差{standing.lacks}")
    if not standing.met and standing.rule.kind != "shown":
        parts.append(f"{day(standing.due, asked.today)}{'已过' if standing.gone else '前'}")
    if standing.note:
        parts.append(standing.note)
    return "，".join(parts)
