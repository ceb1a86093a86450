"""All totals reckoned anew from the entries, and set beside those that are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, select

from models.calendar import Calendar
from models.context import TermRow
from models.histories import History, histories
from models.metrics import Totals, totals
from models.policy import Policy, rules_for
from models.records import Total
from models.totals import persist

ZERO = Decimal(0)
CalendarOf = Callable[[tuple[TermRow, ...]], Calendar]


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
    today: date,
    path: str = "/",
    *,
    repair: bool = False,
) -> Iterator[Difference]:
    """Every difference between kept totals and entries; `repair` keeps what the entries say."""
    for history in histories(connection, path):
        number = history.who.bound.person_id
        reckoned = reckon(history, policies, calendar_of(history.who.terms), today)
        found = list(differences(number, kept(connection, number), reckoned))
        if found and repair:
            persist(connection, "person", number, reckoned)
        yield from found


def reckon(history: History, policies: Mapping[str, Policy], calendar: Calendar, today: date) -> Totals:
    """A person's totals by the rules of the day; somebody at practice has none."""
    if history.who.training:
        return {}
    rules = rules_for(policies, history.who.bound, today, calendar)
    return totals(history.facts, history.items, history.who.bound, calendar, rules)


def kept(connection: Connection, person_id: int) -> Totals:
    """A person's totals as they are kept."""
    mine = (Total.subject_kind == "person", Total.subject_id == person_id)
    rows = connection.execute(select(Total.metric, Total.period, Total.value).where(*mine))
    return {(metric, period): value for metric, period, value in rows}


def differences(person_id: int, kept: Totals, reckoned: Totals) -> Iterator[Difference]:
    """Where two sets of totals differ; nought and nothing are the same."""
    for metric, period in sorted(kept.keys() | reckoned.keys()):
        pair = kept.get((metric, period), ZERO), reckoned.get((metric, period), ZERO)
        if pair[0] != pair[1]:
            yield Difference(person_id, metric, period, *pair)
