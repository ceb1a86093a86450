"""The clock: jobs when they are due, once, though many clocks run; and it notices when it stands still."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from bot import scheduler
from bot.app import create_app
from bot.channels.console import Console
from bot.channels.official_reading import CHANNEL
from bot.clock import CHINA
from bot.conversation import answer
from bot.desk import Desk
from bot.jobs import self_check
from bot.jobs.registry import JOBS, TIMES
from bot.jobs.running import run_if_due, run_job
from bot.jobs.timing import Daily
from bot.outbox import deliver
from bot.service import Service, open_service
from bot.settings import Settings
from models import beats, breakers
from models.calendar import Calendar
from models.outbox import Beat, Decision, OutboxMessage
from tests.desks import MONDAY, Office, join, office
from tests.people import fill


@pytest.fixture
def sqlite_office(sqlite_url: str) -> Iterator[Office]:
    with office(sqlite_url) as made:
        yield made


def messages(service: Service) -> int:
    with service.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(OutboxMessage)).scalar_one()


def seen(here: Office) -> None:
    with here.service.engine.begin() as connection:
        beats.see(connection, tuple(JOBS), here.watch.at - timedelta(days=7))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def test_reminder_reaches_the_person_from_job_to_platform(here: Office) -> None:
    here.wrote("oUser-1")
    tally = run_job(here.desk, "pace", MONDAY)
    assert (tally["considered"], tally["reminded"]) == (5, 4)  # of five cadres one is not bound: 兼职
    assert run_job(here.desk, "deliver", MONDAY) == {"sent": 1, "held": 3}
    assert len(here.double.texts("oUser-1")) == 1


def test_console_gets_what_is_pushed(sqlite_url: str) -> None:
    service = open_service(Settings(database_url=sqlite_url, dundian_demo=True))
    fill(service)
    join(service, channel="console")
    desk = Desk(service, {"console": Console()}, lambda: MONDAY)
    run_job(desk, "pace", MONDAY)
    assert deliver(desk) == {"sent": 4}
    service.engine.dispose()


def test_second_run_adds_nothing_and_keeps_the_decision(here: Office) -> None:
    run_job(here.desk, "pace", MONDAY)
    before = messages(here.service)
    assert run_job(here.desk, "pace", MONDAY + timedelta(minutes=1))["reminded"] == 0
    assert messages(here.service) == before
    with here.service.engine.connect() as connection:
        reasons = connection.execute(select(Decision.remind).where(Decision.person_id == 1)).scalars().all()
    assert reasons == [True]


@pytest.mark.parametrize("moment", ["2026-12-14 23:00", "2026-12-13 10:00", "2026-10-02 10:00", "2026-12-14 12:00"])
def test_outside_the_hours_nobody_is_reminded(sqlite_office: Office, moment: str) -> None:
    assert run_job(sqlite_office.desk, "pace", at(moment)) == {"outside_hours": 1}
    assert messages(sqlite_office.service) == 0


def test_saturday_that_is_worked_is_a_workday(sqlite_office: Office) -> None:
    assert "considered" in run_job(sqlite_office.desk, "pace", at("2026-10-10 10:00"))


def test_days_without_a_clock_make_no_flood(here: Office) -> None:
    here.wrote("oUser-1")
    run_job(here.desk, "pace", MONDAY)
    for days in (1, 2, 3):
        here.watch.at = MONDAY + timedelta(days=days)
    here.wrote("oUser-1")
    seen(here)
    assert run_if_due(here.desk, "pace") is not None
    assert run_if_due(here.desk, "pace") is None
    deliver(here.desk)
    assert len(here.double.texts("oUser-1")) == 1


def test_of_many_clocks_one_runs_a_job(here: Office) -> None:
    seen(here)
    desks = [replace(here.desk, worker=f"clock-{n}") for n in range(4)]
    with ThreadPoolExecutor(4) as hands:
        tallies = list(hands.map(lambda desk: run_if_due(desk, "pace"), desks))
    assert sum(tally is not None for tally in tallies) == 1


def test_job_of_a_clock_that_died_is_run_by_another(here: Office) -> None:
    seen(here)
    with here.service.engine.begin() as connection:
        assert beats.take(connection, "pace", MONDAY, "dead", MONDAY)
    assert run_if_due(here.desk, "pace") is None
    here.watch.on(minutes=11)
    assert run_if_due(here.desk, "pace") is not None


def test_daily_job_is_due_from_its_time_on_workdays() -> None:
    daily, calendar = TIMES["pace"], Calendar()
    assert daily.last(calendar, at("2026-12-14 10:00")) == at("2026-12-14 09:05")
    assert daily.last(calendar, at("2026-12-14 09:00")) == at("2026-12-11 09:05")
    assert daily.two_periods_ago(calendar, at("2026-12-14 10:00")) == at("2026-12-11 09:05")
    assert isinstance(daily, Daily)


def test_job_that_has_not_run_for_two_periods_is_an_alarm(here: Office, caplog: pytest.LogCaptureFixture) -> None:
    run_job(here.desk, "pace", at("2026-12-09 09:30"))
    assert self_check.check(here.desk, at("2026-12-10 17:00"), TIMES)["alarms"] == 0
    assert self_check.check(here.desk, at("2026-12-11 10:00"), TIMES)["alarms"] == 1
    assert "alarm: job pace has not run since 2026-12-09" in caplog.text


def test_holidays_are_no_missed_runs(sqlite_office: Office) -> None:
    run_job(sqlite_office.desk, "pace", at("2026-09-30 09:30"))
    assert self_check.check(sqlite_office.desk, at("2026-10-08 09:01"), TIMES)["alarms"] == 0


def app_of(service: Service) -> Flask:
    return create_app(service, answer)


def test_health_names_a_way_that_rests_and_not_why(sqlite_office: Office) -> None:
    service = sqlite_office.service
    client = app_of(service).test_client()
    assert client.get("/healthz").text == "ok\n"
    with service.engine.begin() as connection:
        far = timedelta(days=400)
        breakers.rest(connection, f"{CHANNEL}:custom", "stop: 48001 rid: 6a-1", datetime.now(CHINA), far)
    found = client.get("/healthz")
    assert found.status_code == 200
    assert "alarm: official:custom rests until" in found.text
    assert "48001" not in found.text


def test_health_names_a_clock_that_stands_still(sqlite_office: Office) -> None:
    service = sqlite_office.service
    with service.engine.begin() as connection:
        beats.done(connection, "deliver", MONDAY - timedelta(days=900), {})
    assert "alarm: job deliver has not run" in app_of(service).test_client().get("/healthz").text


def test_clock_runs_every_job_by_itself(sqlite_office: Office) -> None:
    here = sqlite_office
    here.wrote("oUser-1")
    running = scheduler.start(here.desk)
    try:
        end = time.monotonic() + 10
        while not here.double.delivered and time.monotonic() < end:
            time.sleep(0.05)
            deliver(here.desk)
    finally:
        here.desk.stopping.set()
        running.shutdown(wait=True)
    assert len(here.double.texts("oUser-1")) == 1
    with here.service.engine.connect() as connection:
        assert connection.execute(select(func.count()).where(Beat.ran_at.is_not(None))).scalar_one() >= 3


def test_bug_in_a_job_leaves_the_clock_running(sqlite_office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    scheduler.guarded(sqlite_office.desk, "no such job")
    assert "alarm: job no such job failed" in caplog.text


# What could not be delivered


def given_up(here: Office, days: int = 3) -> None:
    run_job(here.desk, "pace", MONDAY)
    deliver(here.desk)
    here.watch.at = MONDAY.replace(hour=9, minute=10) + timedelta(days=days)


def test_three_workdays_without_delivery_give_the_administrator_a_sentence(here: Office) -> None:
    given_up(here, days=3)
    assert run_job(here.desk, "pass_on", here.watch.at)["undelivered"] == 0
    given_up(here, days=4)
    here.wrote("oUser-4")
    assert run_job(here.desk, "pass_on", here.watch.at) == {"undelivered": 4, "administrators": 1}
    assert run_job(here.desk, "pass_on", here.watch.at) == {"undelivered": 0, "administrators": 0}
    deliver(here.desk)
    (text,) = here.double.texts("oUser-4")
    assert "三个工作日没送到王干事那里，请转告：驻校还差10天" in text
    assert "赵干事" not in text  # of another unit, which has no administrator


def test_who_wrote_meanwhile_need_not_be_told_by_others(here: Office) -> None:
    given_up(here, days=4)
    run_job(here.desk, "pass_on", here.watch.at)
    here.change(OutboxMessage, OutboxMessage.kind == "pace", state="shown")
    here.wrote("oUser-4")
    assert deliver(here.desk) == {"cleared": 1}
    assert here.double.texts("oUser-4") == []


def test_weekend_is_no_time_to_deliver(here: Office) -> None:
    here.watch.at = at("2026-12-17 09:30")
    run_job(here.desk, "pace", here.watch.at)
    assert run_job(here.desk, "pass_on", at("2026-12-22 09:10"))["undelivered"] == 0
    assert run_job(here.desk, "pass_on", at("2026-12-23 09:10"))["undelivered"] == 4
