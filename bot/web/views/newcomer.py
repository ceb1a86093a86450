"""添加一个人：写进名册"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web import keeping
from bot.web.fields import number_in
from bot.web.visit import Done, Form, Shown, Visit
from models.refusal import Refusal
from models.roster_forms import note, take_row
from models.roster_words import POSTS, ROLES
from models.school_list import full_name
from models.staff import committees

WHO = keeping.ADMIN
PATH = "newcomer"
GROUP = keeping.GROUP
LISTED = False
TEXTS = {"电话": "phone", "职务": "title", "人员编号": "number"}


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """An empty form, or the one that was refused."""
    unit = number_in(visit.typed, "unit") or number_in(query, "unit") or visit.who.unit_id
    values = {
        "posts": POSTS,
        "roles": ROLES,
        "units": committees(visit.connection, visit.who.unit_path),
        "unit": unit,
        "ticked": visit.typed.all("role") or ["cadre"],
    }
    return Shown("pages/newcomer.html", values)


def _add(visit: Visit, form: Form) -> Done:
    """One row of a roster, written by the steps of an import."""
    unit = keeping.unit_of(visit, number_in(form, "unit"))
    posts, roles = dict(zip(POSTS.values(), POSTS, strict=True)), dict(zip(ROLES.values(), ROLES, strict=True))
    ticked = [roles[role] for role in form.all("role") if role in roles]
    cells = {"姓名": form.get("name"), "单位": full_name(visit.connection, unit.id), "角色": "、".join(ticked)}
    cells |= {heading: form.get(name) for heading, name in TEXTS.items() if form.get(name)}
    if form.get("post") in posts:
        cells["岗位"] = posts[form.get("post")]
    report = take_row(keeping.keeper(visit), "人员", cells)
    if not report.added:
        raise Refusal(f"{unit.name}的名册里已经有{form.get('name')}，没有重复添加。")
    note(keeping.keeper(visit), f"名册添加{form.get('name')}", unit_id=unit.id)
    return Done(
        f"{form.get('name')}已写进{unit.name}的名册。请到“加入码”页面给本人生成码。", visit.url("roster", unit=unit.id)
    )


ACTIONS = {"add": _add}
