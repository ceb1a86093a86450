"""People of the roster, what they may do, and the accounts they write from."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Moment

POSTS = ("full_time", "seconded", "part_time", "chief_counselor")
ROLES = ("cadre", "unit_admin", "approver", "supervisor", "responsible_head", "responsible_office")


class Person(Base):
    """An adult of the roster. Telephone, e-mail and WeChat id are encrypted; `phone_hash` is keyed, for look-up only."""

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    post: Mapped[str] = mapped_column(String(20), default="full_time")
    roles: Mapped[str] = mapped_column(String(80), default="cadre")
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(200), default="")
    phone_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    email: Mapped[str] = mapped_column(String(300), default="")
    wechat: Mapped[str] = mapped_column(String(200), default="")
    wecom: Mapped[str | None] = mapped_column(String(64), unique=True)
    policies: Mapped[str] = mapped_column(String(200), default="")
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    grassroots_posting: Mapped[bool] = mapped_column(default=False)
    training: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class Account(Base):
    """A platform's user. `person_id` is empty until the user has joined; the row goes when the user leaves the channel."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("channel", "user"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    user: Mapped[str] = mapped_column(String(128))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    joined_at: Mapped[datetime | None] = mapped_column(Moment)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    reachable: Mapped[bool] = mapped_column(default=True)
    unreachable_at: Mapped[datetime | None] = mapped_column(Moment)


class JoinCode(Base):
    """A one-time code, kept as a keyed hash; it joins whoever sends it first."""

    __tablename__ = "join_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    spent_at: Mapped[datetime | None] = mapped_column(Moment)


SCHOOL_KINDS = ("own", "linked")  # the one for 驻校蹲点, and those linked beside it for 驻校蹲班


class Assignment(Base):
    """A person's 蹲点学校 from one day to another (open at the end); `kind` is own or linked."""

    __tablename__ = "assignments"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str] = mapped_column(String(10), default="own")
    start: Mapped[date]
    end: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))


class Absence(Base):
    """Leave: no reminders, and the days do not count against anybody."""

    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    start: Mapped[date]
    end: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Moment)


class Wish(Base):
    """What a person asked of reminders: off until a day, or at a time of their own on some weekdays."""

    __tablename__ = "wishes"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    off: Mapped[bool] = mapped_column(default=False)
    off_until: Mapped[date | None]
    time: Mapped[str] = mapped_column(String(5), default="")
    weekdays: Mapped[str] = mapped_column(String(7), default="")
    digest: Mapped[bool] = mapped_column(default=False)


Index("ix_assignments_school", Assignment.school_id)
