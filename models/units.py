"""Units form a tree; a school is a unit with a side table for what only schools have."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key

LEVELS = [
    "national",
    "province",
    "prefecture",
    "county",
    "town",
    "community",
    "university",
    "faculty",
    "middle_school",
    "vocational_school",
    "school",
]


class Unit(Base):
    """A committee, a faculty or a school. `path` is `/1/5/12/`, so that "here and below" is one prefix."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("parent_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), index=True)
    level: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    path: Mapped[str] = mapped_column(String(200), default="", index=True)
    position: Mapped[int] = mapped_column(default=0)
    policies: Mapped[str] = mapped_column(String(200), default="")
    training: Mapped[bool] = mapped_column(default=False)
    rating_on: Mapped[bool] = mapped_column(default=False)
    spot_check_on: Mapped[bool] = mapped_column(default=False)
    lead_days: Mapped[int] = mapped_column(default=3)


class School(Base):
    """What only a school has; its row in `units` carries name and place in the tree."""

    __tablename__ = "schools"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), default="")
    area: Mapped[str] = mapped_column(String(10), default="")
    remark: Mapped[str] = mapped_column(String(200), default="")
    weak: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]


class Term(Base):
    """A unit's own term dates (校历); where none is given for it or above it, the defaults of the calendar hold."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(20))
    start: Mapped[date]
    end: Mapped[date]
    teaching_start: Mapped[date | None]
    teaching_end: Mapped[date | None]


class SchoolClass(Base):
    """A class of a school by its label and sizes; never a pupil."""

    __tablename__ = "classes"
    __table_args__ = (UniqueConstraint("school_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    size: Mapped[int | None]
    league_cadres: Mapped[int | None]
