"""工作安排表: two heading rows, five groups of rows, twenty columns; what nobody gave stays empty and is listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.forms.order import XLSX, Made, Order
from bot.forms.sheets import Grid, table, workbook
from models.arrangement import Contact, Place, Stay, arrangement, secretaries
from models.filing import Office
from models.histories import enrolled
from models.policy import is_bound
from models.vault import Vault

GROUPS = ("盟市", "旗县", "高校", "中学", "中职")
GROUP_OF: Mapping[str, str] = {
    "national": "盟市",
    "province": "盟市",
    "prefecture": "盟市",
    "county": "旗县",
    "town": "旗县",
    "community": "旗县",
    "university": "高校",
    "faculty": "高校",
    "middle_school": "中学",
    "school": "中学",
    "vocational_school": "中职",
}
PEOPLE = ("姓名", "工作单位及职务", "联系电话", "邮箱", "微信号")
CONTACT = "及校团委书记姓名、联系方式"
KINDS: Mapping[str, str] = {
    "university": "高等院校（院系、年级、班级）",
    "senior_high": "高级中学（年级、班级）",
    "junior_high": "初级中学（年级、班级）",
    "full_secondary": "完全中学（年级、班级）",
    "nine_year": "九年一贯制学校（年级、班级）",
    "vocational_school": "中等职业学校（专业、年级、班级）",
}
WINDOWS = (3, 9)
WIDTH, HEADS = 20, 4
MERGED = (
    "A1:T1",
    "A2:T2",
    "A3:A4",
    "B3:F3",
    "G3:R3",
    "S3:T3",
    *(f"{a}4:{b}4" for a, b in ("GH", "IJ", "KL", "MN", "OP", "QR")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A filled row, and what it still lacks."""

    group: str
    cells: tuple[str, ...]
    lacks: tuple[str, ...]


def make_schedule(order: Order) -> Made:
    """The table of a year for everybody bound in the unit and below."""
    year = (order.start or order.today).year
    stays = arrangement(order.connection, order.unit.path, _bound(order), year)
    schools = {place.school_id for stay in stays for place in stay.schools}
    heads = secretaries(order.connection, schools, order.today)
    lines = [fill(stay, heads, order.vault) for stay in stays]
    grids = [official(year, order.unit, lines), _lacking(stays, lines)]
    return Made(f"{order.unit.name}{year}年工作安排表.xlsx", XLSX, workbook(grids), tuple(s.who.id for s in stays))


def _bound(order: Order) -> set[int]:
    """Who is to be in the table: bound by a document, in office, in earnest."""
    asked = order.policies.values()
    here = (who for batch in enrolled(order.connection, order.unit.path) for who in batch if not who.training)
    present = (who for who in here if who.left_on is None or who.left_on > order.today)
    names = {who.bound.person_id: who.bound for who in present}
    return {i for i, bound in names.items() if any(p.id in bound.policies and is_bound(p, bound) for p in asked)}


def official(year: int, unit: Office, lines: Sequence[Line]) -> Grid:
    """The sheet as the notice prints it; a group without people keeps one empty row."""
    rows: list[list[object]] = [
        _row(f"{year} 年全区学校共青团“驻校蹲班”工作安排表"),
        _row(f"盟市（高校）团委：{unit.name}"),
        _row(None, "参加人员", *[None] * 4, "入驻学校", *[None] * 11, "驻校蹲班预计时间"),
        _row(None, *PEOPLE, *(cell for kind in KINDS.values() for cell in (kind + CONTACT, None))),
    ]
    merged = list(MERGED)
    for group in GROUPS:
        mine = [line.cells for line in lines if line.group == group] or [()]
        first = len(rows) + 1
        rows += [_row(group if at == 0 else None, *(cell or None for cell in cells)) for at, cells in enumerate(mine)]
        merged += [f"A{first}:A{len(rows)}"] if len(mine) > 1 else []
    widths = {1: 7.0, 2: 10.0, 3: 24.0, 4: 14.0, 5: 22.0} | dict.fromkeys(range(7, 21), 15.0)
    return Grid("工作安排表", rows, HEADS, merged, widths, loose=2)


def _row(*cells: object) -> list[object]:
    return [*cells, *[None] * (WIDTH - len(cells))]


def fill(stay: Stay, heads: Mapping[int, Contact], vault: Vault) -> Line:
    """One person's nineteen cells, in the order of the columns."""
    who = stay.who
    person = (who.name, who.unit + who.title, *(vault.unlock(c) for c in (who.phone, who.email, who.wechat)))
    schools = tuple(cell for kind in KINDS for cell in _pair(stay, kind, heads, vault))
    windows = tuple(_window(stay, month) for month in WINDOWS)
    group = "中职" if who.level == "school" and _vocational(stay) else GROUP_OF.get(who.level, "旗县")
    return Line(group, (*person, *schools, *windows), tuple(_lacks(stay, person, windows, heads)))


def _vocational(stay: Stay) -> bool:
    return bool(stay.schools) and all(place.kind == "vocational_school" for place in stay.schools)


def _pair(stay: Stay, kind: str, heads: Mapping[int, Contact], vault: Vault) -> tuple[str, str]:
    """The schools of a kind with their classes, and beside them who heads the League there."""
    mine = [place for place in stay.schools if place.kind == kind]
    found = [heads[place.school_id] for place in mine if place.school_id in heads]
    contacts = [" ".join(filter(None, (one.name, vault.unlock(one.phone)))) for one in found]
    return "\n".join(_school(stay, place) for place in mine), "\n".join(contacts)


def _school(stay: Stay, place: Place) -> str:
    classes = stay.classes.get(place.school_id, [])
    return f"{place.name}（{'、'.join(classes)}）" if classes else place.name


def _window(stay: Stay, month: int) -> str:
    return "、".join(_days(start, end) for start, end in stay.planned if start.month == month)


def _days(start: date, end: date) -> str:
    if start == end:
        return f"{start.month}月{start.day}日"
    return f"{start.month}月{start.day}日—{'' if end.month == start.month else f'{end.month}月'}{end.day}日"


def _lacks(stay: Stay, person: Sequence[str], windows: Sequence[str], heads: Mapping[int, Contact]) -> Iterator[str]:
    """What nobody gave."""
    yield from (name for name, value in zip(PEOPLE, person, strict=True) if not value)
    if not stay.schools:
        yield "入驻学校"
    for place in stay.schools:
        yield from _school_lacks(stay, place, heads)
    yield from (f"{month}月预计时间" for month, value in zip(WINDOWS, windows, strict=True) if not value)


def _school_lacks(stay: Stay, place: Place, heads: Mapping[int, Contact]) -> Iterator[str]:
    if place.kind not in KINDS:
        yield f"{place.name}不在表内六类学校中"
        return
    if not stay.classes.get(place.school_id):
        yield f"{place.name}的班级"
    if place.school_id not in heads:
        yield f"{place.name}的校团委书记"


def _lacking(stays: Sequence[Stay], lines: Sequence[Line]) -> Grid:
    rows = [
        (stay.who.unit, stay.who.name, "、".join(line.lacks))
        for stay, line in zip(stays, lines, strict=True)
        if line.lacks
    ]
    return table("未填项", "还空着的格子（没有人提供，未代填）", ("单位", "姓名", "缺什么"), rows, wide=(1, 3))
