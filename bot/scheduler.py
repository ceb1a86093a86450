"""Starts APScheduler, and nothing else: it asks each job in turn whether it is due, and remembers nothing."""

from __future__ import annotations

import logging
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import CHINA, now
from bot.desk import Desk
from bot.jobs.registry import JOBS
from bot.jobs.running import run_if_due
from models import beats

log = logging.getLogger("dundian.clock")

ASK_SECONDS = 20
SHARED_SECONDS = 5


def start(desk: Desk) -> BackgroundScheduler:
    """The clock, running in threads of its own; `shutdown()` ends it."""
    with desk.service.engine.begin() as connection:
        beats.see(connection, tuple(JOBS), desk.now())
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(timezone=CHINA, job_defaults={"coalesce": True, "misfire_grace_time": None})
    for name, job in JOBS.items():
        seconds = SHARED_SECONDS if job.shared else ASK_SECONDS
        scheduler.add_job(partial(guarded, desk, name), "interval", seconds=seconds, id=name, next_run_time=now())
    scheduler.start()
    return scheduler


def guarded(desk: Desk, name: str) -> None:
    """Run a job if it is due; a bug in one job is logged and leaves the clock running."""
    try:
        run_if_due(desk, name)
    except Exception:
        log.exception("alarm: job %s failed", name)
