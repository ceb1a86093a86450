"""School calendars and classes of a roster."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from models.roster_columns import CLASSES, TERMS
from models.roster_differences import put
from models.roster_sheets import Row
from models.roster_tree import Wrong
from models.roster_words import fold
from models.roster_work import Work
from models.units import School, SchoolClass, Term

TERM_HEADINGS = {column.key: column.heading for column in TERMS.columns}
CLASS_HEADINGS = {column.key: column.heading for column in CLASSES.columns}


def take_terms(work: Work, rows: list[Row]) -> None:
    """The sheet 校历."""
    known = {(term.unit_id, term.name): term for term in work.session.scalars(select(Term))}
    taken: dict[tuple[int, str], int] = {}

    def take(row: Row) -> None:
        unit = work.tree.find(row.said["unit"])
        key = (unit.id, row.said["name"])
        _check_once(taken, key, row)
        term = known.get(key)
        new = term is None
        term = term or Term(unit_id=unit.id, name=row.said["name"])
        values = {k: row.said[k] for k in ("start", "end", "teaching_start", "teaching_end") if k in row.said}
        differences = put(term, values, TERM_HEADINGS)
        _check_term(term)
        _check_apart(term, [other for (u, _), other in known.items() if u == unit.id and other is not term])
        known[key] = term
        work.session.add(term)
        work.count(row, f"{unit.name} {term.name}", new, differences, unit)

    work.each(rows, take)
    work.session.flush()


def take_classes(work: Work, rows: list[Row]) -> None:
    """The sheet 班级: labels and sizes, never a pupil."""
    known = {(c.school_id, fold(c.name)): c for c in work.session.scalars(select(SchoolClass))}
    schools = set(work.session.scalars(select(School.unit_id)))
    taken: dict[tuple[int, str], int] = {}

    def take(row: Row) -> None:
        school = work.tree.find(row.said["school"])
        if school.id not in schools:
            raise Wrong(f"“{school.name}”不是学校，请先写进“学校”表")
        key = (school.id, fold(row.said["name"]))
        _check_once(taken, key, row)
        label = known.get(key)
        new = label is None
        label = label or SchoolClass(school_id=school.id, name=row.said["name"])
        differences = put(label, {k: row.said[k] for k in ("size", "league_cadres") if k in row.said}, CLASS_HEADINGS)
        if label.size is not None and (label.league_cadres or 0) > label.size:
            raise Wrong("团学干部人数比全班人数还多，请改正")
        known[key] = label
        work.session.add(label)
        work.count(row, f"{school.name} {label.name}", new, differences, school)

    work.each(rows, take)


def _check_once(taken: dict[tuple[int, str], int], key: tuple[int, str], row: Row) -> None:
    other = taken.setdefault(key, row.number)
    if other != row.number:
        raise Wrong(f"与第{other}行重复，请只留一行")


def _check_term(term: Term) -> None:
    if term.start is None or term.end is None:
        raise Wrong("缺少开始或结束")
    if term.start >= term.end:
        raise Wrong("结束要晚于开始")
    first, last = (int(year) for year in term.name.split("-")[:2])
    if not date(first, 7, 1) <= term.start <= date(last, 8, 31) or term.end > date(last, 9, 30):
        raise Wrong(f"日期不在{first}-{last}学年内，请改正学期或日期")
    days = [day for day in (term.start, term.teaching_start, term.teaching_end, term.end) if day is not None]
    if days != sorted(days):
        raise Wrong("教学开始、教学结束要在学期之内，先后相接")


def _check_apart(term: Term, others: list[Term]) -> None:
    for other in others:
        if term.start <= other.end and other.start <= term.end:
            raise Wrong(f"与学期 {other.name} 的日期重叠，请改正")
