"""The outbox: once, in the words of the moment, in its window, or known not to have gone out."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from bot.channels import official_sending
from bot.channels.base import Incoming
from bot.channels.official_reading import CHANNEL
from bot.clock import CHINA
from bot.conversation import answer
from bot.outbox import deliver
from models.accounts import addresses
from models.breakers import alarms
from models.outbox import OutboxMessage
from models.outbox_rows import Draft, claim, put
from models.people import Absence, Account, Wish
from models.records import Total
from tests.desks import ID, MONDAY, NAME, Office, office
from tests.platform import CUSTOM, TEMPLATE, TOKEN


@pytest.fixture
def here(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(official_sending, "TIMEOUT", (1.0, 0.3))
    with office(database_url) as made:
        yield made


@pytest.fixture
def with_template(sqlite_url: str) -> Iterator[Office]:
    with office(sqlite_url, template=True) as made:
        yield made


def done(here: Office, person: int = ID) -> None:
    """Everything that binds the person is done."""
    names = ("on_site_days", "lectures", "pioneers_interviewed", "counselors_interviewed", "key_tasks")
    more = ("squadrons_linked", "identity_declared", "research_reports", "active_assignments")
    rows = [
        {"subject_kind": "person", "subject_id": person, "metric": name + end, "period": period, "value": 50}
        for name in (*names, *more)
        for end in ("", "@own", "-any", "-any@own")
        for period in ("2026-2027-1", "2026", "always")
    ]
    with here.service.engine.begin() as connection:
        connection.execute(insert(Total), rows)


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
    done(here)
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


# Windows


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
    assert text == "蹲点进度提醒 驻校还差10天，最迟12月14日要开始"


def test_template_takes_over_where_the_window_turns_out_closed(with_template: Office) -> None:
    here = with_template
    here.wrote()
    here.double.windows.clear()
    number = here.remind()
    assert deliver(here.desk) == {"turned": 1, "sent": 1}
    assert (here.row(number).way, here.row(number).attempts) == ("template", 2)


# The head of the next conversation


def say(here: Office, words: str, key: str = "said-1", person: int = ID) -> str:
    incoming = Incoming(CHANNEL, f"oUser-{person}", key, "text", words, here.watch.at)
    return answer(here.service, incoming, here.watch.at) or ""


def test_held_message_heads_the_next_conversation_once(here: Office) -> None:
    number = here.remind()
    deliver(here.desk)
    here.watch.on(minutes=1)
    assert say(here, "今天访谈3名队员").startswith("驻校还差10天")
    assert here.state(number) == "shown"
    assert "驻校还差10天" not in say(here, "今天访谈2名队员", "said-2").split("\n")[0]
    assert deliver(here.desk) == {}


def test_what_this_very_message_settles_is_not_shown(here: Office) -> None:
    number = here.remind()
    deliver(here.desk)
    done(here)
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


# What follows from what the platform says


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


# A clock that dies


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
