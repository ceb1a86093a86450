"""Who looked at whom; append only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Moment


class Look(Base):
    """One look at a person's or a unit's figures, granted or refused."""

    __tablename__ = "looks"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    viewer_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    what: Mapped[str] = mapped_column(String(40))
    granted: Mapped[bool]
