"""Messages to push, each a row before it is a call; and what was decided about reminding."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Moment

STATES = ("scheduled", "claimed", "sent", "cleared", "expired", "failed", "undeliverable", "doubtful", "shown")


class OutboxMessage(Base):
    """One message for one person. `key` says what, whom and when, so that a second run finds the first.

    `next_at` is when it may be tried (again); none means that it is held until the person writes. `called_at` stands
    there before a call is made, so that a claim without it is known to have sent nothing. `told_at`: when the unit's
    administrator was asked to pass it on.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_next", "state", "next_at"),
        Index("ix_outbox_user", "user", "called_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    due: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime | None] = mapped_column(Moment)
    channel: Mapped[str] = mapped_column(String(20), default="")
    user: Mapped[str] = mapped_column(String(128), default="")
    way: Mapped[str] = mapped_column(String(20), default="")
    state: Mapped[str] = mapped_column(String(15), default="scheduled")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(Moment)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    claimed_by: Mapped[str] = mapped_column(String(40), default="")
    called_at: Mapped[datetime | None] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    number: Mapped[str] = mapped_column(String(64), default="", server_default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(Moment)


class Decision(Base):
    """Why a person was, or was not, reminded on a day; 为什么提醒我 is answered from here. One row a person and day."""

    __tablename__ = "decisions"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    remind: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Beat(Base):
    """When a job last ran to its end, and its tally; so a silent clock can be noticed. One clock at a time runs it."""

    __tablename__ = "beats"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    ran_at: Mapped[datetime | None] = mapped_column(Moment)
    running_until: Mapped[datetime | None] = mapped_column(Moment)
    running_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    tally: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Token(Base):
    """A platform's access token, shared by all processes; a breaker's state lies beside it under its own name."""

    __tablename__ = "tokens"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text, default="")
    expires: Mapped[datetime | None] = mapped_column(Moment)
    refreshing_until: Mapped[datetime | None] = mapped_column(Moment)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
