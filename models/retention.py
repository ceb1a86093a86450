"""What is dropped when its time is over: words first, then records, totals last of all; and what a person who left no longer needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, or_, select, update

from models.audit import Look
from models.items import Item, ItemEvent
from models.outbox import Decision, OutboxMessage, Token
from models.packed import over
from models.people import Absence, Account, JoinCode, Person, Wish
from models.records import Entry, EntryChange, Message, PeriodTotals, Plan, Question, Total

BATCH = 500  # people at a time, so that no transaction is long
STANDING = ("unit_link", "identity")  # said once, they hold until changed
FROM_RECORDS = ("issue", "key_task", "report", "case", "feedback", "spot_check", "help", "task_list", "goal")
LINKS = ("link", "file")
PAST = "past"  # totals whose records are gone stand under this kind, out of reach of a recount
ENDED = ("sent", "cleared", "expired", "failed", "undeliverable", "doubtful", "shown")


def records_from(today: date) -> date:
    """The first day whose records are kept: that of the school year before this one."""
    return date(today.year - (1 if today.month >= 9 else 2), 9, 1)


def drop_files(connection: Connection, now: datetime) -> int:
    """Drop the links asked for in chat that have ended, with their steps; who was looked at stays on record elsewhere."""
    ended = select(Item.id).where(Item.kind.in_(LINKS), Item.due_at <= now)
    connection.execute(delete(ItemEvent).where(ItemEvent.item_id.in_(ended)))
    connection.execute(delete(Token).where(Token.name.startswith("media:"), Token.expires <= now))
    return _gone(connection, delete(Item).where(Item.kind.in_(LINKS), Item.due_at <= now))


def drop_words(connection: Connection, before: datetime) -> dict[str, int]:
    """Empty the masked text of messages and their replies, of pushes, and the questions settled; counts stay."""
    old = (Message.received_at < before, or_(Message.text != "", Message.reply.is_not(None), Message.rest != ""))
    gone = {"text": "", "reply": None, "rest": "", "user": ""}
    messages = connection.execute(update(Message).where(*old).values(**gone)).rowcount
    pushed = (OutboxMessage.due < before, OutboxMessage.text != "", OutboxMessage.state.in_(ENDED))
    pushes = connection.execute(update(OutboxMessage).where(*pushed).values(text="", user="")).rowcount
    settled = (Question.asked_at < before, Question.state != "open")
    return {"messages": messages, "pushes": pushes, "questions": _gone(connection, delete(Question).where(*settled))}


def drop_traces(connection: Connection, looks: datetime, pushes: datetime, decisions: date) -> dict[str, int]:
    """Drop looks, pushes and decisions that nobody will ask about any more."""
    ended = (OutboxMessage.due < pushes, OutboxMessage.state.in_(ENDED))
    return {
        "looks": _gone(connection, delete(Look).where(Look.at < looks)),
        "outbox": _gone(connection, delete(OutboxMessage).where(*ended)),
        "decisions": _gone(connection, delete(Decision).where(Decision.day < decisions)),
    }


def whose_records(connection: Connection, before: date) -> list[int]:
    """The next people with records older than a day."""
    statement = select(Entry.person_id).where(*_old(before)).distinct().order_by(Entry.person_id).limit(BATCH)
    return list(connection.execute(statement).scalars())


def drop_records(connection: Connection, people: Sequence[int], before: date, periods: Sequence[str]) -> int:
    """Drop these people's old records; their totals of the periods that are over are set aside first."""
    _set_aside(connection, people, periods)
    old = select(Entry.id).where(Entry.person_id.in_(people), *_old(before))
    items = select(Item.id).where(Item.entry_id.in_(old), Item.kind.in_(FROM_RECORDS))
    connection.execute(delete(ItemEvent).where(ItemEvent.item_id.in_(items)))
    connection.execute(delete(Item).where(Item.entry_id.in_(old), Item.kind.in_(FROM_RECORDS)))
    connection.execute(delete(EntryChange).where(EntryChange.entry_id.in_(old)))
    connection.execute(delete(Question).where(Question.entry_id.in_(old)))
    connection.execute(delete(Question).where(Question.plan_id.in_(_plans(people, before))))
    connection.execute(delete(Plan).where(Plan.id.in_(_plans(people, before))))
    return _gone(connection, delete(Entry).where(Entry.person_id.in_(people), *_old(before)))


def _old(before: date) -> tuple[ColumnElement[bool], ...]:
    return Entry.end < before, Entry.activity.not_in(STANDING)


def _plans(people: Sequence[int], before: date) -> Select[*tuple[Any, ...]]:
    return select(Plan.id).where(Plan.person_id.in_(people), Plan.end < before)


def _set_aside(connection: Connection, people: Sequence[int], periods: Sequence[str]) -> None:
    columns = (Total.subject_id, Total.metric, Total.period, Total.value)
    mine = (Total.subject_id.in_(people), Total.period.in_(periods))
    kept = select(Total.subject_id, Total.metric, Total.period).where(Total.subject_kind == PAST, *mine)
    known = {tuple(row) for row in connection.execute(kept)}
    now = select(*columns).where(Total.subject_kind == "person", Total.value != 0, *mine)
    rows = [_past(row) for row in connection.execute(now) if tuple(row[:3]) not in known]
    if rows:
        connection.execute(insert(Total), rows)
    connection.execute(delete(Total).where(Total.subject_kind == "person", *mine))
    lines = (PeriodTotals.person_id.in_(people), PeriodTotals.period.in_(over(periods)))
    connection.execute(delete(PeriodTotals).where(*lines))


def _past(row: Any) -> dict[str, Any]:
    return {"subject_kind": PAST, "subject_id": row[0], "metric": row[1], "period": row[2], "value": row[3]}


def periods_before(connection: Connection, people: Sequence[int]) -> list[str]:
    """The period keys under which these people have totals."""
    mine = (Total.subject_kind == "person", Total.subject_id.in_(people))
    return list(connection.execute(select(Total.period).where(*mine).distinct()).scalars())


def forget_left(connection: Connection, today: date) -> int:
    """Of people who have left: their contacts, bindings, wishes, leaves, codes and waiting pushes; gives how many."""
    identifying = (Person.phone != "", Person.phone_hash.is_not(None), Person.email != "", Person.wechat != "")
    bound = select(Account.id).where(Account.person_id == Person.id).exists()
    held = or_(*identifying, Person.wecom.is_not(None), bound)
    people = list(connection.execute(select(Person.id).where(Person.left_on <= today, held)).scalars())
    if not people:
        return 0
    blank = {"phone": "", "phone_hash": None, "email": "", "wechat": "", "wecom": None}
    connection.execute(update(Person).where(Person.id.in_(people)).values(**blank))
    connection.execute(update(Account).where(Account.person_id.in_(people)).values(person_id=None))
    for table in (Wish, Absence, JoinCode):
        connection.execute(delete(table).where(table.person_id.in_(people)))
    waiting = (OutboxMessage.person_id.in_(people), OutboxMessage.state == "scheduled")
    gone = {"state": "cleared", "reason": "left", "text": ""}
    connection.execute(update(OutboxMessage).where(*waiting).values(**gone))
    return len(people)


def _gone(connection: Connection, statement: Any) -> int:
    count: int = connection.execute(statement).rowcount
    return count
