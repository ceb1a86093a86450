"""学校：类型、城乡、薄弱学校，新增和撤并"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web import keeping
from bot.web.fields import number_in
from bot.web.visit import Done, Form, Shown, Visit
from models.refusal import Refusal
from models.roster_differences import area_words, kind_words
from models.roster_forms import note, take_row
from models.roster_words import AREAS, KINDS
from models.school_list import full_name, schools_of
from models.school_mix import school_mix
from models.staff import committees

WHO = keeping.ADMIN
PATH = "schools"
GROUP = keeping.GROUP
MOST = 100


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """The schools of the unit and below with their mix, and a form for one more."""
    words = query.get("words", "").strip()[:20]
    found = [one for one in schools_of(visit.connection, visit.who.unit_path, visit.today) if words in one.name]
    mix = school_mix(visit.connection, visit.who.unit_path, visit.today)
    values = {
        "rows": [(one, kind_words(one.kind), area_words(one.area)) for one in found[:MOST]],
        "more": max(len(found) - MOST, 0),
        "words": words,
        "total": sum(1 for one in found if one.closed_on is None),
        "mix": [(kind_words(row.kind), area_words(row.area), row) for row in mix],
        "kinds": list(KINDS),
        "areas": list(AREAS),
        "units": committees(visit.connection, visit.who.unit_path),
        "unit": number_in(visit.typed, "unit") or visit.who.unit_id,
    }
    return Shown("pages/schools.html", values)


def _add(visit: Visit, form: Form) -> Done:
    """One more school, written by the steps of an import."""
    unit, name = keeping.unit_of(visit, number_in(form, "unit")), form.get("name")
    cells = {"名称": name, "所属单位": full_name(visit.connection, unit.id), **keeping.school_cells(form, visit.local)}
    report = take_row(keeping.keeper(visit), "学校", cells)
    if not report.added:
        raise Refusal(f"{unit.name}已经有{name}，没有重复添加。")
    note(keeping.keeper(visit), f"添加学校{name}", unit_id=unit.id)
    return Done(f"已添加{name}。", visit.url(PATH))


ACTIONS = {"add": _add}
