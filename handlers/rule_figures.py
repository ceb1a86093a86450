"""How many of those bound reached each rule, for a unit and all below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.asked import Asked
from handlers.figures import goal
from handlers.team_figures import Documents, by_document, figures
from handlers.wording import number, pages
from models.credits import feeds
from models.policy import Rule
from models.team import RuleFigure, UnitRow, every

LINES = 12


def rule_figures(asked: Asked, unit: UnitRow) -> str:
    """One line a rule, what is pressed first."""
    found = by_document(asked, figures(asked, unit, every))
    return _said(unit, found) if found else f"{unit.name}名册里没有应参加的人。"


def of_topic(asked: Asked, unit: UnitRow, topic: Mapping[str, Any]) -> str | None:
    """The same for the rules that a deed or an audience feeds (全市访谈了多少人); None where it feeds none."""

    def wanted(rule: Rule) -> bool:
        return feeds(rule, topic.get("activity"), topic.get("audience"))

    found = by_document(asked, figures(asked, unit, wanted))
    return _said(unit, found) if found else None


def _said(unit: UnitRow, found: Documents) -> str:
    heads = [f"《{name}》" for name, _ in found] if len(found) > 1 else []
    lines = [[*heads[at : at + 1], *map(_line, some)] for at, (_, some) in enumerate(found)]
    return pages(f"{unit.name}及以下，各项要求（达到/应达到）：", [line for some in lines for line in some], LINES)


def _line(one: RuleFigure) -> str:
    done = sum_of(one)
    if one.rule.kind == "shown":
        return f"{one.rule.title}：合计{done}"
    return f"{goal(one.rule)} {one.met}/{one.bound}人" + (f"，合计{done}" if done else "")


def sum_of(one: RuleFigure) -> str:
    """What all have done together: 70名; people for a share, nothing for what is to be little."""
    return "" if one.rule.op == "<=" else f"{number(one.done)}{'人' if one.rule.gauge else one.rule.unit}"
