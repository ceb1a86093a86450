"""谁还没开始、谁还差什么、谁要帮忙：本级看姓名，下级看单位；看沁源县名单"""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.asked import LEADER, Asked
from handlers.before import before
from handlers.help_list import help_lines, help_list
from handlers.name_list import ASKED_FOR, fits, missing, name_list, name_of, pressed_on, said
from handlers.scope import unit_meant
from handlers.team_figures import figures
from models.audit import look, looks
from models.policy import Rule
from models.team import Member, Team, TeamLine, UnitRow

WHO = LEADER
EXAMPLE = "谁还没开始"
BARE = re.compile(
    r"(?:看一?下|看看?|查看|要|给我|发我|列一?下?|那)*(?:他们|她们)?的?(?:人员|姓名|具体)?名单(?:呢|看看|给我|发我|一下|吧|[。？?！!\s])*"
)
TEAM = ("team_progress", "behind")


def answer(asked: Asked) -> str:
    """Names for the own unit's people, numbers for the units below; names of theirs where names were asked for."""
    slots = asked.meaning.slots
    if BARE.fullmatch(asked.meaning.masked) or (slots.get("region") and ASKED_FOR in asked.meaning.masked):
        return _names(asked)
    unit = unit_meant(asked, slots.get("region"))
    return _goal(asked, unit) if any(fits(slots)) else _idle(asked, unit)


def _names(asked: Asked) -> str:
    """Of the unit that was said, else of the one just asked about; what was asked about it goes on."""
    last = before(asked, TEAM, ("more",))
    slots = {**(last.meaning.slots if last else {}), **asked.meaning.slots}
    return name_list(asked, unit_meant(asked, slots.get("region")), slots)


def _idle(asked: Asked, unit: UnitRow) -> str:
    found = figures(asked, unit, named=[asked.context.unit_id])
    known = help_list(found)
    mine = [one for one in found.members if not one.begun]
    seen = {"behind": [one.person_id for one in mine], "help": [one.person_id for one in known.mine]}
    looks(asked.connection, asked.person_id, seen, asked.now)
    helps = help_lines(known)
    left = found.whole.bound - found.whole.started
    if not left:
        return "\n".join([f"{unit.name}应参加的人都已开始。", *helps])
    away = f"，其中{found.whole.away}人请假" if found.whole.away else ""
    lines = [f"{unit.name}还没开始的有{left}人{away}："]
    lines += [f"本单位：{'、'.join(map(name_of, mine))}"] if mine else []
    counts = ((_place(line, unit), _unnamed(line, mine)) for line in found.lines)
    return "\n".join([*lines, *(f"{name}：{count}人" for name, count in counts if count), *helps])


def _unnamed(line: TeamLine, mine: Sequence[Member]) -> int:
    """How many of a line have not begun, but for those who were named."""
    named = sum(1 for one in mine if one.unit_id == line.unit.id)
    return line.bound - line.started - named


def _place(line: TeamLine, unit: UnitRow) -> str:
    return f"{unit.name}本级" if line.unit.id == unit.id else line.unit.name


def _goal(asked: Asked, unit: UnitRow) -> str:
    """Who misses what was named: people of the own unit, how many in each unit below."""

    def wanted(rule: Rule) -> bool:
        return pressed_on(rule, *fits(asked.meaning.slots))

    found = figures(asked, unit, wanted, [asked.context.unit_id])
    mine = [one for one in found.members if missing(one)]
    look(asked.connection, asked.person_id, [one.person_id for one in mine], "behind", asked.now)
    counts = [(line, words) for line in found.lines if (words := _counts(line, own=bool(mine), unit=unit))]
    if not mine and not counts:
        return _all_reached(found, unit)
    lines = [*map(said, mine), *(f"{_place(line, unit)}：{words}" for line, words in counts)]
    below = [line.unit.name for line, _ in counts if line.unit.id != unit.id]
    hint = [f"看姓名，回“看{below[0]}名单”。"] if below else []
    return "\n".join([f"{unit.name}还差的：", *lines, *hint])


def _counts(line: TeamLine, *, own: bool, unit: UnitRow) -> str:
    """队员1人、辅导员2人; nothing of the line whose people are named."""
    if own and line.unit.id == unit.id:
        return ""
    return "、".join(f"{one.rule.title}{one.bound - one.met}人" for one in line.now.rules if one.met < one.bound)


def _all_reached(found: Team, unit: UnitRow) -> str:
    titles = "、".join(dict.fromkeys(one.rule.title for one in found.whole.rules))
    return f"{unit.name}应参加的人{titles}都够了。" if titles else "这一项没有数量要求，没有人还差。"
