"""Nothing is kept longer than its purpose; and how much is asked of people, by unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select

from bot.clock import CHINA
from bot.jobs.retention import begins, run, words_from
from models.audit import Look
from models.burden import burden
from models.calendar import Calendar
from models.outbox import Decision, OutboxMessage
from models.people import Account, Person
from models.records import Entry, EntryChange, Message, Question, Total
from models.retention import records_from
from tests.desks import Office, office

NOW = datetime(2026, 11, 20, 3, 40, tzinfo=CHINA)


@pytest.fixture
def here(database_url: str) -> Iterator[Office]:
    with office(database_url) as made:
        made.watch.at = NOW
        yield made


def moment(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=CHINA)


def add(here: Office, table: Any, **values: Any) -> int:
    with here.service.engine.begin() as connection:
        return connection.execute(
            insert(table).values(**values).returning(table.__table__.primary_key.columns[0])
        ).scalar_one()


def said(here: Office, day: str, text: str = "今天访谈3名队员") -> int:
    here.keys += 1
    row = {"channel": "x", "key": f"r{here.keys}", "user": "u", "person_id": 1, "kind": "text", "intent": "check_in"}
    at = moment(day)
    return add(here, Message, **row, text=text, reply="已记", said_at=at, received_at=at, characters=8)


def did(here: Office, day: str, activity: str = "interview", person: int = 1) -> int:
    first = date.fromisoformat(day)
    row = {"person_id": person, "unit_id": 2, "activity": activity, "count": 3, "start": first, "end": first}
    return add(here, Entry, **row, made_at=moment(day))


def rows(here: Office, *columns: Any, where: Any = None) -> list[Any]:
    with here.service.engine.connect() as connection:
        statement = select(*columns)
        return list(connection.execute(statement if where is None else statement.where(where)).all())


def count(connection: Connection, table: Any) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_words_go_after_the_previous_term_and_counts_stay(here: Office) -> None:
    old, young = said(here, "2026-01-31"), said(here, "2026-02-01")
    assert run(here.desk, NOW)["messages"] == 1
    found = {
        n: (text, reply, typed)
        for n, text, reply, typed in rows(here, Message.id, Message.text, Message.reply, Message.characters)
    }
    assert found == {old: ("", None, 8), young: ("今天访谈3名队员", "已记", 8)}
    assert run(here.desk, NOW)["messages"] == 0


def test_records_go_after_the_previous_school_year_and_totals_stay(here: Office) -> None:
    old, young, standing = did(here, "2025-08-31"), did(here, "2025-09-01"), did(here, "2025-03-03", "unit_link")
    add(here, EntryChange, entry_id=old, at=NOW, kind="amend", before={}, after={})
    add(here, Question, person_id=1, entry_id=old, kind="count", text="几名？", asked_at=NOW)
    for period in ("2024-2025-2", "2025-2026-1", "always"):
        with here.service.engine.begin() as connection:
            connection.execute(
                insert(Total).values(subject_kind="person", subject_id=1, metric="m", period=period, value=3)
            )
    assert run(here.desk, NOW)["entries"] == 1
    assert {n for (n,) in rows(here, Entry.id)} == {young, standing}
    kept = {(kind, period) for kind, period in rows(here, Total.subject_kind, Total.period)}
    assert kept == {("past", "2024-2025-2"), ("person", "2025-2026-1"), ("person", "always")}
    assert run(here.desk, NOW)["entries"] == 0


def test_looks_are_kept_for_three_years(here: Office) -> None:
    for day in ("2023-11-19", "2023-11-21"):
        add(here, Look, at=moment(day), viewer_id=4, person_id=1, what="nudge", granted=True)
    assert run(here.desk, NOW)["looks"] == 1


def test_pushes_and_decisions_go(here: Office) -> None:
    for day, state in (("2025-08-30", "sent"), ("2026-01-15", "sent"), ("2026-11-19", "sent")):
        here.keys += 1
        number = here.remind(due=moment(day))
        here.change(OutboxMessage, OutboxMessage.id == number, state=state)
    add(here, Decision, person_id=1, day=date(2026, 8, 1), remind=False, reason="done", data={})
    add(here, Decision, person_id=1, day=date(2026, 11, 1), remind=False, reason="done", data={})
    tally = run(here.desk, NOW)
    assert (tally["outbox"], tally["pushes"], tally["decisions"]) == (1, 2, 1)
    assert sorted(text for (text,) in rows(here, OutboxMessage.text)) == ["", "旧话"]


def test_of_who_left_only_the_work_stays(here: Office) -> None:
    did(here, "2026-11-02")
    waiting = here.remind()
    here.change(Person, Person.id == 1, left_on=date(2026, 11, 20), email="a@b", wechat="w")
    assert run(here.desk, NOW)["left"] == 1
    (person,) = rows(here, Person.phone_hash, Person.email, Person.wechat, where=Person.id == 1)
    assert tuple(person) == (None, "", "")
    assert rows(here, Account.person_id, where=Account.user == "oUser-1") == [(None,)]
    assert (here.state(waiting), len(rows(here, Entry.id))) == ("cleared", 1)
    assert run(here.desk, NOW)["left"] == 0


@pytest.mark.parametrize(
    ("today", "words", "records"),
    [
        ("2026-11-20", "2026-02-01", "2025-09-01"),
        ("2027-03-01", "2026-09-01", "2025-09-01"),
        ("2027-08-31", "2026-09-01", "2025-09-01"),
        ("2027-09-01", "2027-02-01", "2026-09-01"),
    ],
)
def test_first_days_kept(today: str, words: str, records: str) -> None:
    day = date.fromisoformat(today)
    assert (str(words_from(Calendar(), day)), str(records_from(day))) == (words, records)


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("2024-2025-1", "2024-09-01"),
        ("2024-2025-2", "2025-02-01"),
        ("2024-2025", "2024-09-01"),
        ("2024", "2024-01-01"),
        ("2024-11", "2024-11-01"),
        ("2024H1", "2024-01-01"),
        ("2024H2", "2024-07-01"),
        ("2024-09w", "2024-09-01"),
        ("always", "9999-01-01"),
    ],
)
def test_first_day_of_a_period(key: str, day: str) -> None:
    assert str(begins(key)) == day


def test_burden_is_told_by_unit_never_by_person(here: Office) -> None:
    said(here, "2026-11-02")
    did(here, "2026-11-02")
    did(here, "2026-11-03", person=3)
    number = here.remind()
    here.change(OutboxMessage, OutboxMessage.id == number, state="sent", done_at=NOW)
    with here.service.engine.connect() as connection:
        found = {one.unit: one for one in burden(connection, moment("2026-11-01"), moment("2026-12-01"))}
    assert set(found) == {"长安市团委", "沁水县团委"}
    county, city = found["沁水县团委"], found["长安市团委"]
    assert (county.people, county.reminders, county.entries, county.each_entry) == (5, 1, 1, 8.0)
    assert (city.people, city.entries, city.each_entry) == (3, 1, 0.0)
