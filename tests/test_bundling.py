"""One message a day: what waits goes along with what goes out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.outbox import deliver
from tests.desks import NAME, Office
from tests.rounds import at, reason, run, told


@pytest.fixture
def here(with_template: Office) -> Office:
    return with_template


def test_one_message_a_day(here: Office) -> None:
    at(here, "2026-12-14 10:00")
    for number in (1, 2, 3):
        here.remind(kind="notice", key=f"n{number}", text=f"第{number}件")
    here.wrote()
    deliver(here.desk)
    (text,) = here.double.texts(NAME)
    assert text.split("\n————\n") == ["第1件", "第2件", "第3件"]
    here.remind(kind="notice", key="n4", text="第4件", expires=here.watch.at + timedelta(days=9))
    assert deliver(here.desk) == {"later": 1}
    at(here, "2026-12-15 09:00")
    here.wrote()
    deliver(here.desk)
    assert here.double.texts(NAME)[1:] == ["第4件"]


def test_a_reminder_takes_along_what_waits(here: Office) -> None:
    at(here, "2026-12-11 09:30")
    run(here, "pace")
    notice = here.remind(kind="notice", text="清单已退回")
    here.wrote()
    deliver(here.desk)
    (text,) = here.double.texts(NAME)
    assert text.startswith("驻校还差10天")
    assert text.endswith("清单已退回")
    assert (here.state(notice), here.row(notice).reason[:15]) == ("cleared", "goes along with")
    assert told(here, "2026-12-14 09:30") == []
    assert reason(here) == "told_lately"
