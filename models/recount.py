"""All totals reckoned anew from the entries, and set beside those that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from models.calendar import Calendar
from models.calendars import CalendarOf
from models.histories import History, histories
from models.keeping import Kept, kept
from models.metrics import Totals
from models.packed import unpacked
from models.policy import Policy
from models.records import PeriodTotals, Total
from models.totals import persist, rows_of

ZERO = Decimal(0)
SINCE = ">="


@dataclass(frozen=True, slots=True)
class Difference:
    """One total that is not kept as the entries have it."""

    person_id: int
    metric: str
    period: str
    kept: Decimal
    reckoned: Decimal


def recount(
    connection: Connection,
    policies: Mapping[str, Policy],
    calendar_of: CalendarOf,
    path: str = "/",
    *,
    repair: bool = False,
) -> Iterator[Difference]:
    """Every difference between kept totals and entries; `repair` keeps what the entries say."""
    for history in histories(connection, path):
        number = history.who.bound.person_id
        reckoned = reckon(history, policies, calendar_of(history.who.terms))
        now = flat(reckoned)
        found = list(differences(number, stored(connection, number), now))
        found = found or list(differences(number, lined(connection, number), now))
        if found and repair:
            persist(connection, "person", number, reckoned)
        yield from found


def reckon(history: History, policies: Mapping[str, Policy], calendar: Calendar) -> Kept:
    """A person's totals by their entries; somebody at practice has none."""
    if history.who.training:
        return Kept({}, {})
    return kept(history.facts, history.items, history.who.bound, calendar, policies)


def flat(kept: Kept) -> Totals:
    """Totals as they are compared: beside what stands now what was added since a month began."""
    added = {
        _since((metric, period), month): Decimal(new) - Decimal(old)
        for metric, period, new, month, old in rows_of(kept)
        if month and old
    }
    return kept.now | added


def stored(connection: Connection, person_id: int) -> Totals:
    """A person's totals as they are kept, in the same shape."""
    mine = (Total.subject_kind == "person", Total.subject_id == person_id)
    rows = connection.execute(select(Total.metric, Total.period, Total.value, Total.month, Total.earlier).where(*mine))
    found: Totals = {}
    for metric, period, value, month, earlier in rows:
        found[metric, period] = value
        if month and earlier is not None:
            found[_since((metric, period), month)] = value - earlier
    return found


def lined(connection: Connection, person_id: int) -> Totals:
    """The same of the lines from which the figures of many are read."""
    columns = (PeriodTotals.period, PeriodTotals.now, PeriodTotals.month, PeriodTotals.earlier)
    found: Totals = {}
    for period, words, month, words_before in connection.execute(select(*columns).filter_by(person_id=person_id)):
        now, earlier = unpacked(period, words), unpacked(period, words_before or "")
        found |= now
        if month:
            found |= {_since(key, month): now.get(key, ZERO) - earlier.get(key, ZERO) for key in now.keys() | earlier}
    return found


def _since(key: tuple[str, str], month: str) -> tuple[str, str]:
    return key[0], f"{key[1]}{SINCE}{month}"


def differences(person_id: int, kept: Totals, reckoned: Totals) -> Iterator[Difference]:
    """Where two sets of totals differ, each total once; nought and nothing are the same."""
    wrong: set[tuple[str, str]] = set()
    for metric, period in sorted(kept.keys() | reckoned.keys()):
        old, new = (one.get((metric, period), ZERO) for one in (kept, reckoned))
        whole = metric, period.partition(SINCE)[0]
        if old != new and whole not in wrong:
            wrong.add(whole)
            yield Difference(person_id, metric, period, old, new)
