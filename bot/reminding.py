"""The words of reminders at the moment of sending: the state is asked anew, and what was done meanwhile clears them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.clock import local
from models.calendar import Calendar
from models.candidates import Candidate, Intent, candidates, terms_by_unit
from models.context import TermRow
from models.deciding import ESCALATE, HELP, NUDGE, PACE, WISH, Verdict, decide, lately
from models.outbox_rows import Row
from models.pace import Need, facts, key_of, workable_now
from models.periods import period_of
from models.policy import Policy
from models.recorded import recorded_on
from models.wishes import is_off

LOOK_BACK = timedelta(days=400)  # "once" means once in its period, and no period is longer
FOOT = "回“为什么提醒我”看原因，回“暂停提醒”可停。"
OWN_FOOT = "这是你自己定的时间，不要了回“不要再提醒了”。"
TITLE = "蹲点进度提醒"
BRIEF = 20
SHOWN = 5


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
class Words:
    """What a message says at the moment of sending; `brief` where only a few words fit.

    `asks` are questions that an answer in chat settles; they are put when the message goes out.
    """

    text: str
    title: str
    brief: str
    data: Mapping[str, object]
    asks: Sequence[Mapping[str, Any]] = field(default=())


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
    connection: Connection,
    books: Books,
    almanac: Almanac,
    ids: Sequence[int],
    now: datetime,
    own: int = 0,
    *,
    asked: bool = False,
) -> list[Verdict]:
    """The verdict on each of these people; `own` is the message being sent, which does not count against itself."""
    today = local(now).date()
    found = candidates(connection, ids, almanac.periods(today), now - LOOK_BACK)
    return [decide(books.policies, one, almanac.of(one.path), today, own, asked=asked) for one in found]


def message(needs: Sequence[Need], foot: str = FOOT, others: Sequence[str] = ()) -> str:
    """The whole message; what the administrator will see is said once, behind what it is about."""
    told = [need.text for need in needs if need.kind == ESCALATE]
    rest = [need.text for need in needs if need.kind != ESCALATE]
    return "\n".join([*told, *([HELP] if told else []), *rest, *others, foot])


def words(connection: Connection, books: Books, row: Row, now: datetime) -> Words | str:
    """What a waiting reminder says now, or the reason why it says nothing any more."""
    found = verdicts(connection, books, Almanac(connection, books), [row.person_id], now, own=row.id)
    if not found or not found[0].remind:
        return found[0].reason if found else "gone"
    needs = found[0].needs
    return Words(message(needs), TITLE, _brief(needs[0].text), found[0].data, questions(found[0]))


def nudge_words(connection: Connection, books: Books, row: Row, now: datetime) -> Words | str:
    """What a supervisor asked to tell: how the open goals stand, by the same budget as every reminder."""
    almanac = Almanac(connection, books)
    found = verdicts(connection, books, almanac, [row.person_id], now, own=row.id)
    if not found or not found[0].open:
        return found[0].reason if found else "gone"
    one, today = found[0], local(now).date()
    if is_off(one.candidate.asks, today):
        return "off"
    if lately([past for past in one.candidate.told if past.id != row.id], today):
        return "told_lately"
    lines, keys = open_lines(one, almanac.of(one.candidate.path), today, NUDGE)
    head = f"{row.data.get('by', '单位')}请你看看进度："
    return Words("\n".join([head, *lines, FOOT]), TITLE, _brief(lines[0]), {"needs": keys}) if lines else "vacation"


def own_words(connection: Connection, books: Books, row: Row, now: datetime) -> Words | str:
    """What somebody hears at the time of their own choice: what is open; nothing where it is done, or recorded today."""
    almanac, today = Almanac(connection, books), local(now).date()
    found = verdicts(connection, books, almanac, [row.person_id], now, own=row.id, asked=True)
    if not found or not found[0].open:
        return found[0].reason if found else "gone"
    one = found[0]
    if is_off(one.candidate.asks, today):
        return "off"
    wrote = not one.candidate.asks.weekdays and recorded_on(connection, row.person_id, today)
    if wrote and not one.needs:
        return "recorded"
    lines, keys = open_lines(one, almanac.of(one.candidate.path), today, WISH)
    text = message(one.needs, OWN_FOOT, lines)
    if text == OWN_FOOT:
        return "vacation"
    needs = [need.key for need in one.needs] + keys
    return Words(text, TITLE, _brief(text.partition("\n")[0]), {"needs": needs}, questions(one))


def open_lines(one: Verdict, calendar: Calendar, today: date, kind: str) -> tuple[list[str], list[str]]:
    """How the open goals stand, the most pressing first, with their keys; at a person's wish, those not spoken of yet."""
    said = {need.standing.rule.id for need in one.needs} if kind == WISH else set()
    who: Candidate = one.candidate
    place = (who.bound, calendar, today, who.absences)
    near = [
        goal for goal in one.open if kind != WISH or goal.rule.period != "year"
    ]  # a year is long: its goals have needs
    left = [goal for goal in near if goal.rule.id not in said and workable_now(goal, *place)][:SHOWN]
    return [facts(goal, *place) for goal in left], [key_of(goal, kind) for goal in left]


def questions(one: Verdict) -> list[dict[str, Any]]:
    """What an answer to this message can settle."""
    return [question for need in one.needs for question in [_question(one, need)] if question]


def _question(one: Verdict, need: Need) -> dict[str, Any] | None:
    data = {"rule": need.standing.rule.id, "period": need.standing.period}
    if need.kind == "ask_plan":
        return {"kind": "when", "text": "打算哪几天去？", "data": data}
    if need.kind == "escalate":
        return {"kind": "reason", "text": "有什么难处？", "data": data}
    plan = _plan_meant(one.candidate, need) if need.kind == "plan_passed" else None
    return {"kind": "plan", "text": need.text[:300], "plan_id": plan.id, "data": _planned(plan)} if plan else None


def _plan_meant(who: Candidate, need: Need) -> Intent | None:
    return next((plan for plan in who.plans if plan.id and need.key.endswith(f":{plan.start}")), None)


def _planned(plan: Intent) -> dict[str, Any]:
    """What a "yes" will record."""
    days = {name: day.isoformat() if (day := getattr(plan, name)) else None for name in ("start", "end")}
    named = {"activity": plan.activity, "audience": plan.audience, "place": plan.place}
    return named | days | {"count": None if plan.count is None else float(plan.count)}


def _brief(text: str) -> str:
    """The first and the last clause where the whole does not fit."""
    clauses = re.split("[，；]", text)
    return text if len(text) <= BRIEF else "，".join(dict.fromkeys((clauses[0], clauses[-1])))


__all__ = ["NUDGE", "PACE", "WISH", "Almanac", "Books", "Verdict", "Words", "verdicts"]
