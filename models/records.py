"""What was said and what it was taken for: messages, entries with their history, plans, questions, totals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Moment

ENTRY_STATES = ("active", "pending", "withdrawn")


class Message(Base):
    """One delivery, claimed by its key. `text` is masked before it gets here, and empty where it had to be dropped."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("channel", "key"), Index("ix_messages_user", "user", "received_at"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(64))
    user: Mapped[str] = mapped_column(String(128))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    said_at: Mapped[datetime] = mapped_column(Moment)
    received_at: Mapped[datetime] = mapped_column(Moment, index=True)
    intent: Mapped[str] = mapped_column(String(20), default="")
    dropped: Mapped[str | None] = mapped_column(String(10))
    characters: Mapped[int] = mapped_column(default=0)
    reply: Mapped[str | None] = mapped_column(Text)
    rest: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="claimed")


class Entry(Base):
    """One thing done. It keeps the unit of its time; `away` says it was at no school of the person's,
    `linked` that it was at one linked beside the own.
    """

    __tablename__ = "entries"
    __table_args__ = (
        Index("ix_entries_person_end", "person_id", "end"),
        Index("ix_entries_unit_start", "unit_id", "start"),
        Index("ix_entries_school_start", "school_id", "start"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    activity: Mapped[str | None] = mapped_column(String(20))
    audience: Mapped[str | None] = mapped_column(String(20))
    count: Mapped[Decimal | None] = mapped_column(Numeric(10, 1))
    start: Mapped[date | None]
    end: Mapped[date | None]
    attendance: Mapped[int | None]
    at_least: Mapped[Decimal | None] = mapped_column(Numeric(10, 1))
    met_before: Mapped[int | None]
    of: Mapped[int | None]
    class_name: Mapped[str | None] = mapped_column(String(40))
    place: Mapped[str | None] = mapped_column(String(80))
    method: Mapped[str | None] = mapped_column(String(20))
    full_day: Mapped[bool | None]
    away: Mapped[bool] = mapped_column(default=False)
    linked: Mapped[bool] = mapped_column(default=False)
    training: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="active")
    made_at: Mapped[datetime] = mapped_column(Moment)


class EntryChange(Base):
    """One change of an entry: the values before and after, which message asked for it, and who."""

    __tablename__ = "entry_changes"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(10))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)


class Plan(Base):
    """What a person said they would do; asked about once when its day has passed."""

    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    activity: Mapped[str | None] = mapped_column(String(20))
    audience: Mapped[str | None] = mapped_column(String(20))
    count: Mapped[Decimal | None] = mapped_column(Numeric(10, 1))
    place: Mapped[str | None] = mapped_column(String(80))
    start: Mapped[date | None]
    end: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="open")
    made_at: Mapped[datetime] = mapped_column(Moment)


class Question(Base):
    """A question put to a person, answerable by one word. `data` holds what the answer will be applied to."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_person_state", "person_id", "state"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(300))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="open")
    asked_at: Mapped[datetime] = mapped_column(Moment)


class Total(Base):
    """A figure of a subject (person or unit) for a metric and a period, as `2026-2027-1`, `2026`, `2026-11`, `always`.

    `earlier` is what it was before `month`; without them it was as it is.
    """

    __tablename__ = "totals"

    subject_kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    metric: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[Decimal] = mapped_column(Numeric(12, 1))
    month: Mapped[str | None] = mapped_column(String(7))
    earlier: Mapped[Decimal | None] = mapped_column(Numeric(12, 1))


class PeriodTotals(Base):
    """All of a person's totals of one period as one line of text, for the figures of many (see models.packed)."""

    __tablename__ = "period_totals"
    __table_args__ = (Index("ix_period_totals_period", "period"),)

    person_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)
    now: Mapped[str] = mapped_column(Text)
    month: Mapped[str | None] = mapped_column(String(7))
    earlier: Mapped[str | None] = mapped_column(Text)
