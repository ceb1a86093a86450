"""Two hundred cadres of mixed habits through a school year, day by day: what they did, what they heard, and whether it was right.

Run: python benchmarks/simulated_year.py [--people 200] [--seed 1] [--draw docs/year.png]
Everything goes the real road: messages through the conversation, jobs by their own modules, pushes through the outbox.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import insert, select

from bot import conversation, outbox
from bot.channels.base import Allowance, Incoming, Outgoing, Receipt
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
from models.people import Account, Assignment, Person, Wish
from models.records import Entry
from models.units import School, Unit

FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
DAY = timedelta(days=1)
AFTER = timedelta(days=14)
CHANNEL = "year"
TAUGHT = ((date(2025, 9, 1), date(2025, 12, 24)), (date(2026, 3, 2), date(2026, 6, 18)))
PUSHED = ("sent", "shown")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = (
    "建国",
    "秀英",
    "志强",
    "丽华",
    "海燕",
    "国庆",
    "春梅",
    "文博",
    "晓东",
    "玉兰",
    "振华",
    "雪松",
    "立新",
    "佳琪",
    "永胜",
    "红霞",
    "少平",
    "慧敏",
    "光明",
    "思远",
)


class Wire:
    """A channel that takes everything at once."""

    name = CHANNEL
    ways = (CHANNEL,)
    allowances: Mapping[str, Allowance] = {}
    drops_repeats = True

    def send(self, message: Outgoing) -> Receipt:  # noqa: ARG002
        """Taken."""
        return Receipt(way=CHANNEL)


@dataclass(slots=True)
class Cadre:
    """One person: a habit, and how far they got this term."""

    id: int
    user: str
    habit: str
    draw: random.Random
    joins: date = FIRST
    told: bool = False
    days: int = 0
    talks: int = 0
    rest: set[str] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)

    def new_term(self) -> None:
        """Nothing is done yet."""
        self.told, self.days, self.talks = False, 0, 0
        self.rest = set()


Saying = Callable[[Cadre, date], list[str]]


def working(cadre: Cadre, day: date) -> list[str]:
    """A day at school, with whatever is still open."""
    said = []
    if cadre.days < 10:
        cadre.days += 1
        said.append("今天驻校1天")
    if cadre.talks < 20:
        cadre.talks += 4
        said.append("今天访谈4名队员、2名辅导员")
    for thing in (*(("今天亮身份，公开了联系方式",) if day < TAUGHT[1][0] else ()), "今天宣讲1场", "联系1个中队"):
        if thing not in cadre.rest:
            cadre.rest.add(thing)
            return [*said, thing]
    return said + _papers(cadre)


def _papers(cadre: Cadre) -> list[str]:
    for words in ("选1项重点工作：规范少先队队室", "重点工作有进展：已开两次推进会", "交调研报告《课后活动调研》"):
        if words not in cadre.rest | cadre.papers:
            (cadre.papers if words.startswith("交") else cadre.rest).add(words)
            return [words]
    return []


def steady(cadre: Cadre, day: date) -> list[str]:
    """A day every week."""
    return working(cadre, day) if day.isoweekday() == 1 + cadre.id % 5 else []


def at_once(cadre: Cadre, day: date) -> list[str]:
    """All in one go in the middle of the term, as planned and said."""
    first = TAUGHT[day >= TAUGHT[1][0]][0] + timedelta(days=49 + cadre.id % 10)
    if day == first - 14 * DAY or (not cadre.told and first - 14 * DAY <= day < first):
        cadre.told = True
        last = first + 13 * DAY
        return [f"打算{first.month}月{first.day}日到{last.month}月{last.day}日去驻校"]
    return working(cadre, day) if first <= day < first + 21 * DAY else []


def when_told(cadre: Cadre, day: date) -> list[str]:
    """Nothing before the first reminder, then day by day."""
    return working(cadre, day) if cadre.told and cadre.draw.random() < 0.6 else []


def at_last(cadre: Cadre, day: date) -> list[str]:
    """In the last weeks, reminded or not; some of it stays undone."""
    late = TAUGHT[day >= TAUGHT[1][0]][1] - timedelta(days=18)
    return working(cadre, day) if day >= late and cadre.draw.random() < 0.8 else []


def never(cadre: Cadre, day: date) -> list[str]:  # noqa: ARG001
    """Nothing, whatever is said."""
    return []


def away(cadre: Cadre, day: date) -> list[str]:
    """On leave for six weeks, steady before and after."""
    start = TAUGHT[day >= TAUGHT[1][0]][0] + timedelta(days=28)
    if day == start:
        end = start + timedelta(days=41)
        return [f"请假到{end.month}月{end.day}日"]
    return [] if start <= day < start + timedelta(days=42) else when_told(cadre, day) or steady(cadre, day)


def silent(cadre: Cadre, day: date) -> list[str]:
    """Asks for quiet at the beginning of each term, and works now and then."""
    first = TAUGHT[day >= TAUGHT[1][0]][0]
    return ["暂停提醒"] if day == first else working(cadre, day) if cadre.draw.random() < 0.03 else []


def evenings(cadre: Cadre, day: date) -> list[str]:
    """Asked to be reminded at eight every evening; works on two days a week."""
    return working(cadre, day) if day.isoweekday() in (2, 4) and cadre.draw.random() < 0.5 else []


HABITS: Mapping[str, tuple[Saying, int]] = {
    "steady": (steady, 25),
    "at once": (at_once, 20),
    "when told": (when_told, 20),
    "at last": (at_last, 12),
    "never": (never, 6),
    "away": (away, 6),
    "silent": (silent, 4),
    "evenings": (evenings, 4),
    "late": (when_told, 3),
}


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
        return Desk(self.service, {CHANNEL: Wire()}, lambda: self.now)

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


def people(number: int, seed: int) -> list[Cadre]:
    """Habits drawn by their shares."""
    draw = random.Random(seed)
    names = list(HABITS)
    habits = draw.choices(names, [HABITS[name][1] for name in names], k=number)
    made = [
        Cadre(n, SURNAMES[n % 20] + GIVEN[n // 20 % 20], habit, random.Random(seed * 1000 + n))
        for n, habit in enumerate(habits, 1)
    ]
    for cadre in made:
        cadre.joins = date(2025, 11, 10) if cadre.habit == "late" else FIRST
    return made


def enrol(service: Service, cadres: list[Cadre]) -> None:
    """Ten counties, a school each, the cadres, one approver for all."""
    with service.engine.begin() as connection:
        connection.execute(insert(Unit), {"id": 1, "name": "某市团委", "level": "prefecture", "path": "/1/"})
        for n in range(2, 12):
            connection.execute(
                insert(Unit), {"id": n, "parent_id": 1, "name": f"县{n}", "level": "county", "path": f"/1/{n}/"}
            )
            school = {
                "id": n + 10,
                "parent_id": n,
                "name": f"第{n}小学",
                "level": "school",
                "path": f"/1/{n}/{n + 10}/",
            }
            connection.execute(insert(Unit), school)
            connection.execute(insert(School), {"unit_id": n + 10, "kind": "小学"})
        rows = [{"id": c.id, "unit_id": 2 + c.id % 10, "name": c.user, "joined_on": c.joins} for c in cadres]
        last = {"id": len(cadres) + 1, "unit_id": 1, "name": "approver", "roles": "approver", "joined_on": FIRST}
        connection.execute(insert(Person), [row | {"roles": "cadre"} for row in rows] + [last])
        accounts = [{"channel": CHANNEL, "user": c.user, "person_id": c.id} for c in cadres]
        connection.execute(
            insert(Account), [*accounts, {"channel": CHANNEL, "user": "approver", "person_id": last["id"]}]
        )
        own = [{"person_id": c.id, "school_id": 12 + c.id % 10, "start": c.joins} for c in cadres]
        connection.execute(insert(Assignment), own)
        wishes = [{"person_id": c.id, "time": "20:00"} for c in cadres if c.habit == "evenings"]
        connection.execute(insert(Wish), wishes or [{"person_id": last["id"]}])


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


def picture(year: Year, path: Path) -> None:
    """Records and reminders, week by week; weeks without a teaching day are shaded."""
    width, height, left, bottom, top = 1500, 620, 70, 540, 90
    image = Image.new("RGB", (width, height), "white")
    pen, font, small = ImageDraw.Draw(image), ImageFont.load_default(22), ImageFont.load_default(15)
    weeks = (LAST - FIRST).days // 7 + 1
    step = (width - left - 30) / weeks
    most = max([*year.weeks_said.values(), 1])
    scale = (bottom - top) / max(most, max([*year.weeks_told.values(), 1]))
    calendar = year.service.calendars.of()
    for week in range(weeks):
        first = FIRST + timedelta(days=7 * week)
        x = left + week * step
        if not calendar.teaching(first, min(first + 6 * DAY, LAST)):
            pen.rectangle((x, top, x + step, bottom), fill="#f0f0f0")
        pen.rectangle((x + 2, bottom - year.weeks_said[week] * scale, x + step / 2, bottom), fill="#4c8bb8")
        pen.rectangle((x + step / 2, bottom - year.weeks_told[week] * scale, x + step - 2, bottom), fill="#e08a3c")
        if first.day <= 7:
            pen.text((x, bottom + 8), f"{first.year}-{first.month:02}", fill="#333333", font=small)
    for value in range(0, int(most) + 1, max(int(most) // 5, 1)):
        y = bottom - value * scale
        pen.line((left, y, width - 30, y), fill="#dddddd")
        pen.text((14, y - 9), f"{value}", fill="#555555", font=small)
    head = f"{len(year.cadres)} cadres, one school year: messages (blue) and pushed reminders (orange) a week; grey: no school"
    pen.text((left, 30), head, fill="black", font=font)
    image.save(path)


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
            picture(year, chosen.draw)
        service.engine.dispose()
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
