"""Another 蹲点学校 before the year is over: asked for with a reason, done when approved."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, update

from models.people import Assignment
from models.works import Work


def carry_out(connection: Connection, work: Work, approver_id: int, today: date) -> None:
    """End the present assignment and begin the one that was asked for."""
    mine = (Assignment.person_id == work.person_id, Assignment.end.is_(None), Assignment.kind == "own")
    connection.execute(update(Assignment).where(*mine).values(end=today))
    row = {"person_id": work.person_id, "school_id": work.data["school_id"], "start": today}
    connection.execute(insert(Assignment).values(reason=work.text, approved_by=approver_id, **row))
