"""要文件：导出我的年度表，导出我的总结；带队的还有导出统计表，导出问题台账，导出半年总结"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handlers.asked import LEADER, MEMBER, Asked
from handlers.forms import CONTACTS, FORMS, NAMES, form_meant
from handlers.links import link
from handlers.paragraph import paragraph
from handlers.person import meant
from handlers.reviews import span_meant, year_meant
from handlers.scope import unit_meant
from handlers.wording import span
from models.colleagues import mentioned
from models.refusal import Refusal
from models.regions import region_in
from models.team import UnitRow
from models.workbooks import Workbook, workbooks

WHO = MEMBER
EXAMPLE = "导出我的年度表"
MINE = re.compile("我的|本人|我自己|我个人|自己的|述职")
EVERYBODY = re.compile("全体|所有|每个?人|各人|大家|全部|人员|全[市县区旗盟省]|各[县市区旗]")
NAMED = re.compile(r"(?:^|导出|下载|给我|发我|生成|打印|要)(?P<name>[一-鿿]{2,4}?)(?:同志)?的(?:个人)?")
IN_CHAT = re.compile("一?段[话文]|[几两三]句|转发|转群|发群|开会|念")
OWN_BOOK = re.compile("(?:本单位|我们|自己|单位自己|自定义)的?(?:表|模板|表格|模版)|按?模板|套表")
LEADERS_ONLY = "这张表要由单位管理员、审批人或督导来导出。你自己的，回“导出我的年度表”或“导出我的总结”。"


def answer(asked: Asked) -> str:
    """A link to a form; it is made when it is taken, from the figures of that moment."""
    words = asked.meaning.masked
    held = workbooks(asked.connection, asked.context.unit_path) if asked.roles & LEADER else []
    if held and (OWN_BOOK.search(words) or any(one.name in words for one in held)):
        return _own_book(asked, held)
    form = form_meant(words, asked.meaning.slots.get("form"))
    if form is None:
        raise Refusal(f"要哪张表？可以导出：{NAMES}。例如回“导出问题台账”。")
    return MAKES.get(form, _of_unit)(asked, form)


def _of_unit(asked: Asked, form: str) -> str:
    """A form of the own unit and below, or of a unit within it."""
    _demand(asked, form)
    unit = _unit(asked)
    return link(asked, form, _wanted(asked, unit), f"{unit.name}{FORMS[form].title}{_days(asked)}已备好")


def _unit(asked: Asked) -> UnitRow:
    return unit_meant(asked, asked.meaning.slots.get("region") or region_in(asked.connection, asked.meaning.masked))


def _demand(asked: Asked, form: str) -> None:
    if asked.roles & FORMS[form].who:
        return
    if form == "schedule" and asked.roles & LEADER:
        raise Refusal("工作安排表含电话、邮箱等联系方式，只给本单位管理员导出。要看数，回“导出统计表”。")
    if FORMS[form].who == CONTACTS:
        raise Refusal(
            f"{FORMS[form].title}只给本单位管理员导出。要看数，回“导出统计表”。"
            if asked.roles & LEADER
            else LEADERS_ONLY
        )
    raise Refusal(LEADERS_ONLY)


def _year_sheet(asked: Asked, _form: str) -> str:
    """The own year, a colleague's by name, or everybody's of a unit."""
    words, leads = asked.meaning.masked, bool(asked.roles & LEADER)
    year = year_meant(asked)
    if MINE.search(words) or (not leads and not _name(asked)):
        return link(asked, "year_sheet", _of_year(_own(asked), year), f"你{year}年的年度表已备好")
    if not leads:
        raise Refusal(LEADERS_ONLY)
    name = _name(asked)
    if name:
        colleague = meant(asked, name, "year_sheet")
        own = UnitRow(colleague.unit_id, colleague.unit, colleague.path)
        wanted = _of_year(own, year) | {"person": colleague.id}
        return link(
            asked,
            "year_sheet",
            wanted,
            f"{colleague.name}（{colleague.unit}）{year}年的年度表已备好，本人看得到这次导出",
        )
    unit = _unit(asked)
    return link(
        asked, "year_sheets", _of_year(unit, year), f"{unit.name}{year}年全体人员年度表（每人一个文件，打成一包）已备好"
    )


def _name(asked: Asked) -> str | None:
    """Whose sheet: as understood, as the roster knows it, or as it stands before 的."""
    words = asked.meaning.masked
    said = asked.meaning.slots.get("name") or mentioned(asked.connection, words, asked.context.unit_path, asked.today)
    if said or EVERYBODY.search(words) or region_in(asked.connection, words):
        return said
    found = NAMED.search(words)
    return found["name"] if found and not re.search("今年|去年|年度|本|这|我", found["name"]) else None


def _review(asked: Asked, _form: str) -> str:
    """A draft in words: a few sentences here, or a document; one's own, or that of a unit."""
    first, last, name = span_meant(asked)
    mine = bool(MINE.search(asked.meaning.masked)) or not asked.roles & LEADER
    unit = _own(asked) if mine else _unit(asked)
    if IN_CHAT.search(asked.meaning.masked):
        return paragraph(asked, None if mine else unit, first, last, name)
    wanted = {"unit": unit.id, "start": first.isoformat(), "end": last.isoformat(), "kind": name}
    whose = "你的" if mine else unit.name
    text = f"{whose}{name}总结初稿（Word，数已填好，要写的地方已标出）已备好"
    return link(asked, "own_review" if mine else "review", wanted, text)


def _skeleton(asked: Asked, _form: str) -> str:
    """The skeleton of a report or a case, as a document."""
    kind = "case" if "案例" in asked.meaning.masked else "report"
    wanted = _wanted(asked, _own(asked)) | {"kind": kind}
    return link(
        asked, "skeleton", wanted, f"{'工作案例' if kind == 'case' else '调研报告'}骨架（Word，只填了数）已备好"
    )


def _archive(asked: Asked, form: str) -> str:
    """A unit's year in one file."""
    _demand(asked, form)
    unit, year = _unit(asked), year_meant(asked)
    return link(asked, form, _of_year(unit, year), f"{unit.name}及以下{year}年工作档案已备好")


def _own_book(asked: Asked, held: list[Workbook]) -> str:
    """The unit's own workbook, filled; where there are several and none is named, their names."""
    named = [one for one in held if one.name in asked.meaning.masked] or held
    if len(named) > 1:
        return "本单位的表格：" + "、".join(one.name for one in held) + f"。例如回“导出{held[0].name}”。"
    unit = _unit(asked)
    wanted = _wanted(asked, unit) | {"book": named[0].id}
    return link(asked, "own_book", wanted, f"{unit.name}{named[0].name}{_days(asked)}已备好")


def _own(asked: Asked) -> UnitRow:
    return UnitRow(asked.context.unit_id, asked.context.unit_name, asked.context.unit_path)


def _of_year(unit: UnitRow, year: int) -> dict[str, Any]:
    return {"unit": unit.id, "start": f"{year}-01-01", "end": f"{year}-12-31"}


def _wanted(asked: Asked, unit: UnitRow) -> dict[str, Any]:
    slots = asked.meaning.slots
    return {"unit": unit.id, "start": _iso(slots.get("start")), "end": _iso(slots.get("end"))}


def _days(asked: Asked) -> str:
    start, end = asked.meaning.slots.get("start"), asked.meaning.slots.get("end")
    return f"（{span(start, end, asked.today)}）" if start else ""


def _iso(day: Any) -> str | None:
    return day.isoformat() if isinstance(day, date) else None


MAKES: Mapping[str, Callable[[Asked, str], str]] = {
    "year_sheet": _year_sheet,
    "review": _review,
    "skeleton": _skeleton,
    "archive": _archive,
}
