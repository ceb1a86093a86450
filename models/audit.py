"""Who looked at whom; append only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, ForeignKey, String, insert
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


def look(connection: Connection, viewer_id: int, persons: Collection[int], what: str, at: datetime) -> None:
    """Keep that somebody looked at these people."""
    looks(connection, viewer_id, {what: persons}, at)


def looks(connection: Connection, viewer_id: int, seen: Mapping[str, Collection[int]], at: datetime) -> None:
    """Keep several looks at once, each by what was looked at; one statement."""
    row = {"at": at, "viewer_id": viewer_id, "granted": True}
    rows = [row | {"person_id": person, "what": what} for what, persons in seen.items() for person in persons]
    if rows:
        connection.execute(insert(Look), rows)


def refused(connection: Connection, viewer_id: int, unit_id: int | None, at: datetime) -> None:
    """Keep that somebody asked for a unit outside their scope."""
    row = {"at": at, "viewer_id": viewer_id, "unit_id": unit_id, "what": "scope", "granted": False}
    connection.execute(insert(Look).values(**row))
