"""The demonstration: an invented roster, taken in like any other, and a past that was told to the bot like any other."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot import clock
from bot.channels.base import Incoming
from bot.channels.console import CHANNEL
from bot.conversation import answer
from bot.service import Service
from models.database import reading
from models.people import Account, JoinCode, Person
from models.roster import import_tables
from models.roster_codes import hashed

Answer = Callable[[Service, Incoming, datetime], str | None]

FILE = Path(__file__).with_suffix(".toml")
STRANGER_CODE = "493027"
NOON = time(12)


class Said(NamedTuple):
    """Something that was said in the demonstration's past."""

    name: str
    key: str
    at: datetime
    text: str


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def demo_roster(service: Service, now: datetime) -> None:
    """Take in the demonstration's roster; raises ValueError where its file is wrong."""
    with Session(service.engine) as session, session.begin():
        report = import_tables(session, service.vault, _data()["roster"], now, policies=tuple(service.policies))
    if not report.ok:
        raise ValueError("\n".join(report.lines()))


def seed_demo(service: Service, now: datetime | None = None, tell: Answer = answer) -> None:
    """Fill an empty database with the demonstration; one that has people already stays as it is."""
    now = now or clock.now()
    if _is_empty(service):
        demo_roster(service, now)
        _join(service, now)
    # Keyed, and reckoned from the first start, so that one that was cut off goes on where it stopped.
    for said in past(service, _first_start(service) or now):
        tell(service, Incoming(CHANNEL, said.name, said.key, "text", said.text, said.at), said.at)


def _is_empty(service: Service) -> bool:
    with reading(service.engine).connect() as connection:
        return connection.scalar(select(Person.id).limit(1)) is None


def _first_start(service: Service) -> datetime | None:
    with reading(service.engine).connect() as connection:
        return connection.scalar(select(func.min(Account.joined_at)).where(Account.channel == CHANNEL))


def _join(service: Service, now: datetime) -> None:
    """Everybody has joined the chat page already, but for the one whose code the stranger may try."""
    with service.engine.begin() as connection:
        free = select(JoinCode.person_id).where(JoinCode.code_hash == hashed(service.vault, STRANGER_CODE))
        rows = connection.execute(select(Person.id, Person.name).where(Person.id.not_in(free))).all()
        values = {"channel": CHANNEL, "joined_at": now, "failures": 0, "reachable": True}
        connection.execute(insert(Account), [values | {"user": row.name, "person_id": row.id} for row in rows])


def past(service: Service, now: datetime) -> list[Said]:
    """What was said within this term, oldest first."""
    calendar, today = service.calendars.of(), clock.local(now).date()
    taught = [day for day in calendar.taught(calendar.key_on(today)) if day < today]
    said = [line for name, lines in _data()["history"].items() for line in _lines(name, lines, taught)]
    return sorted(said, key=lambda line: line.at)


def _lines(name: str, lines: Sequence[tuple[int, str]], taught: Sequence[date]) -> Iterator[Said]:
    for number, text in lines:
        if number <= len(taught):
            yield Said(name, f"past:{name}:{number}", datetime.combine(taught[-number], NOON, clock.CHINA), text)
