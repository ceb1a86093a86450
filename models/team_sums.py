"""From the sums of a group of people to figures: each rule that binds them, whether they have begun, their days at school."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from models.calendar import Calendar
from models.catalogue import CATALOGUE
from models.facts import Bound, Stretch
from models.keeping import BEGUN, DAYS, begun_key
from models.people import SCHOOL_KINDS
from models.periods import period_of
from models.policy import Policy, Rule, is_bound, rules_for
from models.progress import FROM_BOUND, Goals, Standing, reached, standings
from models.team_rows import Group, Key, One, Range, Sums

ZERO = Decimal(0)
MOST = Decimal(1_000_000)
NOTHING = Sums(0, ZERO, ())
PARTS = ("", ":of", ":share")
# Totals of these ways are whole numbers, so that having any is having one.
WHOLE = frozenset({"entries", "visits", "links", "identity", "tasks"})
Choice = Callable[[Rule], bool]


@dataclass(frozen=True, slots=True)
class RuleFigure:
    """One rule over some people: how many it binds, how many of them have begun, have done it, and the sum of all."""

    rule: Rule
    bound: int
    begun: int
    met: int
    done: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """People bound; who has begun this term or year; days at school this term; who is on leave and has not begun; who stands on the help list."""

    bound: int = 0
    started: int = 0
    days: Decimal = ZERO
    away: int = 0
    rules: tuple[RuleFigure, ...] = ()
    helped: int = 0


class Kind(NamedTuple):
    """What people of some units share: the line they are counted in, the level, the documents, the calendar."""

    line: int
    level: str
    policies: str
    calendar: Calendar


class Reading:
    """The totals that the chosen rules read: what is asked of the database, and where its answers belong."""

    def __init__(
        self, policies: Mapping[str, Policy], kinds: Iterable[Kind], choice: Choice, today: date, *, past: bool
    ) -> None:
        self.policies, self.choice, self.today, self.past = policies, choice, today, past
        self.ranges: dict[Key, list[Range]] = {}
        self._periods: dict[tuple[Rule, Calendar], str] = {}
        for calendar in dict.fromkeys(kind.calendar for kind in kinds):
            for key in summed(calendar, today):
                self.ranges.setdefault(key, [])
            for rule in (rule for policy in policies.values() for rule in policy.rules if self._is_read(rule)):
                self._read(rule, calendar)

    def _is_read(self, rule: Rule) -> bool:
        return self.choice(rule) and rule.metric not in FROM_BOUND

    def _read(self, rule: Rule, calendar: Calendar) -> None:
        """A rule's own total and, for a gauge, the whole and the share; that in which it is confirmed."""
        period = self._periods[rule, calendar] = period_of(rule.period, self.today, calendar, rule.month).key
        keys = [(rule.measure + part, period) for part in (PARTS if rule.gauge else PARTS[:1])]
        confirmed = [(rule.measure, period_of(rule.confirm, self.today, calendar).key)] if rule.confirm else []
        for key in (*keys, *confirmed):
            self.ranges.setdefault(key, [])
        if not any_will_do(rule) and _ends(rule) not in self.ranges[keys[-1]]:
            self.ranges[keys[-1]].append(_ends(rule))

    def figure(
        self, found: Mapping[Key, Sums], rule: Rule, calendar: Calendar, people: int, goals: Goals
    ) -> RuleFigure:
        """A rule's figure over people whom it binds; where there is but one, by the goal an approver gave."""
        period = self._periods[rule, calendar]
        sums = found.get((rule.measure, period), NOTHING)
        if (rule.id, period) in goals:
            size = int(found.get((rule.measure + ":of", period), NOTHING).done)
            met = int(reached(rule, sums.done, goals[rule.id, period], size))
        else:
            met = self._met(found, rule, period, people)
        return RuleFigure(rule, people, sums.begun, sums.begun if rule.kind == "shown" else met, sums.done)

    def _met(self, found: Mapping[Key, Sums], rule: Rule, period: str, people: int) -> int:
        key = rule.measure + (PARTS[-1] if rule.gauge else ""), period
        sums = found.get(key, NOTHING)
        if any_will_do(rule):
            return sums.begun
        # What is to be at most so much is kept by whoever has nothing at all.
        free = people - sums.begun if rule.op == "<=" else 0
        return free + (sums.within[self.ranges[key].index(_ends(rule))] or 0 if sums.within else 0)

    def rules(self, bound: Bound, calendar: Calendar) -> list[Rule]:
        """The chosen rules that bind today."""
        return [rule for rule in rules_for(self.policies, bound, self.today, calendar) if self.choice(rule)]

    def is_bound(self, bound: Bound) -> bool:
        """Whether any document binds."""
        return any(is_bound(self.policies[name], bound) for name in bound.policies if name in self.policies)


def summed(calendar: Calendar, today: date) -> tuple[Key, Key]:
    """Where it is kept whether anything was done, and how many days at school."""
    term = calendar.key_on(today)
    return (BEGUN, begun_key(term, today.year)), (DAYS, term)


def any_will_do(rule: Rule) -> bool:
    """Whether whoever has begun has done it: nothing to compare then."""
    return rule.kind == "shown" or (rule.op == ">=" and rule.goal == 1 and CATALOGUE[rule.metric].way in WHOLE)


def _ends(rule: Rule) -> Range:
    """A rule as two ends: every comparison is one."""
    low = ZERO if rule.op == "<=" else rule.goal
    return low, {">=": MOST, "between": rule.high}.get(rule.op, rule.goal)


@dataclass(frozen=True)
class Reckoned:
    """A group (or one person) with what its sums come to."""

    group: Group
    kind: Kind
    reading: Reading

    @cached_property
    def bound(self) -> Bound:
        """What decides their rules; of one person also the schools."""
        group, one, level = self.group, self.group.one, self.kind.level
        names = tuple((group.policies or self.kind.policies).split())
        who = (one.id if one else 0, level, group.post, frozenset({"cadre"}), names, one.joined_on if one else None)
        return Bound(*who, group.posted, *(_schools(one, kind) for kind in SCHOOL_KINDS))

    @cached_property
    def goals(self) -> Goals:
        """What an approver changed for one person, by rule and period."""
        given = self.group.one.goals if self.group.one else ()
        return {(rule, period): Decimal(data["value"]) for rule, period, data in given}

    @cached_property
    def now(self) -> Figures:
        """Their figures of today."""
        return self._figures(self.group.now, rules=True) if self.group.serving else Figures()

    @property
    def before(self) -> Figures:
        """Their figures by what was done up to the end of last month."""
        return self._figures(self.group.then, rules=self.reading.past) if self.group.served else Figures()

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Where one person stands by the chosen rules."""
        calendar, reading = self.kind.calendar, self.reading
        totals = {key: sums.done for key, sums in self.group.now.items()}
        rules = reading.rules(self.bound, calendar)
        return standings(rules, totals, self.bound, calendar, reading.today, self.goals)

    def _figures(self, found: Mapping[Key, Sums], *, rules: bool) -> Figures:
        """All nothing where no document binds them."""
        reading, calendar, people = self.reading, self.kind.calendar, self.group.people
        if not reading.is_bound(self.bound):
            return Figures()
        begun, days = (found.get(key, NOTHING) for key in summed(calendar, reading.today))
        known = reading.rules(self.bound, calendar) if rules else ()
        counted = (rule for rule in known if rule.metric not in FROM_BOUND)
        figures = tuple(reading.figure(found, rule, calendar, people, self.goals) for rule in counted)
        away, helped = people - begun.begun if self.group.away else 0, people if self.group.helped else 0
        return Figures(people, begun.begun, days.done, away, figures, helped)


def _schools(one: One | None, kind: str) -> tuple[Stretch, ...]:
    schools = one.schools if one else ()
    day = date.fromisoformat
    return tuple((school, day(start), day(end) if end else None) for of, school, start, end in schools if of == kind)


def added(many: Iterable[Figures]) -> Figures:
    """Figures added up, rule by rule."""
    found, rules = list(many), dict[Rule, RuleFigure]()
    for rule in (rule for one in found for rule in one.rules):
        rules[rule.rule] = _both(rules[rule.rule], rule) if rule.rule in rules else rule
    return Figures(
        sum(one.bound for one in found),
        sum(one.started for one in found),
        sum((one.days for one in found), ZERO),
        sum(one.away for one in found),
        tuple(rules.values()),
        sum(one.helped for one in found),
    )


def _both(one: RuleFigure, other: RuleFigure) -> RuleFigure:
    return RuleFigure(
        one.rule, one.bound + other.bound, one.begun + other.begun, one.met + other.met, one.done + other.done
    )
