"""单位进度：本级和下级各单位，点开看下一级"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.web.visit import Shown, Visit
from handlers.asked import LEADER
from handlers.figures import goal
from handlers.rule_figures import sum_of
from handlers.scope import unit_numbered
from handlers.team_figures import by_document, change, figures, shown
from handlers.wording import number
from models.regions import units_between
from models.team import Figures, RuleFigure, TeamLine, UnitRow, every

WHO = LEADER
PATH = "team"
GROUP = "单位"


@dataclass(frozen=True, slots=True)
class Line:
    """One unit as the page shows it."""

    name: str
    url: str
    started: int
    bound: int
    days: str
    away: int
    since: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule over a unit and all below it."""

    title: str
    met: int
    bound: int
    done: str


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """A unit's lines in the official order, as of now, and its rules."""
    unit = unit_numbered(visit.asked, query.get("unit"))
    found = figures(visit.asked, unit, every)
    values = {
        "unit": unit,
        "trail": [(one.name, visit.url(PATH, unit=one.id)) for one in _above(visit, unit)],
        "lines": [_line(visit, line, unit) for line in shown(found)],
        "whole": _figures("合计", "", found.whole, ""),
        "documents": [(name, [*map(_rule, some)]) for name, some in by_document(visit.asked, found)],
        "names": visit.url("names", unit=unit.id),
    }
    return Shown("pages/team.html", values)


def _above(visit: Visit, unit: UnitRow) -> list[UnitRow]:
    """The units on the way down to this one, from the visitor's own."""
    return units_between(visit.connection, visit.who.unit_path, unit.path)[:-1]


def _line(visit: Visit, line: TeamLine, unit: UnitRow) -> Line:
    own = line.unit.id == unit.id
    url = "" if own else visit.url(PATH, unit=line.unit.id)
    return _figures(f"{line.unit.name}{'本级' if own else ''}", url, line.now, change(line.now, line.before))


def _figures(name: str, url: str, now: Figures, since: str) -> Line:
    return Line(name, url, now.started, now.bound, number(now.days), now.away, since)


def _rule(one: RuleFigure) -> RuleLine:
    title = one.rule.title if one.rule.kind == "shown" else goal(one.rule)
    return RuleLine(title, one.met, one.bound if one.rule.kind != "shown" else 0, sum_of(one))
