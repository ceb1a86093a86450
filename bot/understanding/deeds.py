"""A deed while it is being read, and what each kind of deed takes from the words around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .dates_calendar import Days
from .numerals import Number
from .people import Group
from .tokens import Token

PEOPLE = frozenset(("interview", "pairing", "online_contact"))
EVENTS = frozenset(("lecture", "theme_day", "exchange"))
ACCEPTS = {
    "on_site": frozenset(("day",)),
    "lecture": frozenset(("session", "thing", "")),
    "theme_day": frozenset(("session", "thing", "")),
    "class_visit": frozenset(("session", "group", "thing", "")),
    "exchange": frozenset(("session", "thing", "")),
    "survey": frozenset(("paper", "thing", "", "person")),
    "report": frozenset(("paper", "thing", "")),
    "case": frozenset(("paper", "thing", "deed", "")),
    "key_task": frozenset(("deed", "thing", "")),
    "practical_help": frozenset(("deed", "thing", "")),
    "unit_link": frozenset(("group", "thing", "")),
    "coverage": frozenset(("person", "thing", "")),
}
NONE: frozenset[str] = frozenset()
PROOF = {"report": ("done", "push"), "case": ("done", "push"), "key_task": ("push", "done")}


@dataclass(slots=True, eq=False)
class Deed:
    """One thing done, planned or not done, as far as it has been read."""

    activity: str
    start: int
    end: int
    tone: str = "words"
    groups: list[Group] = field(default_factory=list)
    crowd: list[Group] = field(default_factory=list)
    numbers: list[tuple[Number, str]] = field(default_factory=list)
    days: tuple[Days, ...] = ()
    dated: bool = False
    explicit_range: bool = False
    place: tuple[int, int] | None = None
    planned: bool = False
    dropped: bool = False
    negated: bool = False
    total: bool = False
    again: bool = False
    each: bool = False
    forum: bool = False
    half: bool = False
    whole: bool = False
    part: bool = False
    proven: bool = False
    classes: int = 0
    met_before: float | None = None
    of: float | None = None
    class_name: tuple[int, int] | None = None
    colleague: str | None = None
    text: str | None = None
    times: float | None = None
    sent: bool = False
    heads: bool = False
    waiting: bool = False
    which: bool = False
    moved: bool = False
    halves: tuple[date, ...] = ()
    without: tuple[date, ...] = ()
    spare: list[Group] = field(default_factory=list)
    units: float | None = None
    sentence: int = 0
    clause: int = 0

    @property
    def accepts(self) -> frozenset[str]:
        """The units in which this deed is counted."""
        return ACCEPTS.get(self.activity, NONE)

    @property
    def bare(self) -> bool:
        """True where nothing says how many or with whom."""
        return not (self.groups or self.numbers or self.classes)


def number_of(token: Token) -> tuple[Number, str]:
    """A number token as a deed keeps it."""
    assert token.number is not None  # noqa: S101 - the lexer gives every "num" token its number
    return token.number, token.roles["num"]
