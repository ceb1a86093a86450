"""What a unit hands in: its people's goals as of a day, and what was done within a span, row by row of units below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from models import goals
from models.calendar import Calendar
from models.calendars import CalendarOf
from models.facts import Fact, ItemFact
from models.histories import Enrolled, History, histories
from models.metrics import totals
from models.policy import Policy, is_bound, rules_for
from models.progress import FROM_BOUND, Standing, plain, standings
from models.stays import FULL, day_map
from models.team import UnitRow, children

ZERO = Decimal(0)
EVERYBODY = 2**62
SUMS: Mapping[str, tuple[str, str]] = {
    "days": ("驻校", "天"),
    "pioneer": ("队员", "名"),
    "counselor": ("辅导员", "名"),
    "student": ("学生", "名"),
    "league_cadre": ("团学干部", "名"),
    "lecture": ("宣讲", "场"),
    "report": ("调研报告", "篇"),
    "case": ("工作案例", "个"),
    "issue": ("问题建议", "条"),
}
MET = ("pioneer", "counselor", "student", "league_cadre")


@dataclass(frozen=True, slots=True)
class Line:
    """One bound person: where they stood on the last day, and the sums of the span."""

    who: Enrolled
    standings: tuple[Standing, ...]
    sums: Mapping[str, Decimal]

    @property
    def begun(self) -> bool:
        """Whether there is anything to show."""
        return any(self.sums.values()) or any(s.done for s in self.standings if s.rule.metric not in FROM_BOUND)

    @property
    def done(self) -> bool:
        """Whether every hard goal is reached."""
        return all(one.met for one in self.standings if one.rule.hard)


@dataclass(frozen=True, slots=True)
class Span:
    """The document that asks, and the days it asks about."""

    policy: Policy
    first: date
    last: date


def person_lines(
    connection: Connection, policies: Mapping[str, Policy], calendar_of: CalendarOf, span: Span, path: str
) -> Iterator[Line]:
    """Everybody of a unit and below whom the document binds; later records, and practice, are left out."""
    for lines in lines_of_each(connection, policies, calendar_of, (span,), path):
        yield from lines.values()


def lines_of_each(
    connection: Connection, policies: Mapping[str, Policy], calendar_of: CalendarOf, spans: Sequence[Span], path: str
) -> Iterator[dict[str, Line]]:
    """Everybody of a unit and below: a line for each document that binds them, by its name; records are read once for all."""
    changed = goals.between(connection, 0, EVERYBODY)
    for history in histories(connection, path):
        calendar, own = calendar_of(history.who.terms), changed.get(history.who.bound.person_id)
        asked = (span for span in spans if _asked(history.who, span))
        yield {span.policy.id: _line(history, policies, calendar, span, own) for span in asked}


def _asked(who: Enrolled, span: Span) -> bool:
    gone = who.left_on is not None and who.left_on <= span.last
    bound = span.policy.id in who.bound.policies and is_bound(span.policy, who.bound)
    return bound and not (who.training or gone)


def _line(
    history: History, policies: Mapping[str, Policy], calendar: Calendar, span: Span, own: goals.Own | None
) -> Line:
    bound = history.who.bound
    facts = [fact for fact in history.facts if fact.end and fact.end <= span.last]
    items = [item for item in history.items if item.day is None or item.day <= span.last]
    rules = [rule for rule in rules_for(policies, bound, span.last, calendar) if rule in span.policy.rules]
    reckoned = totals(facts, items, bound, calendar, rules)
    found = standings(rules, reckoned, bound, calendar, span.last, own)
    return Line(history.who, found, span_sums(facts, items, calendar, span.first, span.last))


def span_sums(
    facts: Iterable[Fact], items: Iterable[ItemFact], calendar: Calendar, first: date, last: date
) -> dict[str, Decimal]:
    """What was done within a span of days, by the keys of SUMS."""
    inside = [f for f in facts if f.state == "active" and f.end and first <= f.end <= last]
    halves = day_map((f for f in inside if f.activity == "on_site"), calendar)
    found = {"days": Decimal(sum(halves.values())) / FULL}
    met = [f for f in inside if f.activity == "interview"]
    found |= {who: sum((_new(f) for f in met if f.audience == who), ZERO) for who in MET}
    for activity in ("lecture", "issue"):
        found[activity] = sum((f.count or ZERO for f in inside if f.activity == activity), ZERO)
    taken = [i for i in items if i.status == "accepted" and i.day and first <= i.day <= last]
    return found | {kind: Decimal(sum(1 for i in taken if i.kind == kind)) for kind in ("report", "case")}


def _new(fact: Fact) -> Decimal:
    return max((fact.count or ZERO) - (fact.met_before or 0), ZERO)


Row = dict[str, Any]


def unit_rows(connection: Connection, unit: UnitRow, lines: Sequence[Line]) -> list[Row]:
    """The unit's own row (with all that no committee below stands for), then one for each committee below."""
    below = children(connection, unit.id)
    places = [next((u for u in below if line.who.path.startswith(u.path)), unit) for line in lines]
    rows = []
    for one in (unit, *below):
        mine = [line for line, place in zip(lines, places, strict=True) if place.id == one.id]
        if mine or one.id != unit.id:
            rows.append(_row(one, mine))
    return rows


def _row(unit: UnitRow, lines: Sequence[Line]) -> Row:
    """A row as JSON keeps it: numbers as people write them."""
    return {
        "unit_id": unit.id,
        "unit": unit.name,
        "bound": len(lines),
        "begun": sum(1 for line in lines if line.begun),
        "done": sum(1 for line in lines if line.done),
        "rules": _rules(lines),
        "sums": {key: plain(sum((line.sums[key] for line in lines), ZERO)) for key in SUMS},
    }


def _rules(lines: Sequence[Line]) -> dict[str, dict[str, Any]]:
    """By rule: its title, how many are bound by it, how many have met it, and what was done all in all."""
    found: dict[str, dict[str, Any]] = {}
    for one in (one for line in lines for one in line.standings if one.rule.kind != "shown"):
        row = found.setdefault(one.rule.id, {"title": one.rule.title, "bound": 0, "met": 0, "done": "0"})
        row["bound"] += 1
        row["met"] += one.met
        row["done"] = plain(Decimal(row["done"]) + one.done)
    return found
