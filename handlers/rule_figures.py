"""How many of those bound reached each rule, for a unit and all below it."""

from __future__ import annotations

from handlers.asked import Asked
from handlers.figures import goal
from handlers.wording import number, pages
from models.many import unit_figures
from models.rule_sums import RuleSum, by_rule
from models.team import UnitRow

LINES = 12


def rule_figures(asked: Asked, unit: UnitRow) -> str:
    """One line a rule, what is pressed first."""
    sums = [one for one in rule_sums(asked, unit) if one.rule.kind != "shown" or one.done]
    if not sums:
        return f"{unit.name}名册里没有应参加的人。"
    return pages(f"{unit.name}及以下，各项要求（达到/应达到）：", [_line(one) for one in sums], LINES)


def rule_sums(asked: Asked, unit: UnitRow) -> list[RuleSum]:
    """Every rule's figures over a unit and all below it."""
    return by_rule(unit_figures(asked.connection, asked.policies, asked.calendar, asked.today, unit.path))


def _line(one: RuleSum) -> str:
    done = "" if one.rule.op == "<=" else f"合计{number(one.done)}{one.rule.unit}"
    if one.rule.kind == "shown":
        return f"{one.rule.title}：{done}"
    return "，".join(filter(None, [f"{goal(one.rule)} {one.met}/{one.bound}人", done]))
