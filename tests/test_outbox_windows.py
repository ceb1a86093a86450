"""The platform's windows: what is held until the person writes, and what heads the next conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.base import Incoming
from bot.channels.official_reading import CHANNEL
from bot.conversation import answer
from bot.outbox import deliver
from models.outbox import OutboxMessage
from tests.desks import NAME, Office, done
from tests.platform import CUSTOM, TEMPLATE
from tests.rounds import say

pytestmark = pytest.mark.usefixtures("impatient")


def test_without_a_window_it_is_held_and_no_call_is_made(here: Office) -> None:
    number = here.remind()
    assert deliver(here.desk) == {"held": 1}
    assert deliver(here.desk) == {}
    row = here.row(number)
    assert (row.state, row.next_at, row.attempts) == ("scheduled", None, 0)
    assert here.double.used == {}


def test_held_message_goes_out_once_the_person_has_written(here: Office) -> None:
    number = here.remind()
    deliver(here.desk)
    here.watch.on(minutes=5)
    here.wrote(kind="image")
    here.double.wrote(NAME)
    assert deliver(here.desk) == {"woken": 1, "sent": 1}
    assert here.state(number) == "sent"


def test_window_of_48_hours_closes(here: Office) -> None:
    here.wrote()
    here.watch.on(hours=48)
    here.remind(due=here.watch.at, expires=here.watch.at + timedelta(days=3))
    assert deliver(here.desk) == {"held": 1}


def sent_before(here: Office, count: int) -> None:
    """So many messages went to the first person just now."""
    sent = {"state": "sent", "channel": CHANNEL, "user": NAME, "way": "custom", "called_at": here.watch.at}
    for _ in range(count):
        here.change(OutboxMessage, OutboxMessage.id == here.remind(kind="pass_on"), **sent)
    here.double.windows[NAME].left -= count


@pytest.mark.parametrize(("kind", "sent", "tally"), [("click", 2, "sent"), ("click", 3, "held"), ("scan", 3, "held")])
def test_tap_opens_three(here: Office, kind: str, sent: int, tally: str) -> None:
    here.wrote(kind=kind)
    sent_before(here, sent)
    here.remind()
    assert deliver(here.desk) == {tally: 1}


def test_tap_opens_for_a_minute(here: Office) -> None:
    here.wrote(kind="click")
    here.watch.on(minutes=1)
    here.remind()
    assert deliver(here.desk) == {"held": 1}
    assert here.double.used == {}


@pytest.mark.parametrize(("sent", "tally"), [(4, "sent"), (5, "held")])
def test_message_opens_five(here: Office, sent: int, tally: str) -> None:
    here.wrote()
    sent_before(here, sent)
    here.remind()
    assert deliver(here.desk) == {tally: 1}


def test_new_message_opens_a_used_window_again(here: Office) -> None:
    here.wrote()
    sent_before(here, 5)
    here.remind()
    deliver(here.desk)
    here.watch.on(minutes=1)
    here.wrote()
    assert deliver(here.desk) == {"woken": 1, "sent": 1}


@pytest.mark.parametrize("code", ["45015", "45047"])
def test_window_that_the_platform_knows_better_is_believed(here: Office, code: str) -> None:
    here.wrote()
    here.double.fault = lambda asked: code if asked.path == CUSTOM else None
    number = here.remind()
    assert deliver(here.desk) == {"turned": 1, "held": 1}
    assert deliver(here.desk) == {}
    assert (here.state(number), here.row(number).attempts) == ("scheduled", 1)
    here.double.fault = lambda asked: None
    here.watch.on(minutes=1)
    here.wrote()
    assert deliver(here.desk) == {"woken": 1, "sent": 1}


def test_template_takes_over_outside_the_window(with_template: Office) -> None:
    here = with_template
    number = here.remind()
    assert deliver(here.desk) == {"sent": 1}
    ((user, path, text),) = here.double.delivered
    assert (user, path, here.row(number).way) == (NAME, TEMPLATE, "template")
    assert text == "蹲点进度提醒 驻校还差10天，现在补记也算"


def test_template_takes_over_where_the_window_turns_out_closed(with_template: Office) -> None:
    here = with_template
    here.wrote()
    here.double.windows.clear()
    number = here.remind()
    assert deliver(here.desk) == {"turned": 1, "sent": 1}
    assert (here.row(number).way, here.row(number).attempts) == ("template", 2)


def test_held_message_heads_the_next_conversation_once(here: Office) -> None:
    number = here.remind()
    deliver(here.desk)
    here.watch.on(minutes=1)
    assert say(here, "今天访谈3名队员").startswith("驻校还差10天")
    assert here.state(number) == "shown"
    assert "驻校还差10天" not in say(here, "今天访谈2名队员").split("\n")[0]
    assert deliver(here.desk) == {}


def test_what_this_very_message_settles_is_not_shown(here: Office) -> None:
    number = here.remind()
    deliver(here.desk)
    done(here.service)
    assert "驻校还差" not in say(here, "帮助")
    assert here.state(number) == "cleared"


def test_what_was_held_too_long_is_not_shown(here: Office) -> None:
    here.remind()
    deliver(here.desk)
    here.watch.on(days=8)
    assert "还差10天" not in say(here, "今天访谈3名队员")


def test_unfollowing_takes_what_waits(here: Office) -> None:
    number = here.remind()
    deliver(here.desk)
    answer(here.service, Incoming(CHANNEL, NAME, "left", "unsubscribe", "", here.watch.at), here.watch.at)
    row = here.row(number)
    assert (row.state, row.reason, row.text, row.user) == ("undeliverable", "unfollowed", "", "")
    assert deliver(here.desk) == {}
