"""Files that are kept: a unit's archive of a year, the skeleton of a paper."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from bot.clock import local
from bot.commands.opening import fail
from bot.forms.archive import needy_rules, write_archive
from bot.forms.papers import write_paper
from bot.service import Service
from models.archive import Kept, tables
from models.context import Context
from models.context_query import load_person
from models.database import reading
from models.ledger import problems_of
from models.listing import find_unit
from models.people import Person
from models.refusal import Refusal
from models.skeleton import MAKERS, Basis
from models.units import Unit


def write_archive_of(service: Service, file: Path, unit: str, year: int, now: datetime) -> None:
    """Write a unit's year into one file; it appears only when it is whole."""
    part = file.with_name(file.name + ".part")
    moment = local(now)
    try:
        with reading(service.engine).connect() as connection, part.open("wb") as out:
            kept = Kept(find_unit(connection, unit), year)
            found = tables(connection, service.policies, service.calendars.of, kept, moment.date())
            write_archive(kept, found, moment, out, needy_rules(service.policies))
        part.replace(file)
    except Refusal as refusal:
        fail(str(refusal))
    finally:
        part.unlink(missing_ok=True)


def write_paper_of(service: Service, file: Path, name: str, kind: str, unit: str | None, today: date) -> None:
    """Write the skeleton of a person's paper of this year."""
    with reading(service.engine).connect() as connection:
        who = _person(connection, name, unit, today)
        first, last = date(today.year, 1, 1), date(today.year, 12, 31)
        raised = tuple(problems_of(connection, who.person_id or 0, first, last))
    schools = tuple(dict.fromkeys(school.name for school in who.own_schools))
    basis = Basis(who.name, who.unit_name, schools, who.facts, raised, first, last)
    with file.open("wb") as out:
        write_paper(MAKERS[kind](basis, service.calendars.of(who.terms)), out)


def _person(connection: Connection, name: str, unit: str | None, today: date) -> Context:
    path = find_unit(connection, unit).path if unit else "/"
    here = (Person.name == name, Unit.path.startswith(path, autoescape=True))
    found = connection.execute(select(Person.id).join(Unit, Unit.id == Person.unit_id).where(*here)).scalars().all()
    who = load_person(connection, found[0], today) if len(found) == 1 else None
    if who is None:
        fail(f"名册里叫“{name}”的在岗人员不是正好一位；同名的请加 --unit。")
    return who
