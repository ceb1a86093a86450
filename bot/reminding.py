"""Whether a person is reminded, why or why not, and in which words: a function of the state at one moment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from bot.clock import local
from models.calendar import Calendar
from models.candidates import Candidate, Told, candidates, terms_by_unit
from models.context import TermRow
from models.outbox_rows import Row
from models.pace import Need, assess
from models.periods import period_of
from models.policy import Policy, rules_for
from models.progress import standings

KIND = "pace"
UNASKED = (KIND,)
BUDGET_DAYS = 7
LOOK_BACK = timedelta(days=400)  # "once" means once in its period, and no period is longer
FOOT = "回“为什么提醒我”看原因，回“暂停提醒”可停。"
TITLE = "蹲点进度提醒"
BRIEF = 20


class CalendarsByTerms(Protocol):
    """Calendars by the term rows that hold."""

    def of(self, rows: tuple[TermRow, ...] = ()) -> Calendar:
        """The calendar where these rows hold."""


class Books(Protocol):
    """What deciding looks things up in; the service is one."""

    @property
    def policies(self) -> Mapping[str, Policy]:
        """The rules."""

    @property
    def calendars(self) -> CalendarsByTerms:
        """The days."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to remind one person, and the one reason; `needs` are what would be said, most pressing first."""

    candidate: Candidate
    remind: bool
    reason: str
    needs: tuple[Need, ...] = ()

    @property
    def text(self) -> str:
        """The whole message."""
        return "\n".join([*(need.text for need in self.needs), FOOT])

    @property
    def data(self) -> Mapping[str, object]:
        """What is kept with the message and the decision."""
        return {"needs": [need.key for need in self.needs]}


@dataclass(frozen=True, slots=True)
class Words:
    """What a message says at the moment of sending; `brief` where only a few words fit."""

    text: str
    title: str
    brief: str
    data: Mapping[str, object]


class Almanac:
    """The calendar of any unit, from all terms that units gave; read once for a whole run."""

    def __init__(self, connection: Connection, books: Books) -> None:
        self._books = books
        self._rows = terms_by_unit(connection)
        self._known: dict[str, Calendar] = {}

    def of(self, path: str) -> Calendar:
        """The calendar that holds for a unit."""
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = self._books.calendars.of(self._above(path))
        return found

    def _above(self, path: str) -> tuple[TermRow, ...]:
        return tuple(row for above, row in self._rows if path.startswith(above))

    def periods(self, today: date) -> frozenset[str]:
        """Every key under which a total may count today."""
        kinds = {(rule.period, rule.month) for policy in self._books.policies.values() for rule in policy.rules}
        calendars = {self.of(""), *(self.of(path) for path, _ in self._rows)}
        return frozenset(period_of(kind, today, calendar, month).key for kind, month in kinds for calendar in calendars)


def verdicts(
    connection: Connection, books: Books, almanac: Almanac, ids: Sequence[int], now: datetime, own: int = 0
) -> list[Verdict]:
    """The verdict on each of these people; `own` is the message being sent, which does not count against itself."""
    today = local(now).date()
    found = candidates(connection, ids, almanac.periods(today), now - LOOK_BACK)
    return [decide(books, one, almanac.of(one.path), today, own) for one in found]


def decide(books: Books, one: Candidate, calendar: Calendar, today: date, own: int = 0) -> Verdict:
    """Whether to remind this person today."""
    if not one.joined:
        return Verdict(one, False, "not_joined")
    rules = rules_for(books.policies, one.bound, today, calendar)
    found = standings(rules, one.totals, one.bound, calendar, today)
    pace = assess(found, one.bound, calendar, today, one.plans, one.absences)
    told = [past for past in one.told if past.id != own]
    fresh = tuple(need for need in pace.needs if _fresh(need, told, today))
    return _verdict(one, pace.needs, fresh, pace.reason, told, today)


def _verdict(
    one: Candidate, needs: Sequence[Need], fresh: tuple[Need, ...], reason: str, told: Sequence[Told], today: date
) -> Verdict:
    if not needs:
        return Verdict(one, False, reason)
    if one.asks.off and (one.asks.off_until is None or one.asks.off_until >= today):
        return Verdict(one, False, "off")
    if not fresh:
        return Verdict(one, False, "told_before")
    if any(past.kind in UNASKED and _days_since(past, today) < BUDGET_DAYS for past in told):
        return Verdict(one, False, "told_lately")
    return Verdict(one, True, fresh[0].kind, fresh)


def _fresh(need: Need, told: Sequence[Told], today: date) -> bool:
    last = [_days_since(past, today) for past in told if need.key in past.needs]
    return not last or (need.every > 0 and min(last) >= need.every)


def _days_since(past: Told, today: date) -> int:
    return (today - local(past.at).date()).days


def words(connection: Connection, books: Books, row: Row, now: datetime) -> Words | str:
    """What a waiting reminder says now, or the reason why it says nothing any more."""
    found = verdicts(connection, books, Almanac(connection, books), [row.person_id], now, own=row.id)
    if not found or not found[0].remind:
        return found[0].reason if found else "gone"
    return Words(found[0].text, TITLE, _brief(found[0].needs[0].text), found[0].data)


def _brief(text: str) -> str:
    """The first and the last clause where the whole does not fit."""
    clauses = re.split("[，；]", text)
    return text if len(text) <= BRIEF else "，".join(dict.fromkeys((clauses[0], clauses[-1])))
