"""Which school is a person's own, and since when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select, update

from models.calendar import Calendar
from models.colleagues import Colleague, with_role
from models.journal import Actor
from models.notices import tell
from models.people import Assignment
from models.progress import terms_between
from models.refusal import Refusal
from models.schools import NamedSchool, named_schools
from models.works import open_work
from models.zone import CHINA

KEEP_DAYS = 365
TERMS = 2


class TooEarly(Refusal):
    """The year with the present school is not over; the change needs a reason and an approval."""


def assign(
    connection: Connection, person_id: int, path: str, words: str, today: date, calendar: Calendar
) -> NamedSchool:
    """Make a school of the roster the person's own; raises Refusal where it is unknown, TooEarly before the year is over."""
    school = known_school(connection, path, words)
    place(connection, person_id, school, today, calendar)
    return school


def place(connection: Connection, person_id: int, school: NamedSchool, today: date, calendar: Calendar) -> None:
    """Make a school the person's own from today; raises TooEarly before the year with the present one is over."""
    current = _current(connection, person_id)
    if current and current.school_id == school.id:
        return
    if current and not kept_a_year(current.start, today, calendar):
        raise TooEarly(
            f"蹲点学校至少保持一年，提前换要说明原因并经审批。请写上原因再说一遍，如：换蹲点学校为{school.name}，原学校撤并。"
        )
    if current:
        connection.execute(update(Assignment).where(Assignment.id == current.id).values(end=today))
    connection.execute(insert(Assignment).values(person_id=person_id, school_id=school.id, start=today))


def propose(
    connection: Connection, actor: Actor, whose: Colleague, school: NamedSchool, reason: str
) -> list[Colleague]:
    """Put another school, with the reason, before the approvers of the person's unit; gives who they are."""
    own = whose.id == actor.person_id
    mine: dict[str, int] = {} if own else {"person_id": whose.id, "unit_id": whose.unit_id}
    data = {"school_id": school.id} | ({} if own else {"proposed_by": actor.person_id})
    words = {"title": school.name, "text": reason, "status": "submitted"}
    number = open_work(connection, actor, "school_change", **words, **mine, data=data)
    who = f"{whose.name}申请把蹲点学校" if own else f"单位管理员建议把{whose.name}的蹲点学校"
    text = f"{who}换成{school.name}，原因：{reason}。请审：回“批准{whose.name}的申请”，或“退回”并写意见。"
    today = actor.at.astimezone(CHINA).date()
    approvers = with_role(connection, whose.path, "approver", today, (whose.id, actor.person_id))
    ids = [person.id for person in approvers]
    tell(connection, ids, f"school:{number}", text, actor.at, item=number, status="submitted")
    return approvers


def link(
    connection: Connection, person_id: int, path: str, words: str, today: date, kind: str
) -> tuple[NamedSchool, int]:
    """Add a school beside those the person has, of a kind of SCHOOL_KINDS; gives it and how many there are now."""
    school = known_school(connection, path, words)
    mine = (Assignment.person_id == person_id, Assignment.end.is_(None))
    held = set(connection.execute(select(Assignment.school_id).where(*mine)).scalars())
    if school.id not in held:
        connection.execute(insert(Assignment).values(person_id=person_id, school_id=school.id, kind=kind, start=today))
    return school, len(held | {school.id})


def kept_a_year(start: date, today: date, calendar: Calendar) -> bool:
    """A year: 365 days, or two terms gone by, whichever comes first."""
    return (today - start).days >= KEEP_DAYS or terms_between(start, today, calendar) > TERMS


def known_school(connection: Connection, path: str, words: str) -> NamedSchool:
    """The one school these words mean; raises Refusal where there is none or more than one."""
    found = named_schools(connection, path, words)
    if not found:
        raise Refusal(f"名册里没有“{words}”。请写学校全名，或请单位管理员把它加进名册。")
    if len(found) > 1:
        names = "、".join(school.name for school in found[:5])
        raise Refusal(f"“{words}”有{len(found)}所：{names}。请写全名。")
    return found[0]


def _current(connection: Connection, person_id: int) -> Assignment | None:
    mine = (Assignment.person_id == person_id, Assignment.end.is_(None), Assignment.kind == "own")
    statement = select(Assignment.id, Assignment.school_id, Assignment.start).where(*mine).order_by(Assignment.id)
    return connection.execute(statement).first()  # type: ignore[return-value]
