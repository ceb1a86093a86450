"""一所学校：类型、城乡、备注，撤并"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web import keeping
from bot.web.fields import number_in
from bot.web.visit import Done, Form, Shown, Visit
from handlers.figures import keep_of
from handlers.wording import span
from models.audit import refused
from models.notices import tell
from models.refusal import Refusal
from models.roster_differences import area_words, kind_words
from models.roster_forms import note, said_of, take_row
from models.roster_words import AREAS, KINDS
from models.school_list import SchoolRow, close, parent_name, reopen, school_of, staying

WHO = keeping.ADMIN
PATH = "school"
GROUP = keeping.GROUP
LISTED = False


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """One school, and the forms that change it."""
    one = _meant(visit, number_in(query, "id"))
    values = {
        "one": one,
        "kind": kind_words(one.kind),
        "area": area_words(one.area),
        "remark": keeping.bare(one.remark),
    }
    return Shown("pages/school.html", values | {"kinds": list(KINDS), "areas": list(AREAS)})


def _meant(visit: Visit, number: int) -> SchoolRow:
    found = school_of(visit.connection, number, visit.who.unit_path, visit.today)
    if found is None:
        refused(visit.connection, visit.person_id, None, visit.now)
        raise Refusal("没有这所学校，或不在本单位及以下。")
    return found


def _change(visit: Visit, form: Form) -> Done:
    """Name, kind, place, remark."""
    one = _meant(visit, number_in(form, "id"))
    name = form.get("name") or one.name
    cells = {"名称": name, "所属单位": parent_name(visit.connection, one.id), **keeping.school_cells(form, visit.local)}
    cells |= {"原名称": one.name} if name != one.name else {}
    report = take_row(keeping.keeper(visit), "学校", cells)
    if not report.changes:
        raise Refusal("没有改动。改好要改的几项再保存。")
    if report.added:
        raise Refusal("改名没有成功，请到“导入名册”用“原名称”一列来改。")
    note(keeping.keeper(visit), f"{one.name}：{said_of(report)}")
    return Done(f"已保存：{said_of(report)}", visit.url(PATH, id=one.id))


def _close(visit: Visit, form: Form) -> Done:
    """A school is no more; who stayed there hears of it."""
    one = _meant(visit, number_in(form, "id"))
    day = keeping.day_in(form, "day", "撤并的日期")
    if one.closed_on is not None:
        raise Refusal(f"{one.name}已经撤并。")
    if day > visit.today or (visit.today - day).days > 366:
        raise Refusal("撤并日期请选今天或过去一年之内的一天。")
    people = staying(visit.connection, one.id, visit.today)
    close(visit.connection, one.id, day)
    for person in people:
        keep_of(visit.asked, person)
    text = f"{one.name}{span(day, day, visit.today)}撤并，不再是你的蹲点学校，以前的记录照常计入。请回“我的蹲点学校是××”另设一所。"
    tell(visit.connection, people, f"school_closed:{one.id}:{day}", text, visit.now)
    note(keeping.keeper(visit), f"{one.name}撤并，日期 {day}")
    told = f"，已告诉在那里蹲点的{len(people)}人另设学校" if people else ""
    return Done(f"{one.name}已记为撤并{told}。", visit.url(PATH, id=one.id))


def _reopen(visit: Visit, form: Form) -> Done:
    """The closing was a slip."""
    one = _meant(visit, number_in(form, "id"))
    reopen(visit.connection, one.id)
    note(keeping.keeper(visit), f"{one.name}恢复")
    return Done(f"{one.name}已恢复。原来在那里蹲点的人请到“蹲点安排”重新安排。", visit.url(PATH, id=one.id))


ACTIONS = {"change": _change, "close": _close, "reopen": _reopen}
