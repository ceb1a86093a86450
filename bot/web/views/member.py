"""名册里的一个人：岗位、角色、任期、请假、交接"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.web import keeping
from bot.web.fields import number_in
from bot.web.visit import Done, Form, Shown, Visit
from handlers.figures import keep_of
from handlers.handing_over import carry_out
from handlers.wording import span
from models import handover
from models.colleagues import Colleague
from models.handover import Wanted
from models.notices import tell
from models.refusal import Refusal
from models.roster_differences import post_words, role_words
from models.roster_forms import note, said_of, take_row
from models.roster_words import POSTS, ROLES
from models.school_list import full_name
from models.staff import Card, changes, leaves, other_admins, schools_held, staff
from models.wishes import add_absence, end_absences

WHO = keeping.ADMIN
PATH = "member"
GROUP = keeping.GROUP
LISTED = False
TEXTS = {"职务": "title", "人员编号": "number"}


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """One person with all that the roster keeps, and the forms that change it."""
    one = keeping.one_of(visit, number_in(query, "id"))
    keeping.seen(visit, [one.id], "roster")
    gone = one.left_on is not None and one.left_on <= visit.today
    coming = [two for two in handover.planned(visit.connection, visit.who.unit_path) if two.giver_id == one.id]
    colleagues = staff(visit.connection, one.path, visit.today)
    values = {
        "one": one,
        "post": post_words(one.post),
        "roles": role_words(one.roles),
        "phone": keeping.masked(visit, one.phone),
        "schools": schools_held(visit.connection, one.id),
        "leaves": leaves(visit.connection, one.id, visit.today),
        "changes": changes(visit.connection, one.id),
        "coming": coming,
        "takers": [two for two in colleagues if two.id != one.id],
        "gone": gone,
        "posts": POSTS,
        "all_roles": ROLES,
        "typed": _typed(visit, one),
    }
    return Shown("pages/member.html", values)


def _typed(visit: Visit, one: Card) -> Mapping[str, Any]:
    """What the form of the post shows: as it was filled in where it was refused, else as it is."""
    form = visit.typed
    if form.get("action") == "change":
        return {
            "post": form.get("post"),
            "roles": form.all("role"),
            "title": form.get("职务"),
            "number": form.get("人员编号"),
            "joined": form.get("joined"),
        }
    texts = {"title": one.title, "number": one.number or "", "joined": str(one.joined_on or "")}
    return {"post": one.post, "roles": one.roles.split(), **texts}


def _change(visit: Visit, form: Form) -> Done:
    """Post, roles, title, number, telephone; the person hears of another post or role."""
    one = _meant(visit, form)
    cells = _cells(form, one)
    if "角色" in cells and "管理员" not in cells["角色"]:
        _check_admin(visit, one)
    if not cells:
        raise Refusal("没有改动。改好要改的几项再保存。")
    report = take_row(keeping.keeper(visit), "人员", _row(visit, one) | cells, one.id)
    said = said_of(report)
    note(keeping.keeper(visit), said, person_id=one.id, unit_id=one.unit_id)
    keep_of(visit.asked, one.id)
    if cells.keys() & {"岗位", "角色"} and one.id != visit.person_id:
        _tell(visit, one, "change", f"{visit.who.name}改了你在名册里的内容：{said}。")
    return _done(visit, one, f"已保存：{said}")


def _cells(form: Form, one: Card) -> dict[str, str]:
    """What differs from the roster, by heading."""
    posts, roles = dict(zip(POSTS.values(), POSTS, strict=True)), dict(zip(ROLES.values(), ROLES, strict=True))
    ticked = [role for role in form.all("role") if role in roles]
    if not ticked:
        raise Refusal("角色至少选一个。")
    cells = {
        heading: form.get(heading) or "无"
        for heading, key in TEXTS.items()
        if form.get(heading) != (getattr(one, key) or "")
    }
    if form.get("post") in posts and form.get("post") != one.post:
        cells["岗位"] = posts[form.get("post")]
    if set(ticked) != set(one.roles.split()):
        cells["角色"] = "、".join(roles[role] for role in ticked)
    if form.get("joined") and form.get("joined") != str(one.joined_on):
        cells["加入日期"] = form.get("joined")
    if form.get("phone"):
        cells["电话"] = form.get("phone")
    return cells


def _row(visit: Visit, one: Card) -> dict[str, str]:
    return {"姓名": one.name, "单位": full_name(visit.connection, one.unit_id)}


def _check_admin(visit: Visit, one: Card) -> None:
    if "unit_admin" in one.roles and not other_admins(visit.connection, one.path, one.id, visit.today):
        raise Refusal(f"{one.name}是唯一的管理员，请先把管理员交给别人。")


def _absent(visit: Visit, form: Form) -> Done:
    """A leave, of which the person hears."""
    one = _meant(visit, form)
    start, end = keeping.day_in(form, "start", "请假的第一天"), keeping.day_in(form, "end", "请假的最后一天")
    if end < start:
        raise Refusal("最后一天在第一天之前，请改正。")
    if end < visit.today or (end - start).days > 366:
        raise Refusal("请假要到今天或以后，最长一年。")
    add_absence(visit.connection, one.id, start, end, visit.now)
    said = span(start, end, visit.today)
    _tell(
        visit,
        one,
        f"leave:{start}:{end}",
        f"{visit.who.name}给你登记了{said}请假，这几天不提醒。提前回来就回“取消请假”。",
    )
    return _done(visit, one, f"已登记{one.name}{said}请假，这几天不提醒。")


def _back(visit: Visit, form: Form) -> Done:
    """The leave ends."""
    one = _meant(visit, form)
    gone = end_absences(visit.connection, one.id, visit.today)
    if gone:
        _tell(visit, one, "back", f"{visit.who.name}取消了你的请假，提醒恢复。")
    return _done(visit, one, f"{one.name}的请假已取消。" if gone else f"{one.name}没有登记着的请假。")


def _depart(visit: Visit, form: Form) -> Done:
    """Out of office from a day on; what was done stays with the unit."""
    one = _meant(visit, form)
    day = keeping.day_in(form, "day", "离任的日期")
    _check_admin(visit, one)
    if one.id == visit.person_id:
        raise Refusal("自己的离任请由别的管理员来办。")
    if abs((day - visit.today).days) > 366:
        raise Refusal("离任日期请选前后一年之内的一天。")
    take_row(keeping.keeper(visit), "人员", _row(visit, one) | {"离开日期": day.isoformat()}, one.id)
    note(keeping.keeper(visit), f"离任日期 {day}", person_id=one.id, unit_id=one.unit_id)
    return _done(visit, one, f"{one.name}{span(day, day, visit.today)}离任，当天起不能再用；以前的记录留在本单位。")


def _return(visit: Visit, form: Form) -> Done:
    """Still, or again, in office."""
    one = _meant(visit, form)
    take_row(keeping.keeper(visit), "人员", _row(visit, one) | {"离开日期": "无"}, one.id)
    note(keeping.keeper(visit), "离任取消", person_id=one.id, unit_id=one.unit_id)
    return _done(visit, one, f"{one.name}的离任已取消。没有绑定的，到“加入码”页面生成新码。")


def _hand(visit: Visit, form: Form) -> Done:
    """A post goes over to a colleague, today or on a day to come."""
    one = _meant(visit, form)
    taker = keeping.one_of(visit, number_in(form, "taker"))
    day = keeping.day_in(form, "day", "交接的日期")
    leaves_too = bool(form.get("leaves"))
    if leaves_too and one.id == visit.person_id:
        raise Refusal("自己的离任请由别的管理员来办；可以先只交接，不勾离任。")
    wanted = Wanted(_colleague(one), _colleague(taker), day, leaves_too, bool(form.get("schools")))
    number = handover.plan(visit.connection, visit.asked.actor, wanted, visit.today)
    made = handover.handover(visit.connection, number, visit.who.unit_path)
    note(keeping.keeper(visit), f"{day}起交接给{taker.name}", person_id=one.id, unit_id=one.unit_id)
    if made is None or day > visit.today:
        return _done(
            visit, one, f"已登记：{span(day, day, visit.today)}由{taker.name}接{one.name}的工作，当天自动办理。"
        )
    service, calendars = visit.service, visit.service.calendars
    said = carry_out(visit.connection, service.policies, calendars.of, visit.asked.actor, made, visit.now, visit.today)
    return _done(visit, one, f"{taker.name}已接{one.name}的工作：{said or '没有未办事项'}。双方都会收到一条消息。")


def _unhand(visit: Visit, form: Form) -> Done:
    """A hand-over to come is taken back."""
    one = _meant(visit, form)
    made = handover.handover(visit.connection, number_in(form, "handover"), visit.who.unit_path)
    if made is None or made.giver_id != one.id:
        raise Refusal("没有这次交接。")
    handover.cancel(visit.connection, visit.asked.actor, made)
    return _done(visit, one, f"{one.name}的交接已取消。")


def _colleague(one: Card) -> Colleague:
    return Colleague(one.id, one.name, one.unit_id, one.unit, one.path, one.roles)


def _meant(visit: Visit, form: Form) -> Card:
    return keeping.one_of(visit, number_in(form, "id"))


def _tell(visit: Visit, one: Card, what: str, text: str) -> None:
    tell(visit.connection, [one.id], f"roster:{what}:{one.id}:{visit.now.timestamp():.0f}", text, visit.now)


def _done(visit: Visit, one: Card, text: str) -> Done:
    return Done(text, visit.url(PATH, id=one.id))


ACTIONS = {
    "change": _change,
    "absent": _absent,
    "back": _back,
    "depart": _depart,
    "return": _return,
    "hand": _hand,
    "unhand": _unhand,
}
