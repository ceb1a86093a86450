"""People who may miss a goal: a decision about everyone, a message for those who need one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.clock import local
from bot.desk import Desk, Tally
from bot.reminding import PACE, Almanac, Books, Verdict, message, verdicts
from models.calendar import Calendar
from models.candidates import ids_after
from models.deciding import for_help
from models.decisions import Decided, keep
from models.helps import Wanted
from models.helps import keep as keep_helps
from models.outbox_rows import Draft, put
from models.pace import facts
from models.progress import Standing

BATCH = 1000
WORKDAYS = 4  # three in which to reach the person, and the one on which the administrator is told


def run(desk: Desk, now: datetime) -> Tally:
    """Decide about all, batch by batch; each batch is a transaction."""
    tally: Counter[str] = Counter(considered=0, reminded=0, helps=0)
    with desk.service.engine.connect() as connection:
        almanac = Almanac(connection, desk.service)
    after: int | None = 0
    while after is not None:
        with desk.service.engine.begin() as connection:
            found, after = _batch(connection, desk.service, almanac, now, after)
            tally["reminded"] += _write(connection, found, desk.service.calendars.of(), now)
            tally["helps"] += _help(connection, found, almanac, now)
        tally["considered"] += len(found)
        tally.update(verdict.reason for verdict in found)
    return dict(tally)


def everybody(connection: Connection, books: Books, now: datetime) -> Iterator[Verdict]:
    """The verdict on everyone, nothing stored."""
    almanac = Almanac(connection, books)
    after: int | None = 0
    while after is not None:
        found, after = _batch(connection, books, almanac, now, after)
        yield from found


def _batch(
    connection: Connection, books: Books, almanac: Almanac, now: datetime, after: int
) -> tuple[list[Verdict], int | None]:
    ids = ids_after(connection, after, BATCH, local(now).date())
    found = verdicts(connection, books, almanac, ids, now) if ids else []
    return found, ids[-1] if len(ids) == BATCH else None


def _write(connection: Connection, found: list[Verdict], calendar: Calendar, now: datetime) -> int:
    """Store the decisions and the messages; gives how many messages are new."""
    day = local(now).date()
    bound = [verdict for verdict in found if verdict.reason != "no_rules"]
    keep(connection, [Decided(v.candidate.bound.person_id, day, v.remind, v.reason, v.data) for v in bound])
    drafts = [_draft(verdict, now, _expiry(calendar, now)) for verdict in bound if verdict.remind]
    return put(connection, drafts, now)


def _help(connection: Connection, found: list[Verdict], almanac: Almanac, now: datetime) -> int:
    """Bring the help list up to date; who is on leave stays as they are. Gives how many goals are new on it."""
    today = local(now).date()
    here = [verdict for verdict in found if verdict.reason != "leave"]
    wanted = [
        Wanted(
            v.candidate.bound.person_id, v.candidate.unit_id, goal.rule.id, goal.period, _said(v, goal, today, almanac)
        )
        for v in here
        if v.open and v.candidate.told
        for goal in for_help(v, almanac.of(v.candidate.path), today)
    ]
    return keep_helps(connection, [v.candidate.bound.person_id for v in here], wanted, now)


def _said(verdict: Verdict, goal: Standing, today: date, almanac: Almanac) -> str:
    who = verdict.candidate
    return facts(goal, who.bound, almanac.of(who.path), today, who.absences)


def _draft(verdict: Verdict, now: datetime, expires: datetime) -> Draft:
    person_id = verdict.candidate.bound.person_id
    key = f"{PACE}:{person_id}:{local(now).date()}"
    return Draft(person_id, key, PACE, now, expires, message(verdict.needs), verdict.data)


def _expiry(calendar: Calendar, now: datetime) -> datetime:
    """When it is too late: the week is over, and the workdays in which to deliver it too."""
    moment = local(now)
    day = moment.date()
    for _ in range(WORKDAYS):
        day = calendar.next_workday(day)
    return max(moment + timedelta(days=7), moment + (day - moment.date()))
