"""What follows from what the platform says, and from a clock that dies: never twice, never lost unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.channels.official_reading import CHANNEL
from bot.clock import CHINA
from bot.outbox import deliver
from models.accounts import addresses
from models.breakers import alarms
from models.outbox import OutboxMessage
from models.outbox_rows import claim
from models.people import Account
from tests.desks import ID, MONDAY, NAME, Office
from tests.platform import CUSTOM, TOKEN

pytestmark = pytest.mark.usefixtures("impatient")


def test_user_who_left_is_not_called_again(here: Office) -> None:
    here.wrote()
    here.double.strangers.add(NAME)
    number = here.remind()
    assert deliver(here.desk) == {"turned": 1, "undeliverable": 1}
    assert here.row(number).attempts == 1
    here.remind()
    assert deliver(here.desk) == {"undeliverable": 1}
    with here.service.engine.connect() as connection:
        assert addresses(connection, ID, (CHANNEL,)) == []


def test_user_who_writes_again_is_reachable_again(here: Office) -> None:
    here.change(Account, Account.user == NAME, reachable=False, unreachable_at=MONDAY)
    here.watch.on(minutes=1)
    here.wrote()
    here.remind()
    assert deliver(here.desk) == {"returned": 1, "sent": 1}


def test_busy_platform_is_tried_again_later_each_time_longer(here: Office) -> None:
    here.wrote()
    here.double.fault = lambda asked: "-1" if asked.path == CUSTOM else None
    number = here.remind()
    waits = []
    for _ in range(3):
        assert deliver(here.desk) == {"retried": 1}
        waits.append((here.row(number).next_at - here.watch.at).total_seconds())
        here.watch.at = here.row(number).next_at
    assert 2 <= waits[0] < waits[1] < waits[2] <= 10
    here.double.fault = lambda asked: None
    assert deliver(here.desk) == {"sent": 1}
    assert here.row(number).attempts == 4


@pytest.mark.parametrize("fault", ["502", "502+", "time-out", "time-out+", "cut", "cut+", "html", "html+"])
def test_lost_answer_leaves_it_doubtful_and_it_is_never_sent_again(here: Office, fault: str) -> None:
    here.wrote()
    here.double.fault = lambda asked: fault if asked.path == CUSTOM else None
    number = here.remind()
    assert deliver(here.desk) == {"doubtful": 1}
    here.double.fault = lambda asked: None
    here.watch.on(minutes=30)
    here.wrote()
    assert deliver(here.desk) == {}
    assert (here.state(number), len(here.double.delivered)) == ("doubtful", int(fault.endswith("+")))


@pytest.mark.parametrize(("code", "until"), [("45011", "09:31"), ("45009", "00:05"), ("48001", "10:30")])
def test_pause_keeps_everything_queued(here: Office, code: str, until: str, caplog: pytest.LogCaptureFixture) -> None:
    here.double.fault = lambda asked: code if asked.path == CUSTOM else None
    for person in (1, 2, 3):
        here.wrote(f"oUser-{person}")
        here.remind(person)
    assert deliver(here.desk) == {"resting": 1}
    assert deliver(here.desk) == {}
    assert here.double.seen[code] == 1
    assert [here.state(number) for number in (1, 2, 3)] == ["scheduled"] * 3
    with here.service.engine.connect() as connection:
        (breaker,) = alarms(connection, here.watch.at)
    assert f"{breaker.until.astimezone(CHINA):%H:%M}" == until  # type: ignore[union-attr]
    assert "alarm: official:custom rests" in caplog.text


def test_after_a_pause_everything_goes_out(here: Office) -> None:
    here.double.fault = lambda asked: "45011" if asked.path == CUSTOM else None
    for person in (1, 2, 3):
        here.wrote(f"oUser-{person}")
        here.remind(person)
    deliver(here.desk)
    here.double.fault = lambda asked: None
    here.watch.on(minutes=1)
    assert deliver(here.desk) == {"sent": 3}


def test_what_can_take_no_other_way_rests_while_others_go_out(with_template: Office) -> None:
    here = with_template
    here.double.fault = lambda asked: "45011" if asked.path == CUSTOM else None
    here.wrote("oUser-1")
    here.wrote("oUser-2")
    for person in (1, 2, 3):
        here.remind(person)
    assert deliver(here.desk) == {"resting": 2, "sent": 1}
    assert [user for user, _, _ in here.double.delivered] == ["oUser-3"]


def test_failures_in_a_row_open_the_breaker_and_a_success_closes_it(here: Office) -> None:
    here.double.fault = lambda asked: "cut" if asked.path == CUSTOM else None
    for person in range(1, 8):
        here.wrote(f"oUser-{person}")
        here.remind(person, kind="notice")
    assert deliver(here.desk) == {"doubtful": 5}
    here.watch.on(minutes=1)
    assert deliver(here.desk) == {"doubtful": 1}
    here.double.fault = lambda asked: None
    here.watch.on(minutes=1)
    assert deliver(here.desk) == {}  # it rests longer each time
    here.watch.on(minutes=1)
    assert deliver(here.desk) == {"sent": 1}
    with here.service.engine.connect() as connection:
        assert alarms(connection, here.watch.at) == []


def test_refused_token_is_renewed_once_and_the_message_goes_out(here: Office) -> None:
    here.wrote()
    here.remind()
    deliver(here.desk)
    here.double.expire_token()
    here.watch.on(minutes=1)
    here.remind(kind="notice")
    assert deliver(here.desk) == {"sent": 1}
    assert (here.double.tokens, here.double.forced) == (2, 0)


def test_wrong_secret_stops_the_channel_and_loses_nothing(here: Office) -> None:
    here.double.secret = "another"
    for person in (1, 2):
        here.wrote(f"oUser-{person}")
        here.remind(person)
    assert deliver(here.desk) == {"resting": 1}
    assert list(here.double.used) == []
    here.double.secret = "s3cret-of-the-account"
    here.watch.on(hours=1)
    assert deliver(here.desk) == {"sent": 2}


def test_claim_of_a_clock_that_died_before_its_call_is_taken_back(here: Office) -> None:
    here.wrote()
    number = here.remind()
    with here.service.engine.begin() as connection:
        claim(connection, "dead", MONDAY, 1)
    assert deliver(here.desk) == {}
    here.watch.on(minutes=6)
    assert deliver(here.desk) == {"taken_back": 1, "sent": 1}
    assert here.state(number) == "sent"


class Died(BaseException):
    """Stands for the process that ends between call and commit."""


def test_clock_that_died_between_call_and_commit_leaves_it_doubtful(here: Office) -> None:
    class Dying:
        def __getattr__(self, name: str) -> object:
            return getattr(here.desk.channels[CHANNEL], name)

        def send(self, message: object) -> object:
            here.desk.channels[CHANNEL].send(message)  # type: ignore[arg-type]
            raise Died

    here.wrote()
    number = here.remind()
    with pytest.raises(Died):
        deliver(replace(here.desk, channels={CHANNEL: Dying()}))  # type: ignore[dict-item]
    assert here.state(number) == "claimed"
    here.watch.on(minutes=6)
    assert deliver(here.desk) == {"doubtful": 1}
    here.wrote()
    assert deliver(here.desk) == {}
    assert len(here.double.delivered) == 1


def test_attempt_is_committed_before_the_call(here: Office) -> None:
    seen: list[tuple[str, int]] = []

    def look(asked: object) -> None:
        with here.service.engine.connect() as connection:
            statement = select(OutboxMessage.state, OutboxMessage.attempts)
            seen.append(tuple(connection.execute(statement).one()))

    here.wrote()
    here.remind()
    here.double.fault = look  # type: ignore[assignment]
    deliver(here.desk)
    assert seen[-1] == ("claimed", 1)


def test_nothing_secret_and_no_words_are_logged(here: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="dundian")
    for fault in ("cut", "-1", "43004", "html", "40001"):
        here.double.fault = lambda asked, fault=fault: fault if asked.path in (CUSTOM, TOKEN) else None  # type: ignore[misc]
        here.wrote()
        here.remind(kind="notice")
        deliver(here.desk)
        here.watch.on(minutes=10)
    assert caplog.records
    assert here.double.secret not in caplog.text
    assert "token-1" not in caplog.text
    assert "旧话" not in caplog.text
