"""From what is kept of a group of people to figures: each rule that binds them, whether they have begun, their days at school."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import NamedTuple

from models.calendar import Calendar
from models.facts import Bound, Stretch
from models.keeping import BEGUN, DAYS, begun_key
from models.packed import Key, Spread, spread
from models.people import SCHOOL_KINDS
from models.periods import period_of
from models.policy import Policy, Rule, is_bound, rules_for
from models.progress import FROM_BOUND, Goals, Standing, reached, standings
from models.team_rows import Group, One

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
        self._chosen = cache(lambda rules: tuple(filter(choice, rules)))
        self.summed = {key for calendar in calendars for key in summed(calendar, today)}
        rules = [rule for policy in policies.values() for rule in policy.rules if self._is_read(rule)]
        self._slots = {(rule, calendar): _slot(rule, calendar, today) for rule in rules for calendar in calendars}
        confirmed = {(rule.measure, _confirmed(rule, one, today)) for rule, one in self._slots if rule.confirm}
        self.keys = self.summed | confirmed | {key for slot in self._slots.values() for key in slot[1:4]}

    def _is_read(self, rule: Rule) -> bool:
        return self.choice(rule) and rule.metric not in FROM_BOUND

    def slot(self, rule: Rule, calendar: Calendar) -> Slot:
        """Where a rule is read."""
        return self._slots[rule, calendar]

    def rules(self, bound: Bound, calendar: Calendar) -> tuple[Rule, ...]:
        """The chosen rules that bind today."""
        return self._chosen(rules_for(self.policies, bound, self.today, calendar))

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


def _met(slot: Slot, found: Mapping[Key, Spread], rule: Rule, people: int) -> int:
    """How many of so many people are where the rule wants them."""
    spread = found.get(slot.compared, NOBODY)
    # What is to be at most so much is kept by whoever has nothing at all.
    free = people - sum(spread.values()) if rule.op == "<=" else 0
    return free + sum(some for value, some in spread.items() if slot.low <= value <= slot.high)


def amount(spread: Spread) -> Decimal:
    """All of it together."""
    return sum((value * people for value, people in spread.items()), ZERO)


@dataclass(frozen=True)
class Reckoned:
    """A group (or one person) with what decides its figures."""

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
    def binds(self) -> bool:
        """Whether any document binds them."""
        return self.reading.is_bound(self.bound)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The chosen rules that bind them."""
        return self.reading.rules(self.bound, self.kind.calendar)

    @property
    def counts(self) -> bool:
        """Whether they are in the figures of today."""
        return self.binds and self.group.serving

    @property
    def counted(self) -> bool:
        """Whether they are in those of the end of last month."""
        return self.binds and self.group.served

    @cached_property
    def begun(self) -> int:
        """How many of them have begun."""
        return sum(self.spread().get(summed(self.kind.calendar, self.reading.today)[0], NOBODY).values())

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Where one person stands by the chosen rules."""
        totals = {key: amount(found) for key, found in self.spread().items()}
        return standings(self.rules, totals, self.bound, self.kind.calendar, self.reading.today, self.goals)

    def spread(self) -> dict[Key, Spread]:
        """What is kept of them today."""
        return spread([self.group.now], self.reading.keys)


@dataclass(frozen=True)
class Pool:
    """People whom the same rules bind by the same calendar, with what is kept of all of them, today or of last month."""

    rules: tuple[Rule, ...]
    calendar: Calendar
    groups: Sequence[Reckoned]
    past: bool

    @property
    def figures(self) -> Figures:
        """The figures of all of them together."""
        found = spread(map(self._lines, self.groups), self.reading.keys)
        people = sum(one.group.people for one in self.groups)
        begun, days = (found.get(key, NOBODY) for key in summed(self.calendar, self.reading.today))
        away = sum(one.group.people - one.begun for one in self.groups if one.group.away and not self.past)
        helped = sum(one.group.people for one in self.groups if one.group.helped)
        rules = tuple(self._figure(rule, found, people) for rule in self.rules if rule.metric not in FROM_BOUND)
        return Figures(people, sum(begun.values()), amount(days), away, rules, helped)

    @property
    def reading(self) -> Reading:
        """What is read of everybody."""
        return self.groups[0].reading

    @cached_property
    def changed(self) -> Mapping[tuple[str, str], Sequence[Reckoned]]:
        """Who has a goal of their own, by rule and period."""
        found: dict[tuple[str, str], list[Reckoned]] = {}
        for goal, who in ((goal, one) for one in self.groups for goal in one.goals):
            found.setdefault(goal, []).append(who)
        return found

    def _lines(self, one: Reckoned) -> Mapping[str, str]:
        return one.group.then if self.past else one.group.now

    def _figure(self, rule: Rule, found: Mapping[Key, Spread], people: int) -> RuleFigure:
        slot = self.reading.slot(rule, self.calendar)
        total = found.get(slot.total, NOBODY)
        begun = met = sum(total.values())
        if rule.kind != "shown":
            own = (self._own(one, rule, slot) for one in self.changed.get((rule.id, slot.period), ()))
            met = _met(slot, found, rule, people) + sum(own)
        return RuleFigure(rule, people, begun, met, amount(total))

    def _own(self, one: Reckoned, rule: Rule, slot: Slot) -> int:
        """What changes when somebody is measured by the own goal: -1, 0 or 1."""
        line = {slot.period: self._lines(one).get(slot.period, "")}
        found = spread([line], {slot.total, slot.whole, slot.compared})
        done, size = (amount(found.get(key, NOBODY)) for key in (slot.total, slot.whole))
        return reached(rule, done, one.goals[rule.id, slot.period], int(size)) - _met(slot, found, rule, 1)


def together(groups: Iterable[Reckoned], *, past: bool = False) -> Figures:
    """The figures of these people today, or by what was done up to the end of last month."""
    pools: dict[tuple[tuple[Rule, ...], Calendar], list[Reckoned]] = {}
    for one in groups:
        if one.counted if past else one.counts:
            rules = () if past and not one.reading.past else one.rules
            pools.setdefault((rules, one.kind.calendar), []).append(one)
    return added(Pool(*key, some, past).figures for key, some in pools.items())


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
