"""What a handler is given: who asks, what was meant, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Connection

from bot.understanding.meaning import Meaning
from models.calendar import Calendar
from models.calendars import CalendarOf
from models.context import Context
from models.journal import Actor
from models.policy import Policy, Rule, rules_for
from models.team import Books
from models.vault import Vault

RESPONSIBLE = frozenset({"responsible_head", "responsible_office"})
LEADER = frozenset({"unit_admin", "approver", "supervisor"}) | RESPONSIBLE
MEMBER = frozenset({"cadre"}) | LEADER
ANYONE = frozenset({"stranger"}) | MEMBER


class Addresses(Protocol):
    """Makes the address of a link from its kind and number; `known` where the platform itself says who opens it."""

    @property
    def known(self) -> bool: ...  # noqa: D102
    def __call__(self, kind: str, number: int) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Asked:
    """One message at the point where a handler takes it. `now` is aware, in Asia/Shanghai."""

    connection: Connection
    context: Context
    meaning: Meaning
    message_id: int | None  # none where a page asks
    channel: str
    user: str
    now: datetime
    calendar: Calendar
    policies: Mapping[str, Policy]
    vault: Vault
    commands: tuple[Command, ...] = ()
    address: Addresses | None = None  # of a link; none where the service is reached by chat alone
    calendar_of: CalendarOf | None = None  # of a unit by its terms
    reads: Callable[[str, datetime], Meaning] | None = None  # how words said before are understood

    @property
    def today(self) -> date:
        """The day of the message."""
        return self.now.date()

    @property
    def person_id(self) -> int:
        """The asker; handlers for members are never reached by strangers."""
        if self.context.person_id is None:
            raise LookupError("a stranger has no person")
        return self.context.person_id

    @property
    def actor(self) -> Actor:
        """The asker as the one who changes records."""
        who = self.context
        return Actor(self.person_id, who.unit_id, self.message_id, self.now, who.training)

    @property
    def books(self) -> Books:
        """What many people's figures are reckoned by; where no other calendars are at hand, the asker's."""
        return Books(self.policies, self.calendar_of or (lambda _rows: self.calendar), self.today)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that bind the asker today."""
        return rules_for(self.policies, self.context.bound, self.today, self.calendar)

    @property
    def roles(self) -> frozenset[str]:
        """What the asker is; nobody known is a stranger."""
        return self.context.roles if self.context.person_id else frozenset({"stranger"})


Answer = Callable[[Asked], str]


@dataclass(frozen=True, slots=True)
class Command:
    """A handler as the conversation and the help see it: its line, who may, an example, what it does."""

    line: str
    who: frozenset[str]
    example: str
    answer: Answer
