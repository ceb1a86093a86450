"""Rounds of the clock on a desk: a job is run at a moment, people say things, and it is seen who was told what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from bot.channels.base import Incoming
from bot.channels.official_reading import CHANNEL
from bot.clock import CHINA
from bot.conversation import answer
from bot.jobs.running import run_job
from bot.outbox import deliver
from models.outbox import Decision, OutboxMessage
from tests.desks import ID, NAME, Office

# All that binds a cadre but the days at school.
OTHERS = (
    "lectures",
    "pioneers_interviewed",
    "counselors_interviewed",
    "key_tasks",
    "squadrons_linked",
    "identity_declared",
    "research_reports",
)


def at(here: Office, moment: str) -> None:
    """Set the clock."""
    here.watch.at = datetime.fromisoformat(moment).replace(tzinfo=CHINA)


def run(here: Office, job: str, moment: str = "") -> dict[str, int]:
    """Run a job, at this moment where one is given; gives its tally."""
    if moment:
        at(here, moment)
    return run_job(here.desk, job, here.watch.at)


def told(here: Office, moment: str, job: str = "pace") -> list[str]:
    """What the first person is sent by a round at this moment."""
    run(here, job, moment)
    here.wrote()
    deliver(here.desk)
    with here.service.engine.connect() as connection:
        mine = (OutboxMessage.person_id == ID, OutboxMessage.state == "sent", OutboxMessage.done_at >= here.watch.at)
        return list(connection.execute(select(OutboxMessage.text).where(*mine)).scalars())


def reason(here: Office, person: int = ID) -> str:
    """Why somebody was reminded or not, by the newest decision."""
    with here.service.engine.connect() as connection:
        statement = select(Decision.reason).where(Decision.person_id == person).order_by(Decision.day.desc())
        return str(connection.execute(statement.limit(1)).scalar())


def say(here: Office, words: str, user: str = NAME) -> str:
    """Somebody says something; gives the answer."""
    here.keys += 1
    message = Incoming(CHANNEL, user, f"s{here.keys}", "text", words, here.watch.at)
    return answer(here.service, message, here.watch.at) or ""


def add(here: Office, table: type, **values: Any) -> None:
    """Put a row into a table by hand."""
    with here.service.engine.begin() as connection:
        connection.execute(insert(table), [values])
