"""Names with what each person still misses, for those who ask for names: kept as a look, and seen by who is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from handlers.asked import Asked
from handlers.scope import periods
from handlers.wording import day, pages
from models.audit import look
from models.credits import feeds
from models.names import Book, Misses, missing, names
from models.policy import Rule
from models.progress import line
from models.team import NotStarted, UnitRow

ASKED_FOR = "名单"
LINES = 12
SHOWN = 3
FOOT = "名单里的人在“谁看过我的记录”里看得到这次查看。"


def book_of(asked: Asked) -> Book:
    """What goals are reckoned by, as the asker's figures are."""
    return Book(asked.policies, asked.calendar, asked.now)


def fits(slots: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The activity and the audience that were said."""
    return slots.get("activity"), slots.get("audience")


def pressed_on(rule: Rule, activity: str | None, audience: str | None) -> bool:
    """Whether a rule is one that people are expected to reach, and what was said feeds it."""
    return rule.hard and (not (activity or audience) or feeds(rule, activity, audience))


def name_list(asked: Asked, unit: UnitRow, slots: Mapping[str, Any]) -> str:
    """Who has not begun and who misses what in a unit and below; each of them can see who looked."""
    activity, audience = fits(slots)
    lines, people = _of_goal(asked, unit, activity, audience) if activity or audience else _of_all(asked, unit)
    look(asked.connection, asked.person_id, sorted(set(people) - {asked.person_id}), "names", asked.now)
    if not lines:
        return f"{unit.name}应参加的人都完成了。"
    head = f"{unit.name}名单，截至{day(asked.today, asked.today)}{asked.now:%H:%M}："
    return pages(head, [*lines, FOOT], LINES)


def _of_all(asked: Asked, unit: UnitRow) -> tuple[list[str], list[int]]:
    found = names(asked.connection, book_of(asked), unit.path, periods(asked))
    lines = [f"还没开始的{len(found.idle)}人", *_idle(found.idle)] if found.idle else []
    lines += [f"已开始、还没做完的{len(found.misses)}人", *_missing(found.misses)] if found.misses else []
    return lines, found.people


def _of_goal(asked: Asked, unit: UnitRow, activity: str | None, audience: str | None) -> tuple[list[str], list[int]]:
    found = missing(asked.connection, book_of(asked), unit.path, lambda rule: pressed_on(rule, activity, audience))
    lines = [f"还差的{len(found)}人", *_missing(found)] if found else []
    return lines, [one.person_id for one in found]


def _idle(found: Sequence[NotStarted]) -> list[str]:
    """One line a unit."""
    units = groupby(found, key=lambda one: one.unit)
    return [f"{unit}：{'、'.join(one.name for one in some)}" for unit, some in units]


def _missing(found: Sequence[Misses]) -> list[str]:
    return [f"{one.unit} {said(one)}" for one in found]


def said(one: Misses) -> str:
    """王干事 队员14/20 辅导员6/10；另2项."""
    more = f"；另{len(one.open) - SHOWN}项" if len(one.open) > SHOWN else ""
    return f"{one.name} {' '.join(line(standing) for standing in one.open[:SHOWN])}{more}"
