"""Dated duties of units: rows asked of the units below, drafts two days before, reminders, and what was missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.clock import local
from bot.desk import Desk, Tally
from bot.service import Service
from handlers.filing_desk import figures, not_confirmed
from handlers.hand_in_words import name_of, row_line, rows_text, until
from models.colleagues import with_role
from models.completion import Row
from models.filing import Office, duties, filed, offices, open_draft
from models.hand_ins import Due
from models.notices import tell

DAY = timedelta(days=1)
ASKED_BEFORE = 2  # workdays before the last day for the rows of the units below
MISSED = timedelta(days=7)
ADMINS = ("unit_admin",)
WARNED = ("unit_admin", "responsible_head", "responsible_office")


@dataclass(frozen=True, slots=True)
class Matter:
    """One hand-in of one unit, at one moment."""

    connection: Connection
    service: Service
    office: Office
    due: Due
    now: datetime

    @property
    def today(self) -> date:
        """The day."""
        return local(self.now).date()

    @property
    def key(self) -> str:
        """What tells its messages from others."""
        return f"hand_in:{self.due.hand_in.id}:{self.due.period}:{self.office.id}"

    def rows(self) -> list[Row]:
        """Its figures of now."""
        service = self.service
        return figures(
            self.connection, service.policies, service.calendars.of, self.office, self.due, local(self.now).date()
        )

    def tell(self, path: str, roles: Iterable[str], what: str, text: str, item: int = 0) -> int:
        """One message to everybody of a unit who has one of these roles; sent only while the draft is one."""
        today = self.today
        people = {one.id for role in roles for one in with_role(self.connection, path, role, today)}
        tell(self.connection, sorted(people), f"{self.key}:{what}", text, self.now, item=item, status="draft")
        return len(people)


def run(desk: Desk, now: datetime) -> Tally:
    """Everything that is due today for any unit; done again, nothing is done twice."""
    tally: Counter[str] = Counter(units=0)
    with desk.service.engine.begin() as connection:
        every = offices(connection)
        for office in every:
            open_ones = _about_now(desk.service, office, local(now).date())
            tally["units"] += bool(open_ones)
            for due in open_ones:
                matter = Matter(connection, desk.service, office, due, now)
                tally.update({name: step(matter, every) for name, step in STEPS.items()})
    return dict(tally)


def _about_now(service: Service, office: Office, today: date) -> list[Due]:
    found = duties(service.policies, office, service.calendars.of(), today)
    return [due for due in found if _first(service, due) <= today <= due.due + MISSED]


def _first(service: Service, due: Due) -> date:
    """The first day on which there is something to do."""
    return min([due.draft, *due.reminders, *([_asked_from(service, due)] if due.rows else [])])


def _asked_from(service: Service, due: Due) -> date:
    day = due.rows or due.draft
    for _ in range(ASKED_BEFORE):
        day = service.calendars.of().previous_workday(day)
    return max(day, due.last + DAY)


def ask_rows(matter: Matter, every: list[Office]) -> int:
    """Ask the units below for their rows; each hears it once, with its row and, of its own people only, who is missing."""
    due = matter.due
    if due.rows is None or not _asked_from(matter.service, due) <= matter.today <= due.rows:
        return 0
    waiting = not_confirmed(matter.connection, matter.service.policies, matter.office, due)
    below = [one for one in every if one.id in waiting]
    found = {row["unit_id"]: row for row in matter.rows()} if below else {}
    return sum(_ask_row(matter, one, found[one.id]) for one in below if one.id in found and found[one.id]["bound"])


def _ask_row(matter: Matter, one: Office, row: Row) -> int:
    due, last = matter.due, matter.due.rows or matter.due.due
    text = (
        f"{matter.office.name}要报{name_of(due)}，本单位这一行：\n{row_line(row)}\n"
        f"对就回“确认报送{name_of(due)}”，{last.month}月{last.day}日前；没确认的也会列入，标作未确认。"
    )
    return matter.tell(one.path, ADMINS, f"rows:{one.id}", text)


def draft(matter: Matter, _every: list[Office]) -> int:
    """Two days before, the figures are drafted and a person is asked to confirm them."""
    due = matter.due
    if not due.draft <= matter.today <= due.due or filed(matter.connection, matter.office.id, due):
        return 0
    rows = matter.rows()
    number = open_draft(matter.connection, matter.office.id, due, rows, matter.now)
    text = (
        f"{name_of(due)}草稿（{until(due, matter.today)}报）：\n"
        f"{rows_text(rows, not_confirmed(matter.connection, matter.service.policies, matter.office, due))}\n"
        f"核对后回“确认报送{name_of(due)}”定稿；定稿前不会报出任何数。"
    )
    matter.tell(matter.office.path, WARNED, "draft", text, number)
    return 1


def remind(matter: Matter, _every: list[Office]) -> int:
    """On the days set, once a day, as long as it is not confirmed; the responsible posts hear it too."""
    due, today = matter.due, matter.today
    work = filed(matter.connection, matter.office.id, due)
    if today not in due.reminders or (work and work.status != "draft"):
        return 0
    text = f"{name_of(due)}，{until(due, today)}报，还没有定稿。回“报送情况”看日程，核对后回“确认报送{name_of(due)}”。"
    return matter.tell(matter.office.path, WARNED, f"remind:{today}", text, work.id if work else 0)


def missed(matter: Matter, _every: list[Office]) -> int:
    """A day gone by is a fact about the unit, told to those who answer for it; nothing follows from it here."""
    work = filed(matter.connection, matter.office.id, matter.due)
    if matter.today <= matter.due.due or (work and work.status != "draft"):
        return 0
    text = f"{matter.office.name}的{name_of(matter.due)}到期（{matter.due.due.month}月{matter.due.due.day}日）还没有定稿。现在仍可确认报送。"
    return matter.tell(matter.office.path, WARNED, "missed", text, work.id if work else 0)


STEPS: Mapping[str, Callable[[Matter, list[Office]], int]] = {
    "rows_asked": ask_rows,
    "drafted": draft,
    "reminded": remind,
    "missed": missed,
}
