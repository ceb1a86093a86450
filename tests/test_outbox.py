"""The outbox: once, in the words of the moment, within the hours, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.channels.official_reading import CHANNEL
from bot.clock import CHINA
from bot.outbox import deliver
from models.outbox_rows import Draft, claim, put
from models.people import Absence, Wish
from tests.desks import ID, MONDAY, NAME, Office, done

pytestmark = pytest.mark.usefixtures("impatient")


def test_reminder_goes_out_once_in_the_words_of_the_moment(here: Office) -> None:
    here.wrote()
    number = here.remind()
    assert deliver(here.desk) == {"sent": 1}
    assert deliver(here.desk) == {}
    (text,) = here.double.texts(NAME)
    assert "驻校还差10天" in text
    row = here.row(number)
    assert (row.state, row.attempts, row.channel, row.user, row.way, row.text) == (
        "sent",
        1,
        CHANNEL,
        NAME,
        "custom",
        text,
    )
    assert row.number == "1"


def test_second_run_finds_the_first(here: Office) -> None:
    draft = Draft(ID, "pace:1:2026-12-14", "pace", MONDAY, MONDAY + timedelta(days=7), "x", {})
    with here.service.engine.begin() as connection:
        assert put(connection, [draft, draft._replace(person_id=2, key="other")], MONDAY) == 2
        assert put(connection, [draft], MONDAY) == 0


def test_report_that_arrived_meanwhile_clears_it(here: Office) -> None:
    here.wrote()
    number = here.remind()
    done(here.service)
    assert deliver(here.desk) == {"cleared": 1}
    assert (here.state(number), here.row(number).reason, here.double.delivered) == ("cleared", "done", [])


@pytest.mark.parametrize("row", [Absence(start=date(2026, 12, 10), end=date(2026, 12, 20), made_at=MONDAY)])
def test_leave_that_began_meanwhile_clears_it(here: Office, row: Absence) -> None:
    here.wrote()
    number = here.remind()
    with here.service.engine.begin() as connection:
        connection.execute(insert(Absence).values(person_id=ID, start=row.start, end=row.end, made_at=row.made_at))
    deliver(here.desk)
    assert (here.state(number), here.row(number).reason) == ("cleared", "leave")


def test_pause_that_was_asked_for_meanwhile_clears_it(here: Office) -> None:
    here.wrote()
    number = here.remind()
    with here.service.engine.begin() as connection:
        connection.execute(insert(Wish).values(person_id=ID, off=True))
    deliver(here.desk)
    assert (here.state(number), here.row(number).reason) == ("cleared", "off")


def test_too_late_means_not_sent(here: Office) -> None:
    here.wrote()
    number = here.remind(expires=MONDAY + timedelta(hours=1))
    here.watch.on(hours=1)
    here.wrote()
    assert deliver(here.desk) == {"expired": 1}
    assert (here.state(number), here.double.delivered) == ("expired", [])


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-12-14 08:30", "2026-12-14 09:00"),
        ("2026-12-14 12:30", "2026-12-14 14:30"),
        ("2026-12-14 23:00", "2026-12-15 09:00"),
        ("2026-12-18 17:30", "2026-12-21 09:00"),
        ("2026-10-01 10:00", "2026-10-08 09:00"),  # National Day
        ("2026-10-09 18:00", "2026-10-10 09:00"),  # a Saturday that is worked
    ],
)
def test_outside_the_hours_it_waits_for_the_next_opening(here: Office, now: str, opening: str) -> None:
    here.watch.at = datetime.fromisoformat(now).replace(tzinfo=CHINA)
    here.wrote()
    number = here.remind(expires=here.watch.at + timedelta(days=9))
    assert deliver(here.desk) == {"later": 1}
    assert f"{here.row(number).next_at.astimezone(CHINA):%Y-%m-%d %H:%M}" == opening
    assert here.double.delivered == []


def test_of_one_person_one_message_is_under_way_at_a_time(here: Office) -> None:
    numbers = [here.remind() for _ in range(3)]
    with here.service.engine.begin() as connection:
        assert [row.id for row in claim(connection, "a", MONDAY, 10)] == numbers[:1]
    with here.service.engine.begin() as connection:
        assert claim(connection, "b", MONDAY, 10) == []


def test_many_clocks_send_each_message_once(here: Office) -> None:
    for person in range(1, 4):
        here.wrote(f"oUser-{person}")
        here.remind(person)
    desks = [replace(here.desk, worker=f"clock-{n}") for n in range(4)]
    with ThreadPoolExecutor(4) as hands:
        tallies = list(hands.map(deliver, desks))
    assert sum(tally.get("sent", 0) for tally in tallies) == 3
    assert sorted(user for user, _, _ in here.double.delivered) == ["oUser-1", "oUser-2", "oUser-3"]
