"""One unit's dated duties with their figures, for whoever confirms, asks about, or is told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from handlers.asked import Asked
from models.calendars import CalendarOf
from models.completion import Row, Span, person_lines, unit_rows
from models.filing import Office, confirmed_rows, duties, filed_by, offices, policy_of
from models.hand_ins import Due
from models.policy import Policy
from models.works import Work


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit and all that it hands in about now."""

    office: Office
    dues: list[Due]
    works: Mapping[tuple[str, str], Work]

    def filed(self, due: Due) -> Work | None:
        """What was begun of a hand-in, as it stood when the desk was opened."""
        return self.works.get((due.hand_in.id, due.period))

    def rows(self, asked: Asked, due: Due) -> list[Row]:
        """The figures of a hand-in as of now."""
        return figures(asked.connection, asked.policies, lambda _rows: asked.calendar, self.office, due, asked.today)

    def row_of(self, asked: Asked, due: Due, unit_id: int) -> Row | None:
        """One unit's row of it."""
        return next((row for row in self.rows(asked, due) if row["unit_id"] == unit_id and row["bound"]), None)

    def waiting(self, asked: Asked, due: Due) -> frozenset[int]:
        """The units below whose row is asked for and not confirmed."""
        return not_confirmed(asked.connection, asked.policies, self.office, due)


def figures(
    connection: Connection,
    policies: Mapping[str, Policy],
    calendar_of: CalendarOf,
    office: Office,
    due: Due,
    today: date,
) -> list[Row]:
    """The rows of a hand-in: what is dated within its span, as of today at the latest."""
    span = Span(policy_of(policies, due.hand_in), due.first, min(due.last, today))
    lines = list(person_lines(connection, policies, calendar_of, span, office.path))
    return unit_rows(connection, office.row, lines)


def not_confirmed(connection: Connection, policies: Mapping[str, Policy], office: Office, due: Due) -> frozenset[int]:
    """The units just below that are asked for their row and have not confirmed it; the document holds for them too."""
    if due.rows is None:
        return frozenset()
    below = [one for one in offices(connection) if one.parent_id == office.id]
    name = policy_of(policies, due.hand_in).id
    asked = {one.id for one in below if one.level in due.hand_in.asks_below and name in one.policies}
    return frozenset(asked) - confirmed_rows(connection, office.path, due)


def mine(asked: Asked) -> Desk:
    """The asker's own unit."""
    return open_desk(asked, offices(asked.connection, [asked.context.unit_id])[0])


def below_of(asked: Asked) -> int | None:
    """The unit that the asker's stands just below."""
    return offices(asked.connection, [asked.context.unit_id])[0].parent_id


def desk_of(asked: Asked, unit_id: int | None) -> Desk | None:
    """Another unit by its number."""
    return open_desk(asked, offices(asked.connection, [unit_id])[0]) if unit_id else None


def open_desk(asked: Asked, office: Office) -> Desk:
    """A unit with its duties about now."""
    dues = duties(asked.policies, office, asked.calendar, asked.today)
    return Desk(office, dues, filed_by(asked.connection, office.id))
