"""Things with an owner, a status and a history: problems, reports, cases, key tasks, lists, hand-ins, ratings, checks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Moment

KINDS = (
    "issue",
    "key_task",
    "report",
    "case",
    "task_list",
    "hand_in",
    "rating",
    "spot_check",
    "draw",
    "feedback",
    "school_change",
    "help",
    "goal",
    "hand_in_row",
    "file",
    "handover",
    "roster",
)


class Item(Base):
    """One thing of KINDS. People call it by its `id`; `text` is masked; `day` is when it was written or held."""

    __tablename__ = "items"
    __table_args__ = (
        Index("ix_items_unit_kind", "unit_id", "kind", "status"),
        Index("ix_items_person_kind", "person_id", "kind"),
        Index("ix_items_kind_status", "kind", "status", "person_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    period: Mapped[str] = mapped_column(String(20), default="")
    status: Mapped[str] = mapped_column(String(20), default="open")
    day: Mapped[date | None]
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(Moment)


class ItemEvent(Base):
    """One step in an item's life: who, when, to which status, with what words."""

    __tablename__ = "item_events"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
