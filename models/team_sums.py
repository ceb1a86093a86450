"""From what is kept of a group of people to figures: each rule that binds them, whether they have begun, their days at school."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from models.calendar import Calendar
from models.facts import Bound, Stretch
from models.keeping import BEGUN, DAYS, begun_key
from models.people import SCHOOL_KINDS
from models.periods import period_of
from models.policy import Policy, Rule, is_bound, rules_for
from models.progress import FROM_BOUND, Goals, Standing, reached, standings
from models.team_rows import Group, Key, One, Spread

ZERO = Decimal(0)
MOST = Decimal(1_000_000)
NOBODY: Spread = {}
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


class Slot(NamedTuple):
    """Where a rule's figure is read on a day: the total, a gauge's whole, what is compared, and the ends it is to lie between."""

    period: str
    total: Key
    whole: Key
    compared: Key
    low: Decimal
    high: Decimal


class Reading:
    """The totals that the chosen rules read: what is asked of the database, and where its answers belong."""

    def __init__(
        self, policies: Mapping[str, Policy], kinds: Iterable[Kind], choice: Choice, today: date, *, past: bool
    ) -> None:
        self.policies, self.choice, self.today, self.past = policies, choice, today, past
        calendars = list(dict.fromkeys(kind.calendar for kind in kinds))
        self.summed = {key for calendar in calendars for key in summed(calendar, today)}
        rules = [rule for policy in policies.values() for rule in policy.rules if self._is_read(rule)]
        self._slots = {(rule, calendar): _slot(rule, calendar, today) for rule in rules for calendar in calendars}
        confirmed = {(rule.measure, _confirmed(rule, one, today)) for rule, one in self._slots if rule.confirm}
        self.keys = self.summed | confirmed | {key for slot in self._slots.values() for key in slot[1:4]}

    def _is_read(self, rule: Rule) -> bool:
        return self.choice(rule) and rule.metric not in FROM_BOUND

    def figure(
        self, found: Mapping[Key, Spread], rule: Rule, calendar: Calendar, people: int, goals: Goals
    ) -> RuleFigure:
        """A rule's figure over people whom it binds; where there is but one, by the goal an approver gave."""
        slot = self._slots[rule, calendar]
        spread = found.get(slot.total, NOBODY)
        begun, done = sum(spread.values()), amount(spread)
        if (rule.id, slot.period) in goals:
            goal, size = goals[rule.id, slot.period], int(amount(found.get(slot.whole, NOBODY)))
            met = int(reached(rule, done, goal, size))
        else:
            met = _met(slot, found.get(slot.compared, NOBODY), rule, people)
        return RuleFigure(rule, people, begun, begun if rule.kind == "shown" else met, done)

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


def _slot(rule: Rule, calendar: Calendar, today: date) -> Slot:
    period = period_of(rule.period, today, calendar, rule.month).key
    total, whole, share = ((rule.measure + part, period) for part in ("", ":of", ":share"))
    return Slot(period, total, whole, share if rule.gauge else total, *_ends(rule))


def _confirmed(rule: Rule, calendar: Calendar, today: date) -> str:
    """The period in which it is to be said once more."""
    return period_of(rule.confirm, today, calendar).key


def _ends(rule: Rule) -> tuple[Decimal, Decimal]:
    """A rule as two ends: every comparison is one."""
    low = ZERO if rule.op == "<=" else rule.goal
    return low, {">=": MOST, "between": rule.high}.get(rule.op, rule.goal)


def _met(slot: Slot, spread: Spread, rule: Rule, people: int) -> int:
    # What is to be at most so much is kept by whoever has nothing at all.
    free = people - sum(spread.values()) if rule.op == "<=" else 0
    return free + sum(some for value, some in spread.items() if slot.low <= value <= slot.high)


def amount(spread: Spread) -> Decimal:
    """All of it together."""
    return sum((value * people for value, people in spread.items()), ZERO)


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
        totals = {key: amount(spread) for key, spread in self.group.now.items()}
        rules = reading.rules(self.bound, calendar)
        return standings(rules, totals, self.bound, calendar, reading.today, self.goals)

    def _figures(self, found: Mapping[Key, Spread], *, rules: bool) -> Figures:
        """All nothing where no document binds them."""
        reading, calendar, people = self.reading, self.kind.calendar, self.group.people
        if not reading.is_bound(self.bound):
            return Figures()
        begun, days = (found.get(key, NOBODY) for key in summed(calendar, reading.today))
        started = sum(begun.values())
        known = reading.rules(self.bound, calendar) if rules else ()
        counted = (rule for rule in known if rule.metric not in FROM_BOUND)
        figures = tuple(reading.figure(found, rule, calendar, people, self.goals) for rule in counted)
        away, helped = people - started if self.group.away else 0, people if self.group.helped else 0
        return Figures(people, started, amount(days), away, figures, helped)


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
