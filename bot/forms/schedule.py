"""工作安排表: two heading rows, five groups of rows, twenty columns; what nobody gave stays empty and is listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.forms.order import XLSX, Made, Order
from bot.forms.sheets import Grid, table, workbook
from models.arrangement import Contact, Place, Stay, arrangement, filling_in, secretaries
from models.histories import enrolled
from models.policy import is_bound
from models.vault import Vault

GROUPS = ("盟市", "旗县", "高校", "中学", "中职")
GROUP_OF: Mapping[str, str] = {
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
ABOVE = frozenset(
    {"national", "province"}
)  # the table is a 盟市's or a 高校's: who serves above them is in none of its groups
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
    told = list(zip(stays, lines, strict=True))
    tables = [official(year, name, mine, sheet) for sheet, name, mine in _tables(order, told)]
    grids = [*tables, _lacking(told)]
    return Made(f"{order.unit.name}{year}年工作安排表.xlsx", XLSX, workbook(grids), tuple(s.who.id for s in stays))


Told = tuple[Stay, "Line"]


def _tables(order: Order, told: Sequence[Told]) -> Iterator[tuple[str, str, list[Line]]]:
    """Sheet, 盟市（高校） and rows: one table, or above the 盟市 one for each; staff above them have no row in any."""
    inside = [(stay, line) for stay, line in told if line.group]
    if order.unit.level not in ABOVE:
        yield "工作安排表", order.unit.name, [line for _, line in inside]
        return
    for number, unit in enumerate(filling_in(order.connection, order.unit.path), start=1):
        mine = [line for stay, line in inside if stay.who.path.startswith(unit.path)]
        if mine:
            yield sheet_name(number, unit.name), unit.name, mine


def sheet_name(number: int, name: str) -> str:
    """A name that a workbook takes: no signs of its own, at most 31 letters, none twice."""
    return f"{number} " + "".join(sign for sign in name if sign not in r"[]:*?/\\")[:24]


def _bound(order: Order) -> set[int]:
    """Who is to be in the table: bound by a document, in office, in earnest."""
    asked = order.policies.values()
    here = (who for batch in enrolled(order.connection, order.unit.path) for who in batch if not who.training)
    present = (who for who in here if who.left_on is None or who.left_on > order.today)
    names = {who.bound.person_id: who.bound for who in present}
    return {i for i, bound in names.items() if any(p.id in bound.policies and is_bound(p, bound) for p in asked)}


def official(year: int, unit: str, lines: Sequence[Line], sheet: str = "工作安排表") -> Grid:
    """The sheet as the notice prints it; a group without people keeps one empty row."""
    rows: list[list[object]] = [
        _row(f"{year} 年全区学校共青团“驻校蹲班”工作安排表"),
        _row(f"盟市（高校）团委：{unit}"),
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
    return Grid(sheet, rows, HEADS, merged, widths, loose=2, heights={3: 24.0, 4: 68.0})


def _row(*cells: object) -> list[object]:
    return [*cells, *[None] * (WIDTH - len(cells))]


def fill(stay: Stay, heads: Mapping[int, Contact], vault: Vault) -> Line:
    """One person's nineteen cells, in the order of the columns."""
    who = stay.who
    person = (who.name, who.unit + who.title, *(vault.unlock(c) for c in (who.phone, who.email, who.wechat)))
    schools = tuple(cell for kind in KINDS for cell in _pair(stay, kind, heads, vault))
    windows = tuple(_window(stay, month) for month in WINDOWS)
    group = (
        "中职"
        if who.level == "school" and _vocational(stay)
        else ""
        if who.level in ABOVE
        else GROUP_OF.get(who.level, "旗县")
    )
    return Line(group, (*person, *schools, *windows), tuple(_lacks(group, stay, person, windows, heads)))


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


def _lacks(
    group: str, stay: Stay, person: Sequence[str], windows: Sequence[str], heads: Mapping[int, Contact]
) -> Iterator[str]:
    """What nobody gave; of who has no row, that."""
    if not group:
        yield "不在表内五组中（表由盟市、高校填报）"
        return
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


def _lacking(told: Sequence[Told]) -> Grid:
    rows = [(stay.who.unit, stay.who.name, "、".join(line.lacks)) for stay, line in told if line.lacks]
    return table("未填项", "还空着的格子（没有人提供，未代填）", ("单位", "姓名", "缺什么"), rows, wide=(1, 3))
