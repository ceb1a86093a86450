"""What a page is given and gives back: who opened it, what a form said, what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from sqlalchemy import Connection

from bot.forms.order import Made
from bot.service import Service
from bot.understanding.meaning import Meaning
from handlers.asked import Asked
from models.context import Context


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent with a form."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """What a form said: each field's values as typed, and the files."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def get(self, name: str, otherwise: str = "") -> str:
        """The first value of a field, without spaces around it."""
        return (self.fields.get(name) or [otherwise])[0].strip()

    def all(self, name: str) -> list[str]:
        """All values of a field, as several ticked boxes give them."""
        return list(self.fields.get(name, ()))


@dataclass(frozen=True)
class Visit:
    """One request by a person who opened the door. `now` is UTC, `local` the same on the wall clock of Asia/Shanghai.

    After an action that was refused the page is shown once more with `fault` (why) and `typed` (what the form said).
    """

    service: Service
    connection: Connection
    who: Context
    now: datetime
    local: datetime
    proof: str
    root: str
    until: datetime | None = None
    typed: Form = field(default_factory=Form)
    fault: str = ""
    said: str = ""

    @property
    def today(self) -> date:
        """The day of the visit."""
        return self.local.date()

    @property
    def person_id(self) -> int:
        """Who visits."""
        return self.asked.person_id

    @cached_property
    def asked(self) -> Asked:
        """The visit as the handlers' shared functions want it: a message without words or number."""
        return Asked(
            connection=self.connection,
            context=self.who,
            meaning=Meaning(""),
            message_id=None,
            channel="page",
            user="",
            now=self.local,
            calendar=self.service.calendars.of(self.who.terms),
            policies=self.service.policies,
            vault=self.service.vault,
            calendar_of=self.service.calendars.of,
        )

    def url(self, page: str, /, **query: object) -> str:
        """The address of a page, with what it is asked; what is empty is left out."""
        said = urlencode({name: str(value) for name, value in query.items() if value not in (None, "")})
        return f"{self.root}/{page}" + (f"?{said}" if said else "")


@dataclass(frozen=True)
class Shown:
    """A page: its template and what it shows."""

    template: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Done:
    """What an action did, in a sentence, and the address that it is told at."""

    text: str
    url: str


Show = Callable[[Visit, Mapping[str, str]], Shown]
Act = Callable[[Visit, Form], "str | Done | Made | Shown"]


@dataclass(frozen=True, slots=True)
class Page:
    """A view as the pages know it; one without a title is reached from others only."""

    path: str
    title: str
    hint: str
    group: str
    who: frozenset[str]
    show: Show
    actions: Mapping[str, Act]
