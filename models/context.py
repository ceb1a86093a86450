"""Who writes, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from models.facts import Bound, Fact, ItemFact
from models.people import SCHOOL_KINDS

DEFAULT_POLICY = "pioneer_2017"
CAME_BACK = "came_back"  # beside a question


class OwnSchool(NamedTuple):
    """A school assigned to the person, from one day to another (open at the end)."""

    school_id: int
    name: str
    kind: str
    start: date
    end: date | None


class OpenQuestion(NamedTuple):
    """A question that waits for its answer."""

    id: int
    kind: str
    text: str
    entry_id: int | None
    plan_id: int | None
    data: dict[str, Any]
    asked_at: datetime

    @property
    def came_back(self) -> bool:
        """Whether it was put a second time already; it does not head replies any more."""
        return bool(self.data.get(CAME_BACK))


class OpenPlan(NamedTuple):
    """Something said to be done, not yet asked about."""

    id: int
    message_id: int | None
    activity: str | None
    audience: str | None
    count: Decimal | None  # type: ignore[assignment] # a field is meant, not the tuple method
    place: str | None
    start: date | None
    end: date | None


class Waiting(NamedTuple):
    """A push that could not go out and heads the next conversation instead."""

    id: int
    state: str
    due: datetime
    text: str


class OwnGoal(NamedTuple):
    """A goal that an approver changed for the person: of a rule, in a period."""

    rule: str
    period: str
    data: dict[str, Any]


class TermRow(NamedTuple):
    """A term of a unit at or above the person's; `depth` grows downwards, so the deepest wins."""

    depth: int
    name: str
    start: date
    end: date
    teaching_start: date | None
    teaching_end: date | None


@dataclass(frozen=True, slots=True)
class Context:
    """Who writes, and what is known of them. Nobody (`person_id` None) is a stranger."""

    account_id: int
    failures: int
    locked_until: datetime | None
    person_id: int | None = None
    name: str = ""
    unit_id: int = 0
    unit_name: str = ""
    unit_path: str = ""
    level: str = ""
    post: str = ""
    roles: frozenset[str] = frozenset()
    policies: tuple[str, ...] = ()
    joined_on: date | None = None
    grassroots_posting: bool = False
    training: bool = False
    facts: tuple[Fact, ...] = ()
    items: tuple[ItemFact, ...] = ()
    schools: tuple[OwnSchool, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    plans: tuple[OpenPlan, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    terms: tuple[TermRow, ...] = ()
    changed: tuple[OwnGoal, ...] = ()

    @property
    def own_schools(self) -> tuple[OwnSchool, ...]:
        """The schools assigned or linked without an end, the own ones first."""
        present = (s for s in self.schools if s.end is None)
        return tuple(sorted(present, key=lambda s: s.kind != "own"))

    @property
    def goals(self) -> dict[tuple[str, str], Decimal]:
        """The numbers that differ from the rules', by rule and period."""
        return {(one.rule, one.period): Decimal(one.data["value"]) for one in self.changed}

    def may(self, role: str) -> bool:
        """Whether the person has this role."""
        return role in self.roles

    @property
    def bound(self) -> Bound:
        """What decides the rules for this person."""
        own, linked = (
            tuple((s.school_id, s.start, s.end) for s in self.schools if s.kind == kind) for kind in SCHOOL_KINDS
        )
        return Bound(
            self.person_id or 0,
            self.level,
            self.post,
            self.roles,
            self.policies,
            self.joined_on,
            self.grassroots_posting,
            own,
            linked,
        )
