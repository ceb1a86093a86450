"""蹲点安排：这学期谁在哪所学校，安排和审批"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.web import keeping
from bot.web.fields import number_in
from bot.web.visit import Done, Form, Shown, Visit
from bot.web.words import clean
from handlers.figures import keep_of
from models.assignments import TooEarly, kept_a_year, known_school, place, propose
from models.audit import refused
from models.colleagues import Colleague
from models.notices import tell
from models.refusal import Refusal
from models.roster_forms import note
from models.school_list import Stay, schools_of, stays
from models.settling import Ruling, Waiting, settle, submitted
from models.staff import schools_held

WHO = keeping.ADMIN | {"approver"}
PATH = "assignments"
GROUP = keeping.GROUP
KIND = ("school_change",)
CHOICES, MOST = 300, 50


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """One unit's people with their schools of now, the changes that wait, and a form for each person."""
    unit = keeping.unit_of(visit, number_in(query, "unit"))
    page = keeping.paged(_by_person(stays(visit.connection, unit.path, visit.today)), query, MOST)
    waiting = submitted(visit.connection, visit.who.unit_path, KIND)
    looked = {person.person_id for person, _ in page.shown} | {one.work.person_id or 0 for one in waiting}
    keeping.seen(visit, sorted(looked), "assignments")
    schools = [one for one in schools_of(visit.connection, visit.who.unit_path, visit.today) if one.closed_on is None]
    values = {
        "unit": unit,
        "people": [(person, _held(visit, mine)) for person, mine in page.shown],
        "number": page.number,
        "last": page.last,
        "waiting": [(one, _why_not(visit, one)) for one in waiting],
        "schools": schools[:CHOICES],
        "admin": "unit_admin" in visit.who.roles,
        "units": keeping.units_with(visit),
        "term": visit.asked.calendar.term(visit.today),
    }
    return Shown("pages/assignments.html", values)


def _by_person(rows: Sequence[Stay]) -> list[tuple[Stay, list[Stay]]]:
    groups = [list(mine) for _, mine in groupby(rows, key=lambda row: row.person_id)]
    return [(mine[0], [row for row in mine if row.school_id]) for mine in groups]


def _held(visit: Visit, mine: Sequence[Stay]) -> list[tuple[Stay, bool]]:
    """Each school, and whether it may be changed without an approval."""
    calendar, today = visit.asked.calendar, visit.today
    return [(row, row.start is not None and kept_a_year(row.start, today, calendar)) for row in mine]


def _why_not(visit: Visit, one: Waiting) -> str:
    """Why the visitor may not decide; empty where they may."""
    if "approver" not in visit.who.roles:
        return "等审批人审定。"
    if one.work.person_id == visit.person_id:
        return "自己的要由别的审批人来审定。"
    return "你提出的安排，要由别的审批人来审定。" if one.work.data.get("proposed_by") == visit.person_id else ""


def _assign(visit: Visit, form: Form) -> Done:
    """A school for a person at once where that is free; before the year is over, a proposal with its reason."""
    if "unit_admin" not in visit.who.roles:
        raise Refusal("安排学校由单位管理员来办；你可以审定等着的申请。")
    one = keeping.one_of(visit, number_in(form, "id"))
    school = known_school(visit.connection, one.path, form.get("school"))
    if any(held.school_id == school.id and held.end is None for held in schools_held(visit.connection, one.id)):
        raise Refusal(f"{one.name}现在就在{school.name}，不用再安排。")
    whose = Colleague(one.id, one.name, one.unit_id, one.unit, one.path, one.roles)
    try:
        place(visit.connection, one.id, school, visit.today, visit.asked.calendar)
    except TooEarly:
        return _proposed(visit, whose, school.name, form)
    keep_of(visit.asked, one.id)
    note(keeping.keeper(visit), f"蹲点学校 {school.name}", person_id=one.id, unit_id=one.unit_id)
    text = f"{visit.who.name}把你的蹲点学校定为{school.name}，从今天起算。"
    tell(visit.connection, [one.id], f"placed:{one.id}:{visit.now.timestamp():.0f}", text, visit.now)
    return _done(visit, one.unit_id, f"{one.name}的蹲点学校是{school.name}，从今天起算。")


def _proposed(visit: Visit, whose: Colleague, words: str, form: Form) -> Done:
    reason = clean(form.get("reason"), visit.local)
    if not reason:
        raise Refusal(f"{whose.name}现在的学校还不满一年。提前换要写原因，经审批人批准后才换。")
    if any(one.work.person_id == whose.id for one in submitted(visit.connection, whose.path, KIND)):
        raise Refusal(f"{whose.name}已经有一份换校申请在等审定，先审定那一份。")
    school = known_school(visit.connection, whose.path, words)
    approvers = propose(visit.connection, visit.asked.actor, whose, school, reason)
    names = "、".join(one.name for one in approvers) or "审批人（名册里还没有设）"
    return _done(visit, whose.unit_id, f"{whose.name}换到{school.name}已提出，等{names}审定；批准前仍按原来的学校算。")


def _decide(visit: Visit, form: Form, *, yes: bool) -> Done:
    if "approver" not in visit.who.roles:
        raise Refusal("换学校由审批人来审定。")
    number = number_in(form, "work")
    found = next((one for one in submitted(visit.connection, visit.who.unit_path, KIND) if one.work.id == number), None)
    if found is None:
        refused(visit.connection, visit.person_id, None, visit.now)
        raise Refusal("这份申请已经审定，或不在本单位及以下。")
    ruling = Ruling(visit.asked.actor, found.work, yes, clean(form.get("comment"), visit.local), visit.today)
    settle(visit.connection, ruling)
    keep_of(visit.asked, found.work.person_id or 0)
    return _done(visit, 0, f"{found.name}的{ruling.said}。会告诉本人。")


def _accept(visit: Visit, form: Form) -> Done:
    """The change is made."""
    return _decide(visit, form, yes=True)


def _send_back(visit: Visit, form: Form) -> Done:
    """The change is not made, for a reason that the person reads."""
    return _decide(visit, form, yes=False)


def _done(visit: Visit, unit: int, text: str) -> Done:
    return Done(text, visit.url(PATH, unit="" if unit in (0, visit.who.unit_id) else unit))


ACTIONS = {"assign": _assign, "accept": _accept, "return": _send_back}
