"""Taking turns over people: who changes what is theirs waits until another who does so is done."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from models.people import Person

BATCH = 500


def take_turn(connection: Connection, persons: Collection[int]) -> None:
    """Hold these people's lines until the transaction ends; always in one order, so that no two wait for each other.

    Where there is one writer at a time anyway (SQLite), it asks for nothing more.
    """
    numbers = sorted(set(persons))
    for first in range(0, len(numbers), BATCH):
        mine = Person.id.in_(numbers[first : first + BATCH])
        connection.execute(select(Person.id).where(mine).order_by(Person.id).with_for_update()).all()
