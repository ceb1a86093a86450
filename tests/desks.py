"""A desk for tests: a small roster, people joined on the 公众号, a platform double, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bot.channels import official_sending
from bot.channels.official_reading import CHANNEL
from bot.channels.official_sending import Client, OfficialChannel
from bot.channels.official_template import Template
from bot.clock import CHINA
from bot.desk import Desk
from bot.service import Service, open_service
from bot.settings import Settings
from models.outbox import OutboxMessage
from models.outbox_rows import Draft, put
from models.people import Account
from models.records import Message, Total
from models.tokens import StoredTokens
from tests.people import fill
from tests.platform import Double, running
from tests.wechat import APP_ID

EVERYTHING = (
    *("on_site_days", "lectures", "pioneers_interviewed", "counselors_interviewed", "key_tasks"),
    *("squadrons_linked", "identity_declared", "research_reports", "active_assignments"),
)
ENDS = ("", "@own", "-any", "-any@own")
MONDAY = datetime(2026, 12, 14, 9, 30, tzinfo=CHINA)
ID, NAME = 1, "oUser-1"


@dataclass
class Watch:
    """A clock that moves when told."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at

    def on(self, **length: int) -> None:
        """Move it."""
        self.at += timedelta(**length)


@dataclass
class Office:
    """One clock's desk with its surroundings."""

    service: Service
    watch: Watch
    double: Double
    desk: Desk
    keys: int = field(default=0)

    def remind(self, person: int = ID, kind: str = "pace", **changes: Any) -> int:
        """Put a reminder in; gives its number."""
        self.keys += 1
        now = self.watch.at
        draft = Draft(person, f"{kind}:{person}:{self.keys}", kind, now, now + timedelta(days=7), "旧话", {})
        with self.service.engine.begin() as connection:
            put(connection, [draft._replace(**changes)], now)
            return connection.execute(select(OutboxMessage.id).order_by(OutboxMessage.id.desc()).limit(1)).scalar_one()

    def wrote(self, user: str = NAME, kind: str = "text") -> None:
        """A user sent something: the service keeps it, and the platform opens its window."""
        self.keys += 1
        now = self.watch.at
        row = {"channel": CHANNEL, "key": f"k{self.keys}", "user": user, "kind": kind, "said_at": now}
        with self.service.engine.begin() as connection:
            connection.execute(insert(Message).values(**row, received_at=now))
        (self.double.wrote if kind == "text" else self.double.tapped)(user)

    def row(self, number: int) -> Any:
        """A message as it stands."""
        with self.service.engine.connect() as connection:
            statement = select(OutboxMessage.__table__).where(OutboxMessage.id == number)
            return connection.execute(statement).one()

    def state(self, number: int) -> str:
        """The state of a message."""
        return str(self.row(number).state)

    def change(self, table: type, where: Any, **new: Any) -> None:
        """Change rows by hand."""
        with self.service.engine.begin() as connection:
            connection.execute(update(table).where(where).values(**new))


def reached(
    service: Service, *metrics: str, person: int = ID, value: int = 50, ends: tuple[str, ...] = ("", "@own")
) -> None:
    """A person's totals stand at this value, in every period that the November of 2026 has a goal for."""
    rows = [
        {"subject_kind": "person", "subject_id": person, "metric": metric + end, "period": period, "value": value}
        for metric in metrics
        for end in ends
        for period in ("2026-2027-1", "2026", "always")
    ]
    with service.engine.begin() as connection:
        connection.execute(insert(Total), rows)


def done(service: Service, person: int = ID) -> None:
    """Everything that binds the person is done."""
    reached(service, *EVERYTHING, person=person, ends=ENDS)


def join(service: Service, people: int = 7, channel: str = CHANNEL) -> None:
    """Everybody of the roster follows the 公众号 as oUser-<number>."""
    rows = [
        {
            "channel": channel,
            "user": f"oUser-{n}",
            "person_id": n,
            "joined_at": MONDAY,
            "failures": 0,
            "reachable": True,
        }
        for n in range(1, people + 1)
    ]
    with service.engine.begin() as connection:
        connection.execute(insert(Account), rows)


@contextmanager
def office(database_url: str, template: bool = False) -> Iterator[Office]:
    """A desk on a database, with the small roster joined."""
    service = open_service(Settings(database_url=database_url, dundian_secret_key="k" * 40))
    fill(service)
    join(service)
    watch = Watch()
    double = Double(watch)
    with running(double) as there:
        tokens = StoredTokens(service.engine, service.vault)
        client = Client(APP_ID, double.secret, there.url, tokens, watch)
        fields = Template("T-1", {"thing1": "title", "thing2": "text"}) if template else None
        channel = OfficialChannel(client, fields)
        yield Office(service, watch, double, Desk(service, {official_sending.CHANNEL: channel}, watch))
    service.engine.dispose()
