"""What holds on from clause to clause: the day, the school, whether it is planned, and the deed last spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from .dates_calendar import Days
from .deeds import Deed
from .lexer import Token
from .people import Group


@dataclass(slots=True)
class Scene:
    """The running state of a message, or of one person's line of it."""

    text: str
    now: datetime
    colleague: str | None = None
    days: tuple[Days, ...] = ()
    ranged: bool = False
    ahead: bool = False
    place: tuple[int, int] | None = None
    planning: bool = False
    dropping: bool = False
    totalling: bool = False
    deeds: list[Deed] = field(default_factory=list)
    last: Deed | None = None
    sentence: int = 0
    clause: int = 0
    asks: bool = False
    denied: bool = False
    issue: bool = False
    date_at: int = -1
    topic: list[Group] = field(default_factory=list)
    topic_at: int = -9
    named_school: bool = False

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()

    def open(self, activity: str, start: int, end: int, tone: str = "words") -> Deed:
        """A new deed under what holds now."""
        deed = Deed(activity, start, end, tone, colleague=self.colleague, sentence=self.sentence, clause=self.clause)
        deed.days, deed.dated, deed.explicit_range = self.days, bool(self.days), self.ranged
        deed.place = self.place
        deed.planned = self.planning or self.ahead
        deed.dropped = self.dropping
        deed.total = self.totalling
        self.deeds.append(deed)
        return deed

    def dated(self, tokens: Sequence[Token], forward: bool) -> None:
        """From here on these days hold."""
        found: list[Days] = []
        for token in tokens:
            if token.said is not None:
                found.extend(token.said.resolve(self.now, forward))
        if not found:
            return
        self.days = tuple(found)
        self.ranged = any(t.said is not None and t.said.rule == "range" for t in tokens)
        first = found[0].first
        self.ahead = first is not None and first > self.today
        self.date_at = tokens[-1].end
        if not self.ahead:
            self.planning = False

    def redate(self, deeds: Sequence[Deed]) -> None:
        """A date said behind: it holds for what was said before it."""
        for deed in deeds:
            deed.days, deed.dated, deed.explicit_range = self.days, True, self.ranged
            deed.planned = deed.planned or self.ahead

    def apart(self, deed: Deed) -> Deed:
        """A new deed of the same kind as one before (10月份2次 11月份1次)."""
        other = self.open(deed.activity, deed.start, deed.end, deed.tone)
        other.forum, other.proven = deed.forum, deed.proven
        return other


def same_days(a: Sequence[Days], b: Sequence[Days]) -> bool:
    """True where two deeds lie on the same days."""
    return [(d.first, d.last) for d in a] == [(d.first, d.last) for d in b]


def without(group_days: Days, **changes: object) -> Days:
    """Days with some fields changed."""
    return replace(group_days, **changes)  # type: ignore[arg-type]
