"""Files that wait to be looked through and confirmed: one a person, encrypted, gone when taken, given up or a day old."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from cryptography.fernet import InvalidToken
from sqlalchemy import Connection, ForeignKey, LargeBinary, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment
from models.vault import Vault

KEPT = timedelta(hours=24)


class Upload(Base):
    """One person's file; `digest` is of what was sent, `parsed` what was read from it."""

    __tablename__ = "uploads"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    parsed: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Moment)


class Waiting(NamedTuple):
    """A file as it was sent, and what was read from it, where that was kept."""

    name: str
    content: bytes
    digest: str
    parsed: bytes | None = None


class Sent(NamedTuple):
    """A file to be kept."""

    name: str
    content: bytes
    parsed: bytes | None = None


def keep(connection: Connection, vault: Vault, person_id: int, file: Sent, now: datetime) -> None:
    """Keep a file in the place of the person's former one."""
    drop(connection, person_id)
    row = {"person_id": person_id, "name": file.name[-120:], "made_at": now}
    sealed = {"content": vault.seal(file.content), "parsed": vault.seal(file.parsed) if file.parsed else None}
    connection.execute(insert(Upload).values(digest=sha256(file.content).hexdigest(), **sealed, **row))


def waiting(connection: Connection, vault: Vault, person_id: int, now: datetime) -> Waiting | None:
    """The person's file, if it has not grown old."""
    columns = (Upload.name, Upload.content, Upload.digest, Upload.parsed)
    mine = (Upload.person_id == person_id, Upload.made_at > now - KEPT)
    row = connection.execute(select(*columns).where(*mine)).first()
    try:
        return Waiting(row[0], vault.unseal(row[1]), row[2], vault.unseal(row[3]) if row[3] else None) if row else None
    except InvalidToken:
        return None  # kept under another key


def drop(connection: Connection, person_id: int) -> None:
    """Forget the person's file."""
    connection.execute(delete(Upload).where(Upload.person_id == person_id))


def drop_old(connection: Connection, now: datetime) -> int:
    """Forget what was never confirmed; gives how many there were."""
    count: int = connection.execute(delete(Upload).where(Upload.made_at <= now - KEPT)).rowcount
    return count
