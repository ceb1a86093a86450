"""统计表: a row for each unit in the official order, people and attendances in columns of their own, and the sum."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.utils import get_column_letter

from bot.forms.lines import lines_by_person, lines_by_policy
from bot.forms.order import XLSX, Made, Order
from bot.forms.sheets import Grid, table, workbook
from models.completion import Line
from models.ledger import problems
from models.periods import period_of
from models.roster_words import KINDS
from models.school_mix import school_mix
from models.team import Books, TeamLine, children, team
from models.unit_sheet import Beside, UnitSheet, attendance, raised_within, row, school_kinds

AREAS = (("城", "urban"), ("乡", "rural"))
AREA_WORDS = {key: name for name, key in AREAS}
KIND_WORDS = {key: name for name, key in KINDS.items()}
STAGES = (
    ("小学", ("primary", "小学", "nine_year")),
    ("初中", ("junior_high", "初中", "nine_year", "full_secondary")),
    ("高中", ("senior_high", "高中", "full_secondary")),
    ("中职", ("vocational_school", "中职")),
)
KEYS = (
    *("单位", "应参加人数", "已开展人数", "蹲点天数合计", "人均", "联系学校数"),
    *(f"其中{name}" for name, _ in (*AREAS, *STAGES)),
    *("联系中队/团支部数", "访谈队员/学生（人）", "访谈辅导员/团学干部（人）", "宣讲/团课（场）", "覆盖（人次）"),
    *("调研报告（篇）", "案例（个）", "收集问题（件）", "已解决（件）", "备注"),
)
NOTE = "九年一贯制、完全中学按所含学段分别计入；人与人次分列；按名册顺序，不排名次"


def make_summary(order: Order) -> Made:
    """The units' figures of this term as the chat has them, or of the days asked for."""
    first, last = span_of(order)
    rows = unit_sheets(order, lines_by_person(lines_by_policy(order, first, last)), first, last)
    title = f"{order.unit.name}蹲点工作统计表"
    heading = f"{title}（{first:%Y-%m-%d}至{last:%Y-%m-%d}）"
    shown = [cells(one) for one in rows]
    sheet = table("统计表", heading, KEYS, [*shown, sum_row(rows), [NOTE]], wide=(1,))
    return Made(f"{title}.xlsx", XLSX, workbook([_joined(sheet), mix_grid(order)]))


def make_school_mix(order: Order) -> Made:
    """The mix of schools alone."""
    return Made(f"{order.unit.name}学校构成表.xlsx", XLSX, workbook([mix_grid(order)]))


def _joined(grid: Grid) -> Grid:
    last, wide = len(grid.rows), get_column_letter(len(KEYS))
    return Grid(grid.name, grid.rows, grid.heads, [*grid.merged, f"A{last}:{wide}{last}"], grid.widths)


def mix_grid(order: Order) -> Grid:
    """学校构成 as the chat tells it: kinds and places, and how many are weak; never which."""
    found = school_mix(order.connection, order.unit.path, order.today)
    rows = [
        (KIND_WORDS.get(one.kind, one.kind) or "未填", AREA_WORDS.get(one.area, one.area), one.schools) for one in found
    ]
    sums = [("合计", None, sum(one.schools for one in found)), ("其中基础薄弱", None, sum(one.weak for one in found))]
    title = f"{order.unit.name}蹲点学校构成（截至{order.today:%Y-%m-%d}）"
    return table("学校构成", title, ("类型", "城乡", "学校数"), [*rows, *sums])


def span_of(order: Order) -> tuple[date, date]:
    """The days asked for, else the term so far."""
    term = period_of("term", order.today, order.calendars.of())
    return order.start or term.start, min(order.end or term.end, order.today)


def unit_sheets(order: Order, lines: Sequence[Line], first: date, last: date) -> list[UnitSheet]:
    """The unit itself, then each committee below it."""
    below = children(order.connection, order.unit.id)
    people = {line.who.bound.person_id for line in lines}
    found = raised_within(problems(order.connection, order.unit.path, only_open=False), first, last)
    beside = Beside(school_kinds(order.connection), attendance(order.connection, people, first, last), found)
    places = [next((u for u in below if line.who.path.startswith(u.path)), order.unit.row) for line in lines]
    chat = _chat(order)
    sheets = [
        row(
            unit,
            [x for x, place in zip(lines, places, strict=True) if place.id == unit.id],
            beside,
            last,
            chat.get(unit.id),
        )
        for unit in (order.unit.row, *below)
    ]
    return [one for one in sheets if one.bound or one.unit.id != order.unit.id]


def _chat(order: Order) -> dict[int, TeamLine]:
    """What the chat says of the same units; only where no days were asked for, since it tells of now."""
    if order.start or order.end:
        return {}
    found = team(order.connection, Books(order.policies, order.calendars.of, order.today), order.unit.row)
    return {line.unit.id: line for line in found.lines}


def cells(one: UnitSheet) -> list[object]:
    """A row in the order of KEYS."""
    mean = _mean(one.days, one.bound)
    met = [one.sums.get(a, Decimal(0)) + one.sums.get(b, Decimal(0)) for a, b in MET]
    rest = [one.sums.get(key, Decimal(0)) for key in ("report", "case")]
    return [
        *(one.unit.name, one.bound, one.begun, one.days, mean, len(one.schools)),
        *(sum(1 for school in one.schools if school.area in (name, key)) for name, key in AREAS),
        *(sum(1 for school in one.schools if school.kind in kinds) for _, kinds in STAGES),
        *(one.links, *met, one.sums.get("lecture", Decimal(0)), one.attended, *rest, one.raised, one.solved, None),
    ]


MET = (("pioneer", "student"), ("counselor", "league_cadre"))
MEAN = 4


def _mean(days: Decimal, people: int) -> Decimal | None:
    """Days a head, to one place, halves upwards as people round."""
    return (days / people).quantize(Decimal("0.1"), ROUND_HALF_UP) if people else None


def sum_row(rows: Sequence[UnitSheet]) -> list[object]:
    """The last row; the mean is that of all people, not of means."""
    if not rows:
        return ["合计", *[0] * (len(KEYS) - 2), None]
    columns = list(zip(*map(cells, rows), strict=True))[1:-1]
    sums: list[object] = [sum(value for value in column if value is not None) for column in columns]
    people, days = sum(one.bound for one in rows), sum((one.days for one in rows), Decimal(0))
    sums[MEAN - 1] = _mean(days, people)
    return ["合计", *sums, None]
