"""The one road: once, in order, after the commit, and never a lost message."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from bot.channels.base import Incoming
from bot.clock import CHINA
from bot.conversation import APOLOGY, answer, said_at
from bot.replay import CHANNEL
from bot.service import Service
from models.records import Entry, Message, Question, Total

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=CHINA)


def say(words: str, key: str = "1", who: str = "王干事", at: datetime = NOW, kind: str = "text") -> Incoming:
    return Incoming(CHANNEL, who, key, kind, words, at)


def count(service: Service, table: type) -> int:
    with service.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def total(service: Service, metric: str) -> Decimal:
    with service.engine.connect() as connection:
        mine = (Total.metric.startswith(metric), Total.subject_id == 1, Total.period == "2026-2027-1")
        statement = select(Total.value).where(*mine)
        return connection.execute(statement).scalar_one()


def at_once(*calls: object) -> None:
    threads = [threading.Thread(target=call) for call in calls]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_six_deliveries_at_once_give_six_equal_replies_and_one_record(service: Service) -> None:
    replies: list[str | None] = []
    at_once(*[lambda: replies.append(answer(service, say("今天访谈3名队员"), NOW)) for _ in range(6)])
    assert len(replies) == 6
    assert len(set(replies)) == 1
    assert "访谈队员3名" in str(replies[0])
    assert (count(service, Message), count(service, Entry)) == (1, 1)


def test_messages_of_one_person_in_one_second_never_reckon_from_the_same_state(service: Service) -> None:
    texts = [f"{day}号访谈1名队员" for day in range(1, 13)]
    at_once(*[lambda t=t: answer(service, say(t, key=t), NOW) for t in texts])
    assert count(service, Entry) == 12
    assert total(service, "pioneers_interviewed") == 12
    last = answer(service, say("进度", key="progress"), NOW)
    assert "队员12/20" in str(last)


def test_a_repeat_gets_the_first_reply_whatever_happened_since(service: Service) -> None:
    first = answer(service, say("今天访谈3名队员"), NOW)
    answer(service, say("撤销", key="2"), NOW)
    assert answer(service, say("今天访谈3名队员"), NOW) == first
    assert count(service, Entry) == 1


def test_a_bug_is_answered_with_an_apology_and_the_message_is_kept(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    service.engine.dispose()
    broken = Service(service.settings, service.engine, {"pioneer_2017": None}, service.vault, service.calendars)  # type: ignore[dict-item]
    assert answer(broken, say("今天访谈3名队员"), NOW) == APOLOGY
    assert (count(service, Message), count(service, Entry)) == (1, 0)
    assert "访谈" not in caplog.text
    assert "bug at message" in caplog.text


def test_nothing_of_a_child_is_stored_or_logged(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    reply = answer(service, say("今天访谈了五年级的李小明同学，他妈妈电话13812345678"), NOW)
    with service.engine.connect() as connection:
        stored = connection.execute(select(Message.text)).scalar_one()
        asked = str(connection.execute(select(Question.text, Question.data)).all())
        kept = str(connection.execute(select(Entry.text, Entry.place, Entry.class_name)).all())
    for words in (stored, str(reply), caplog.text, asked, kept):
        assert "李小明" not in words
        assert "13812345678" not in words


def test_the_duty_to_report_stands_alone_or_before_what_was_stored(service: Service) -> None:
    alone = answer(service, say("三班有个孩子被同学打伤了", "1"), NOW)
    assert alone
    assert alone.startswith("【强制报告】")
    assert "没有记" not in alone
    both = answer(service, say("今天访谈3名队员，其中一个说在家挨打，身上有伤", "2"), NOW)
    assert both
    assert both.splitlines()[0].startswith("【强制报告】")
    assert "访谈队员3名" in both.splitlines()[1]
    stranger = answer(service, say("我同学被人欺负了，一身伤", "3", who="路人"), NOW)
    assert stranger
    assert "12355" in stranger


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(timedelta(hours=-3), timedelta(hours=-3)), (timedelta(days=-3), timedelta(0)), (timedelta(days=3), timedelta(0))],
)
def test_the_platforms_moment_holds_within_a_day_of_the_clock(sent: timedelta, expected: timedelta) -> None:
    assert said_at(say("x", at=NOW + sent), NOW) == NOW + expected


@pytest.mark.parametrize("kind", ["image", "video", "location", "link", "file"])
def test_what_cannot_be_read_gets_one_polite_line_and_leaves_nothing(service: Service, kind: str) -> None:
    reply = answer(service, say("http://pic/child.jpg", kind=kind), NOW)
    assert "没有保存" in str(reply)
    with service.engine.connect() as connection:
        assert connection.execute(select(Message.text)).scalar_one() == ""


def test_unfollowing_removes_the_binding_and_the_platforms_id(service: Service) -> None:
    answer(service, say("今天访谈3名队员"), NOW)
    assert answer(service, say("", key="bye", kind="unsubscribe"), NOW) is None
    with service.engine.connect() as connection:
        assert set(connection.execute(select(Message.user)).scalars()) == {""}
    assert "绑定码" in str(answer(service, say("进度", key="back"), NOW))


def test_following_brings_the_way_to_join(service: Service) -> None:
    assert "绑定 493027" in str(answer(service, say("", who="新人", kind="subscribe"), NOW))


def test_a_scanned_code_joins(service: Service) -> None:
    reply = answer(service, say("100002", who="新人", kind="scan"), NOW)
    assert "李干事，已绑定" in str(reply)


def test_long_answers_come_in_pages(service: Service) -> None:
    for day in range(1, 20):
        answer(service, say(f"{day}号在第{day}示范实验小学听课2节，宣讲1场，发放问卷30份", key=f"d{day}"), NOW)
    first = str(answer(service, say("我本学期的记录", key="a"), NOW))
    second = str(answer(service, say("更多", key="b"), NOW))
    assert len(first.encode()) <= 2000
    assert "更多" in first
    assert second
    assert second not in first


def test_what_the_platform_tells_of_itself_is_not_answered_and_not_kept(service: Service) -> None:
    assert answer(service, say("", kind="other"), NOW) is None
    assert count(service, Message) == 0


def test_a_bug_in_understanding_is_answered_too_and_keeps_no_words(service: Service) -> None:
    unreadable = say(b"\xff")  # type: ignore[arg-type]
    assert answer(service, unreadable, NOW) == APOLOGY
    assert answer(service, unreadable, NOW) == APOLOGY
    with service.engine.connect() as connection:
        assert connection.execute(select(Message.text, Message.state)).all() == [("", "failed")]
