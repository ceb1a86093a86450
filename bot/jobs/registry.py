"""Every job: what it does, when it is due, and whether hours bind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.desk import Desk, Tally
from bot.jobs import (
    deliver,
    digest,
    hand_ins,
    hand_over,
    own_time,
    pace,
    pass_on,
    plans,
    recount,
    retention,
    self_check,
)
from bot.jobs.timing import Daily, Every, JobTimes

Run = Callable[[Desk, datetime], Tally]


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `hours`: only within the sending hours; `shared`: many clocks may run it at once."""

    run: Run
    when: JobTimes
    hours: bool = False
    shared: bool = False


def _self_check(desk: Desk, now: datetime) -> Tally:
    return self_check.check(desk, now, TIMES)


JOBS: Mapping[str, Job] = {
    "pace": Job(pace.run, Daily((time(9, 5),)), hours=True),
    "pass_on": Job(pass_on.run, Daily((time(9, 2),)), hours=True),
    "own_time": Job(own_time.run, Every(timedelta(minutes=1))),
    "digest": Job(digest.run, Every(timedelta(minutes=1))),
    "hand_ins": Job(hand_ins.run, Daily((time(8, 40),), workdays=False)),
    "hand_over": Job(hand_over.run, Daily((time(0, 10),), workdays=False)),
    "plans": Job(plans.run, Daily((time(0, 20),), workdays=False)),
    "recount": Job(recount.run, Daily((time(2, 30),), workdays=False)),
    "retention": Job(retention.run, Daily((time(3, 40),), workdays=False)),
    "deliver": Job(deliver.run, Every(timedelta(seconds=5)), shared=True),
    "self_check": Job(_self_check, Every(timedelta(minutes=10))),
}
TIMES: Mapping[str, JobTimes] = {name: job.when for name, job in JOBS.items()}
