"""A person's schools, own and linked, as a roster says them: begun, changed, put right, ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select

from models.people import SCHOOL_KINDS, Assignment, Person
from models.records import Entry
from models.roster_tree import Wrong
from models.roster_units import SCHOOL_LEVELS
from models.roster_work import Work
from models.units import School, Term, Unit

FIELDS = dict(zip(SCHOOL_KINDS, ("schools", "linked"), strict=True))
TITLES = {"own": "蹲点学校", "linked": "联系学校"}


class Assigner:
    """The assignments in force, and what a row changes in them."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.current: dict[tuple[int, str], list[Assignment]] = defaultdict(list)
        in_force = or_(Assignment.end.is_(None), Assignment.end >= work.today)
        for assignment in work.session.scalars(select(Assignment).where(in_force)):
            self.current[assignment.person_id, assignment.kind].append(assignment)
        self.fresh: list[tuple[Person, str, int, date]] = []
        self.closed = set(work.session.scalars(select(School.unit_id).where(School.closed_on.is_not(None))))
        self.terms: dict[int, list[Term]] = defaultdict(list)
        for term in work.session.scalars(select(Term)):
            self.terms[term.unit_id].append(term)

    def schools(self, said: Mapping[str, Any], unit: Unit) -> dict[str, list[Unit]]:
        """The schools a row names, by kind, of several of one name the nearest; no kind of which it says nothing."""
        return {kind: self._named(said[field], unit, TITLES[kind]) for kind, field in FIELDS.items() if field in said}

    def _named(self, names: Iterable[str], unit: Unit, title: str) -> list[Unit]:
        try:
            found = [self.work.tree.find(words, near=unit) for words in names]
        except Wrong as fault:
            raise Wrong(f"{title}：{fault}") from fault
        for school in found:
            if school.level not in (*SCHOOL_LEVELS, "faculty"):
                raise Wrong(f"{title}“{school.name}”不是学校，请先写进“学校”表")
            if school.id in self.closed:
                raise Wrong(f"{title}“{school.name}”已撤并，请换一所")
        return found

    def assign(self, person: Person, schools: Mapping[str, list[Unit]], said: Mapping[str, Any]) -> list[str]:
        """Bring the person's schools in line with the row."""
        if person.left_on and person.left_on <= self.work.today:
            return [title for kind, title in TITLES.items() if self._end(self._held(person, kind), person.left_on)]
        return [TITLES[kind] for kind, wanted in schools.items() if self._change(person, kind, wanted, said)]

    def names(self, person: Person) -> dict[str, str]:
        """The schools that a person has by now, by title."""
        units = self.work.tree.units
        return {
            title: "、".join(units[held.school_id].name for held in self._held(person, kind))
            for kind, title in TITLES.items()
        }

    def _held(self, person: Person, kind: str) -> list[Assignment]:
        return self.current.get((person.id, kind), []) if person.id else []

    def _change(self, person: Person, kind: str, schools: list[Unit], said: Mapping[str, Any]) -> bool:
        held = self._held(person, kind)
        wanted = {school.id: school for school in schools}
        gone = [a for a in held if a.school_id not in wanted]
        fresh = [number for number in wanted if number not in {a.school_id for a in held}]
        start = self._start(person, said, gone)
        self._drop(gone)
        self.fresh += [(person, kind, number, start) for number in fresh]
        return bool(gone or fresh)

    def finish(self) -> None:
        """Write the new assignments, when every person has a number."""
        for person, kind, school_id, start in self.fresh:
            made = Assignment(person_id=person.id, school_id=school_id, kind=kind, start=start, reason="名册")
            self.work.session.add(made)

    def _start(self, person: Person, said: Mapping[str, Any], gone: list[Assignment]) -> date:
        if any(self._was_used(a) for a in gone):
            return self.work.today
        joined: date | None = said.get("joined_on")
        return joined or self.term_start(self.work.tree.units[person.unit_id])

    def _drop(self, gone: list[Assignment]) -> None:
        for assignment in gone:
            if self._was_used(assignment):
                assignment.end = self.work.today - timedelta(days=1)
            else:
                self.work.session.delete(assignment)  # nobody went there: the file puts a slip right

    def _end(self, held: list[Assignment], day: date) -> bool:
        changing = [a for a in held if a.end is None or a.end > day]
        for assignment in changing:
            assignment.end = max(day, assignment.start)
        return bool(changing)

    def _was_used(self, assignment: Assignment) -> bool:
        if assignment.start >= self.work.today:
            return False
        if assignment.start < self.term_start(None):
            return True
        at_school = select(Entry.id).where(
            Entry.person_id == assignment.person_id,
            Entry.school_id == assignment.school_id,
            Entry.state != "withdrawn",
        )
        return self.work.session.scalars(at_school.limit(1)).first() is not None

    def term_start(self, unit: Unit | None) -> date:
        """The first day of the term that is on: the nearest calendar above the unit, else September or February."""
        today = self.work.today
        for above in self.work.tree.chain(unit):
            for term in self.terms[above.id]:
                if term.start <= today <= term.end:
                    return term.start
        if today.month >= 9:
            return date(today.year, 9, 1)
        return date(today.year, 2, 1) if today.month >= 2 else date(today.year - 1, 9, 1)
