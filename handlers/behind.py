"""谁还没开始、谁还差什么、谁要帮忙：本级看姓名，下级看单位；看沁源县名单"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from handlers.asked import LEADER, Asked
from handlers.before import before
from handlers.help_list import help_lines
from handlers.name_list import ASKED_FOR, book_of, fits, name_list, pressed_on, said
from handlers.scope import periods, unit_meant
from models.audit import look
from models.many import unit_figures
from models.names import Misses, missing
from models.policy import Rule
from models.rule_sums import missing_below, paths_below
from models.team import NotStarted, UnitRow, children, not_started

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
    found = not_started(asked.connection, asked.policies, unit.path, periods(asked), asked.today)
    helps = help_lines(asked, unit.path)
    if not found:
        return "\n".join([f"{unit.name}应参加的人都已开始。", *helps])
    mine = [person for person in found if person.path == asked.context.unit_path]
    look(asked.connection, asked.person_id, [p.person_id for p in mine], "behind", asked.now)
    lines = [f"{unit.name}还没开始的有{len(found)}人："]
    lines += [f"本单位：{'、'.join(p.name for p in mine)}"] if mine else []
    return "\n".join(lines + _below(asked, unit.id, [p for p in found if p not in mine]) + helps)


def _below(asked: Asked, unit_id: int, found: Sequence[NotStarted]) -> list[str]:
    units = children(asked.connection, unit_id)
    counts = Counter(next((u.name for u in units if p.path.startswith(u.path)), p.unit) for p in found)
    return [f"{name}：{count}人" for name, count in counts.items()]


def _goal(asked: Asked, unit: UnitRow) -> str:
    """Who misses what was named: people of the own unit, how many in each unit below."""

    def wanted(rule: Rule) -> bool:
        return pressed_on(rule, *fits(asked.meaning.slots))

    mine = missing(asked.connection, book_of(asked), unit.path, wanted, own=True)
    below = children(asked.connection, unit.id)
    figures = unit_figures(asked.connection, asked.policies, asked.calendar, asked.today, unit.path)
    others = missing_below(figures, below, paths_below(asked.connection, unit.path), wanted)
    if not mine and not others:
        titles = "、".join(dict.fromkeys(one.rule.title for one in figures if wanted(one.rule)))
        return f"{unit.name}应参加的人{titles}都够了。" if titles else "这一项没有数量要求，没有人还差。"
    lines = [*_own(asked, unit, mine), *(_counts(one, others[one.id]) for one in below if one.id in others)]
    hint = f"看姓名，回“看{below[0].name}名单”。" if others else ""
    return "\n".join([f"{unit.name}还差的：", *lines, *([hint] if hint else [])])


def _own(asked: Asked, unit: UnitRow, mine: Sequence[Misses]) -> list[str]:
    """Names where it is the asker's own unit, a number where it is one below."""
    if unit.path != asked.context.unit_path:
        return [f"{unit.name}本级：{len(mine)}人"] if mine else []
    look(asked.connection, asked.person_id, [one.person_id for one in mine], "behind", asked.now)
    return [said(one) for one in mine]


def _counts(unit: UnitRow, rules: Mapping[Rule, int]) -> str:
    return f"{unit.name}：{'、'.join(f'{rule.title}{count}人' for rule, count in rules.items())}"
