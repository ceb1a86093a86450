"""When each job last ran, and which clock runs it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, or_, select, update

from models.outbox import Beat
from models.outbox_rows import INSERTS

LEASE = timedelta(minutes=10)  # a clock that died while running a job stands in nobody's way for longer


class Ran(NamedTuple):
    """A job's last run to its end; `seen_at` is when a clock first knew of the job."""

    job: str
    seen_at: datetime | None
    ran_at: datetime | None
    tally: Mapping[str, int]


def see(connection: Connection, jobs: Sequence[str], now: datetime) -> None:
    """Note that a clock runs these jobs."""
    rows = [{"job": job, "seen_at": now, "tally": {}, "running_by": ""} for job in jobs]
    connection.execute(INSERTS[connection.dialect.name](Beat).on_conflict_do_nothing(index_elements=["job"]), rows)


def take(connection: Connection, job: str, slot: datetime, worker: str, now: datetime) -> bool:
    """Whether this clock may run the job for a slot: not run since, and nobody runs it."""
    missed = or_(Beat.ran_at.is_(None), Beat.ran_at < slot)
    free = or_(Beat.running_until.is_(None), Beat.running_until <= now)
    new = {"running_until": now + LEASE, "running_by": worker}
    return connection.execute(update(Beat).where(Beat.job == job, missed, free).values(**new)).rowcount == 1


def done(connection: Connection, job: str, now: datetime, tally: Mapping[str, int]) -> None:
    """The job ran to its end."""
    new = {"ran_at": now, "running_until": None, "running_by": "", "tally": dict(tally)}
    statement = INSERTS[connection.dialect.name](Beat).values(job=job, seen_at=now, **new)
    connection.execute(statement.on_conflict_do_update(index_elements=["job"], set_=new))


def runs(connection: Connection) -> list[Ran]:
    """Every job that a clock ever knew of."""
    return [Ran(*row) for row in connection.execute(select(Beat.job, Beat.seen_at, Beat.ran_at, Beat.tally))]
