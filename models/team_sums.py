"""From the sums of a group of people to figures: each rule that binds them, whether they have begun, their days at school."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from models.calendar import Calendar
from models.facts import Bound, Stretch
from models.keeping import BEGUN, DAYS, begun_key
from models.metrics import Totals
from models.people import SCHOOL_KINDS
from models.periods import period_of
from models.policy import Policy, Rule, is_bound, rules_for
from models.progress import FROM_BOUND, Standing, standings
from models.team_rows import Group, Read, Sums, Wanted

ZERO = Decimal(0)
MOST = Decimal(1_000_000)
NOTHING = Sums(0, ZERO, 0)
ANY = (ZERO, MOST)
Choice = Callable[[Rule], bool]
Key = tuple[str, str]
Range = tuple[Decimal, Decimal]


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
    """People bound; those who have begun this term or year; days at school this term; those on leave who have not begun."""

    bound: int = 0
    started: int = 0
    days: Decimal = ZERO
    away: int = 0
    rules: tuple[RuleFigure, ...] = ()


class Kind(NamedTuple):
    """What people of some units share: the line they are counted in, the level, the documents, the calendar."""

    line: int
    level: str
    policies: str
    calendar: Calendar


class Numbers:
    """The totals that are read, numbered: what is wanted of the database, and where its answers belong."""

    def __init__(self, policies: Mapping[str, Policy], kinds: Iterable[Kind], choice: Choice, today: date) -> None:
        self.policies, self.choice, self.today = policies, choice, today
        self._of: dict[tuple[str, str, Decimal, Decimal], int] = {}
        for calendar in dict.fromkeys(kind.calendar for kind in kinds):
            self._number(calendar)

    def _number(self, calendar: Calendar) -> None:
        for key in _summed(calendar, self.today):
            self._of.setdefault((*key, *ANY), len(self._of))
        for rule in (rule for policy in self.policies.values() for rule in policy.rules if self._read(rule)):
            for key, ends in _reads(rule, calendar, self.today):
                self._of.setdefault((*key, *ends), len(self._of))

    def _read(self, rule: Rule) -> bool:
        return self.choice(rule) and rule.metric not in FROM_BOUND

    def wanted(self) -> Iterator[Wanted]:
        """What is asked of the database."""
        return (Wanted(number, *key) for key, number in self._of.items())

    def _sums(self, found: Mapping[int, Sums], key: Key, ends: Range = ANY) -> Sums:
        return found.get(self._of[*key, *ends], NOTHING)

    def sums_of(self, found: Mapping[int, Sums], calendar: Calendar) -> tuple[Sums, Sums]:
        """Whether anything was done, and the days at school."""
        begun, days = _summed(calendar, self.today)
        return self._sums(found, begun), self._sums(found, days)

    def figure(self, found: Mapping[int, Sums], rule: Rule, calendar: Calendar, people: int) -> RuleFigure:
        """A rule's figure over people whom it binds."""
        key = key_of(rule, calendar, self.today)
        sums = self._sums(found, key, ANY if rule.gauge else ends_of(rule))
        met = self._sums(found, _part(key, ":share"), ends_of(rule)) if rule.gauge else sums
        # What is to be at most so much is kept by whoever has nothing at all.
        free = people - sums.begun if rule.op == "<=" else 0
        return RuleFigure(rule, people, sums.begun, met.within + free, sums.done)

    def totals(self, found: Mapping[int, Sums]) -> Totals:
        """One person's totals, out of the sums of a group of one."""
        return {key[:2]: found[number].done for key, number in self._of.items() if number in found}

    def rules(self, bound: Bound, calendar: Calendar) -> list[Rule]:
        """The chosen rules that bind today."""
        return [rule for rule in rules_for(self.policies, bound, self.today, calendar) if self.choice(rule)]

    def is_bound(self, bound: Bound) -> bool:
        """Whether any document binds."""
        return any(is_bound(self.policies[name], bound) for name in bound.policies if name in self.policies)


def _summed(calendar: Calendar, today: date) -> tuple[Key, Key]:
    term = calendar.key_on(today)
    return (BEGUN, begun_key(term, today.year)), (DAYS, term)


def _reads(rule: Rule, calendar: Calendar, today: date) -> Iterator[tuple[Key, Range]]:
    """The totals that a rule reads: its own and, for a gauge, the whole and the share; that in which it is confirmed."""
    key = key_of(rule, calendar, today)
    yield key, ANY if rule.gauge else ends_of(rule)
    if rule.gauge:
        yield _part(key, ":of"), ANY
        yield _part(key, ":share"), ends_of(rule)
    if rule.confirm:
        yield (rule.measure, period_of(rule.confirm, today, calendar).key), ANY


def _part(key: Key, name: str) -> Key:
    return key[0] + name, key[1]


def key_of(rule: Rule, calendar: Calendar, today: date) -> Key:
    """Where a rule's total is kept."""
    return rule.measure, period_of(rule.period, today, calendar, rule.month).key


def ends_of(rule: Rule) -> Range:
    """A rule as two ends: every comparison is one."""
    low = ZERO if rule.op == "<=" else rule.goal
    return low, {">=": MOST, "between": rule.high}.get(rule.op, rule.goal)


@dataclass(frozen=True)
class Reckoned:
    """A group (or one person) with what its sums come to."""

    read: Read
    kind: Kind
    numbers: Numbers

    @property
    def group(self) -> Group:
        """Who they are."""
        return self.read.group

    @cached_property
    def bound(self) -> Bound:
        """What decides their rules; of one person also the schools."""
        group = self.group
        schools: dict[str, list[Stretch]] = {kind: [] for kind in SCHOOL_KINDS}
        for kind, school, start, end in group.schools:
            schools[kind].append((school, date.fromisoformat(start), date.fromisoformat(end) if end else None))
        names = tuple((group.policies or self.kind.policies).split())
        who = (group.one or 0, self.kind.level, group.post, frozenset({"cadre"}), names, group.joined_on, group.posted)
        return Bound(*who, *(tuple(schools[kind]) for kind in SCHOOL_KINDS))

    @cached_property
    def now(self) -> Figures:
        """Their figures of today."""
        return self._figures(self.read.now) if self.group.serving else Figures()

    @property
    def before(self) -> Figures:
        """Their figures by what was done up to the end of last month."""
        return self._figures(self.read.then) if self.group.served else Figures()

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Where one person stands by the chosen rules."""
        return self._standings(self.read.now, self.numbers.rules(self.bound, self.kind.calendar))

    def _figures(self, found: Mapping[int, Sums]) -> Figures:
        """All nothing where no document binds them."""
        if not self.numbers.is_bound(self.bound):
            return Figures()
        people, (begun, days) = self.group.people, self.numbers.sums_of(found, self.kind.calendar)
        away = people - begun.begun if self.group.away else 0
        rules = [r for r in self.numbers.rules(self.bound, self.kind.calendar) if r.metric not in FROM_BOUND]
        if self.group.one is not None:
            made = tuple(map(_own, self._standings(found, rules)))
        else:
            made = tuple(self.numbers.figure(found, rule, self.kind.calendar, people) for rule in rules)
        return Figures(people, begun.begun, days.done, away, made)

    def _standings(self, found: Mapping[int, Sums], rules: Sequence[Rule]) -> tuple[Standing, ...]:
        goals = {(rule, period): Decimal(data["value"]) for rule, period, data in self.group.goals}
        totals, numbers = self.numbers.totals(found), self.numbers
        return standings(rules, totals, self.bound, self.kind.calendar, numbers.today, goals)


def _own(one: Standing) -> RuleFigure:
    met = one.met or (one.rule.kind == "shown" and one.done > 0)
    return RuleFigure(one.rule, 1, int(one.done > 0), int(met), one.done)


def added(many: Iterable[Figures]) -> Figures:
    """Figures added up, rule by rule."""
    sums, rules = Figures(), dict[Rule, RuleFigure]()
    for one in many:
        sums = Figures(sums.bound + one.bound, sums.started + one.started, sums.days + one.days, sums.away + one.away)
        for rule in one.rules:
            rules[rule.rule] = _both(rules[rule.rule], rule) if rule.rule in rules else rule
    return Figures(sums.bound, sums.started, sums.days, sums.away, tuple(rules.values()))


def _both(one: RuleFigure, other: RuleFigure) -> RuleFigure:
    return RuleFigure(
        one.rule, one.bound + other.bound, one.begun + other.begun, one.met + other.met, one.done + other.done
    )
