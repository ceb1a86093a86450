"""Two hundred cadres of mixed habits: what each says on a day of the school year, and their enrolment."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import insert

from bot.channels.console import CHANNEL
from bot.service import Service
from models.people import Account, Assignment, Person, Wish
from models.units import School, Unit

FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
DAY = timedelta(days=1)
TAUGHT = ((date(2025, 9, 1), date(2025, 12, 24)), (date(2026, 3, 2), date(2026, 6, 18)))
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
