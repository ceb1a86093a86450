"""Two hundred cadres of mixed habits through a school year, day by day: what they did, what they heard, and whether it was right.

Run: python benchmarks/simulated_year.py [--people 200] [--seed 1] [--draw docs/year.png]
Everything goes the real road: messages through the conversation, jobs by their own modules, pushes through the outbox.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import select

from benchmarks.year_people import DAY, FIRST, HABITS, LAST, TAUGHT, Cadre, enrol, people
from benchmarks.year_picture import Weeks, picture
from bot import conversation, outbox
from bot.channels.base import Incoming
from bot.channels.console import CHANNEL, Console
from bot.clock import CHINA
from bot.desk import Desk
from bot.jobs import own_time, pace, plans
from bot.replay import scratch
from bot.service import Service
from handlers.figures import of_person
from models.catalogue import CATALOGUE
from models.context_query import load_person
from models.outbox import OutboxMessage
from models.pace import open_goals
from models.pace import own_time as time_of
from models.records import Entry

AFTER = timedelta(days=14)
PUSHED = ("sent", "shown")


@dataclass
class Year:
    """The year as it goes by."""

    service: Service
    cadres: list[Cadre]
    now: datetime
    said: int = 0
    seen: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    weeks_said: Counter[int] = field(default_factory=Counter)
    weeks_told: Counter[int] = field(default_factory=Counter)

    @property
    def desk(self) -> Desk:
        """A clock that stands at this moment."""
        return Desk(self.service, {CHANNEL: Console()}, lambda: self.now)

    def play(self) -> None:
        """Day by day to the end."""
        day = FIRST
        while day <= LAST:
            self._day(day)
            day += DAY

    def _day(self, day: date) -> None:
        if (day.month, day.day) == (1, 1):
            for cadre in self.cadres:
                cadre.papers.clear()
        if day in (FIRST, TAUGHT[1][0]):
            for cadre in self.cadres:
                cadre.new_term()
        self._clock(day, 9, 5)
        at_school = self.service.calendars.of().is_workday(day) and any(a <= day <= b for a, b in TAUGHT)
        for cadre in self.cadres if at_school else ():
            self._speak(cadre, day)
        self._clock(day, 20, 0)
        self._judge(day)

    def _clock(self, day: date, hour: int, minute: int) -> None:
        self.now = datetime(day.year, day.month, day.day, hour, minute, 30, tzinfo=CHINA)
        workday = self.service.calendars.of().is_workday(day)
        if hour < 12 and workday:
            plans.run(self.desk, self.now)
            pace.run(self.desk, self.now)
        own_time.run(self.desk, self.now)
        outbox.deliver(self.desk)
        self._hear(day, workday)

    def _hear(self, day: date, workday: bool) -> None:
        """Whoever was told knows it now; what was told is held against where they stand."""
        with self.service.engine.connect() as connection:
            columns = (OutboxMessage.id, OutboxMessage.person_id, OutboxMessage.kind, OutboxMessage.data)
            fresh = (OutboxMessage.id > self.seen, OutboxMessage.state.in_(PUSHED))
            rows = connection.execute(select(*columns).where(*fresh).order_by(OutboxMessage.id)).all()
            for number, person, kind, data in rows:
                self.seen = max(self.seen, number)
                if set(data.get("kinds", (kind,))) & {"pace", "wish"}:
                    self._told(connection, person, kind, data, day, workday)

    def _told(
        self, connection: object, person: int, kind: str, data: dict[str, list[str]], day: date, workday: bool
    ) -> None:
        self.weeks_told[(day - FIRST).days // 7] += 1
        self.cadres[person - 1].told = True
        self.wrong["on holidays"] += not workday
        self.wrong["while asked to be quiet"] += self.cadres[person - 1].habit == "silent"
        open_ones = {goal.rule.id for goal in self._open(connection, person, day)}
        named = {key.partition(":")[0] for key in data.get("needs", ())}
        self.wrong["of goals that were reached"] += bool(named - open_ones)
        self.wrong["to people who were done"] += not open_ones
        self.wrong["of no goal"] += not named and kind == "pace"

    def _open(self, connection: object, person: int, day: date) -> list:  # type: ignore[type-arg]
        context = load_person(connection, person, day)  # type: ignore[arg-type]
        if context is None:
            return []
        found = of_person(context, self.service.calendars.of(), self.service.policies, day)
        return open_goals(found, day)

    def _speak(self, cadre: Cadre, day: date) -> None:
        if day < cadre.joins:
            return
        for words in HABITS[cadre.habit][0](cadre, day):
            self._say(cadre.user, words, datetime(day.year, day.month, day.day, 16, 40, tzinfo=CHINA))
            if words.startswith("交调研报告") and cadre.draw.random() < 0.9:
                self._say(
                    "approver",
                    f"批准{cadre.user}的调研报告",
                    datetime(day.year, day.month, day.day, 17, 0, tzinfo=CHINA),
                )

    def _say(self, user: str, words: str, at: datetime) -> None:
        self.said += 1
        self.weeks_said[(at.date() - FIRST).days // 7] += 1
        conversation.answer(self.service, Incoming(CHANNEL, user, f"{self.said}", "text", words, at), at)

    def _judge(self, day: date) -> None:
        """On the last day of a period: who missed a goal, and had they been told of it?"""
        if (day + DAY).day != 1:
            return
        with self.service.engine.connect() as connection:
            for cadre in self.cadres:
                for goal in self._open(connection, cadre.id, day):
                    if goal.due == day:
                        self.missed[self._why(connection, cadre, goal, day)] += 1

    def _why(self, connection: object, cadre: Cadre, goal: object, day: date) -> str:
        told = select(OutboxMessage.data).where(OutboxMessage.person_id == cadre.id, OutboxMessage.state.in_(PUSHED))
        prefix = f"{goal.rule.id}:{goal.period}:"  # type: ignore[attr-defined]
        needs = [key for (data,) in connection.execute(told) for key in data.get("needs", ())]  # type: ignore[attr-defined]
        if any(key.startswith(prefix) and "ask_plan" not in key for key in needs):
            return "told"
        if cadre.habit == "silent":
            return "asked to be quiet"
        if goal.rule.id == "N14" and any(words.startswith("交") for words in cadre.papers):  # type: ignore[attr-defined]
            return "handed in, not accepted"
        context = load_person(connection, cadre.id, day)  # type: ignore[arg-type]
        own = time_of(goal, context.bound, self.service.calendars.of(), day, ()).own  # type: ignore[union-attr,arg-type]
        if not own:
            return "joined when it was over"
        print(f"nobody told {cadre.user} ({cadre.habit}) of {goal.rule.title} ({prefix})")  # type: ignore[attr-defined]
        return "nobody told"


def helped(service: Service) -> tuple[int, int]:
    """Reminders that named a goal, and those after which something for it was recorded within two weeks."""
    rules = {rule.id: rule for policy in service.policies.values() for rule in policy.rules}
    with service.engine.connect() as connection:
        made = connection.execute(select(Entry.person_id, Entry.activity, Entry.made_at).order_by(Entry.made_at)).all()
        columns = (OutboxMessage.person_id, OutboxMessage.done_at, OutboxMessage.data)
        told = connection.execute(
            select(*columns).where(OutboxMessage.kind == "pace", OutboxMessage.state.in_(PUSHED))
        ).all()
    deeds: dict[int, list[tuple[str | None, datetime]]] = {}
    for person, activity, at in made:
        deeds.setdefault(person, []).append((activity, at))
    done = 0
    for person, at, data in told:
        wanted = {a for key in data.get("needs", ()) for a in CATALOGUE[rules[key.partition(":")[0]].metric].activities}
        done += any(activity in wanted and at < when <= at + AFTER for activity, when in deeds.get(person, ()))
    return len(told), done


def report(year: Year) -> None:
    """Print what was measured."""
    number, done = helped(year.service)
    with year.service.engine.connect() as connection:
        rows = connection.execute(
            select(OutboxMessage.person_id, OutboxMessage.kind).where(OutboxMessage.state.in_(PUSHED))
        ).all()
    by_habit = {habit: [c.id for c in year.cadres if c.habit == habit] for habit in HABITS}
    per = Counter(person for person, kind in rows if kind == "pace")
    own = sum(kind == "wish" for _, kind in rows)
    print(
        f"{len(year.cadres)} cadres, {year.said} messages, {number} reminders ({number / len(year.cadres):.1f} each a year),"
    )
    print(
        f"and {own} at a time of the person's own choice; after {done / max(number, 1):.0%} of the reminders something was"
    )
    print("recorded for what they named within two weeks. Reminders a person, by habit:")
    for habit, some in by_habit.items():
        if some:
            print(f"  {habit:<10} {len(some):>4} people, {sum(per[n] for n in some) / len(some):5.1f}")
    print("Goals missed:", ", ".join(f"{name} {count}" for name, count in sorted(year.missed.items())) or "none")
    names = (
        "to people who were done",
        "on holidays",
        "of goals that were reached",
        "while asked to be quiet",
        "of no goal",
    )
    print("Reminders", ", ".join(f"{name}: {year.wrong[name]}" for name in names))
    print(f"Missed goals nobody was told of: {year.missed['nobody told']}")


def main() -> None:
    """Play, print, draw."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--draw", type=Path)
    chosen = options.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        service = scratch(Path(folder))
        cadres = people(chosen.people, chosen.seed)
        enrol(service, cadres)
        year = Year(service, cadres, datetime(2025, 9, 1, 9, 0, tzinfo=CHINA))
        year.play()
        report(year)
        if chosen.draw:
            drawn = Weeks(len(cadres), year.weeks_said, year.weeks_told)
            picture(drawn, service.calendars.of(), chosen.draw)
        service.engine.dispose()
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
