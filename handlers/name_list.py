"""Names with what each person still misses, for those who ask for names: kept as a look, and seen by who is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from handlers.asked import Asked
from handlers.team_figures import by_name, pressed
from handlers.wording import day, pages
from models.audit import look
from models.credits import feeds
from models.policy import Rule
from models.progress import Standing, line
from models.team import Member, UnitRow

ASKED_FOR = "名单"
LINES = 12
SHOWN = 3
FOOT = "名单里的人在“谁看过我的记录”里看得到这次查看。"


@dataclass(frozen=True, slots=True)
class Names:
    """A unit's people and all below: who has not begun, and who has and still misses something."""

    idle: Sequence[Member]
    misses: Sequence[Member]


def fits(slots: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The activity and the audience that were said."""
    return slots.get("activity"), slots.get("audience")


def pressed_on(rule: Rule, activity: str | None, audience: str | None) -> bool:
    """Whether a rule is one that people are expected to reach, and what was said feeds it."""
    return rule.hard and (not (activity or audience) or feeds(rule, activity, audience))


def missing(member: Member) -> list[Standing]:
    """What somebody has not reached, of what was asked for."""
    return [one for one in member.standings if not one.met]


def name_list(asked: Asked, unit: UnitRow, slots: Mapping[str, Any]) -> str:
    """Who has not begun and who misses what in a unit and below; each of them can see who looked."""
    activity, audience = fits(slots)
    lines = _of_goal(asked, unit, activity, audience) if activity or audience else _of_all(asked, unit)
    if not lines:
        return f"{unit.name}应参加的人都完成了。"
    head = f"{unit.name}名单，截至{day(asked.today, asked.today)}{asked.now:%H:%M}："
    return pages(head, [*lines, FOOT], LINES)


def names_seen(asked: Asked, unit: UnitRow) -> Names:
    """A unit's names, in the roster's order; the look at each is kept."""
    people = by_name(asked, unit, pressed).members
    found = Names([one for one in people if not one.begun], [one for one in people if one.begun and missing(one)])
    _looked(asked, [*found.idle, *found.misses])
    return found


def _looked(asked: Asked, people: Iterable[Member]) -> None:
    numbers = sorted({one.person_id for one in people} - {asked.person_id})
    look(asked.connection, asked.person_id, numbers, "names", asked.now)


def _of_all(asked: Asked, unit: UnitRow) -> list[str]:
    found = names_seen(asked, unit)
    lines = [f"还没开始的{len(found.idle)}人", *_idle(found.idle)] if found.idle else []
    return lines + ([f"已开始、还没做完的{len(found.misses)}人", *_missing(found.misses)] if found.misses else [])


def _of_goal(asked: Asked, unit: UnitRow, activity: str | None, audience: str | None) -> list[str]:
    people = by_name(asked, unit, lambda rule: pressed_on(rule, activity, audience)).members
    found = [one for one in people if missing(one)]
    _looked(asked, found)
    return [f"还差的{len(found)}人", *_missing(found)] if found else []


def _idle(found: Sequence[Member]) -> list[str]:
    """One line a unit."""
    units = groupby(found, key=lambda one: one.unit)
    return [f"{unit}：{'、'.join(map(name_of, some))}" for unit, some in units]


def _missing(found: Sequence[Member]) -> list[str]:
    return [f"{one.unit} {said(one)}" for one in found]


def name_of(one: Member) -> str:
    """The name; who is on leave is not to be hurried."""
    return f"{one.name}（请假）" if one.away else one.name


def said(one: Member) -> str:
    """王干事 队员14/20 辅导员6/10；另2项."""
    open_ones = missing(one)
    more = f"；另{len(open_ones) - SHOWN}项" if len(open_ones) > SHOWN else ""
    return f"{name_of(one)} {' '.join(line(standing) for standing in open_ones[:SHOWN])}{more}"
