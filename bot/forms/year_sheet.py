"""个人年度表: a person's year on one sheet, and those of a whole unit as a zip with a workbook for each person.

A workbook a person and not a sheet a person: each can be given to whom it is about without showing the others.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

from bot.forms.hardship import HIDDEN, KINDS, METRICS, NOTE, guarded, veiled
from bot.forms.order import XLSX, ZIP, Made, Order
from bot.forms.sheets import Grid, table, workbook
from bot.forms.stamping import Stamp
from bot.forms.task_list import goal_cell, state
from models.ledger import STATES as PROBLEM_STATES
from models.periods import ALWAYS
from models.progress import plain
from models.refusal import Refusal
from models.retention import records_from
from models.roster_words import KINDS as SCHOOL_KINDS
from models.year import GoalLine, Work
from models.year_sheets import Paper, Stay, Whose, YearSheet, how_many, task_list, year_sheets

WIDE = 17
MONTHS = tuple(f"{number}月" for number in range(1, 13))
WIDTHS = {1: 22.0, 2: 19.0, 3: 10.0, **dict.fromkeys(range(4, 16), 6.2), 16: 9.0, 17: 9.0}
LINE, ROOM = 16.0, 40  # points for a line of words, and how many characters of ours fit into the twelve months' width
KIND_WORDS = {key: name for name, key in SCHOOL_KINDS.items()}
AREAS = {"urban": "城", "rural": "乡"}
PAPERS = {"report": "调研报告", "case": "工作案例"}
PAPER_STATES = {"submitted": "待审定", "accepted": "已通过", "returned": "已退回", "open": "已登记"}
LIST_STATES = {"draft": "草稿", "submitted": "待审定", "returned": "已退回", "approved": "已审定"}
POSTS = {"full_time": "专职", "seconded": "挂职", "part_time": "兼职", "chief_counselor": "总辅导员"}
WORKS, GOALS = ("项目", "计量单位", "全年合计", *MONTHS), ("任务", "时段", "目标", *MONTHS, "完成", "状态")
SOURCE = "数字来自本人在聊天里的记录；人数只计首次见到的，天数按日期去重。"


def make_year_sheet(order: Order) -> Made:
    """One person's year as a workbook."""
    year = year_of(order)
    found = list(_sheets(order, order.person or order.viewer))
    if not found:
        raise Refusal("做不出年度表：演练的人不计数，或名册里没有这个人了。")
    out = io.BytesIO()
    _stamp().write(year_grid(found[0], order.today), out)
    return Made(f"{found[0].who.name}{year}年年度表.xlsx", XLSX, out.getvalue(), (found[0].who.bound.person_id,))


def make_year_sheets(order: Order, out: BinaryIO) -> Made:
    """Everybody's year of a unit and below: a workbook a person, and one list of all."""
    year, told = year_of(order), []
    whole = how_many(order.connection, order.unit.path, year)
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for done, sheet in enumerate(_sheets(order, None), start=1):
            buffer = io.BytesIO()
            _stamp().write(year_grid(sheet, order.today), buffer)
            archive.writestr(_name(sheet), buffer.getvalue())
            told.append((sheet.who.bound.person_id, _row(sheet)))
            order.progress(done / max(whole, done))
        archive.writestr("一览.xlsx", _list(order, year, [row for _, row in told]))
    return Made(f"{order.unit.name}{year}年个人年度表.zip", ZIP, b"", tuple(number for number, _ in told))


def year_of(order: Order) -> int:
    """The year asked for: that of the days said, else this one; raises Refusal where its records are gone."""
    year = (order.start or order.today).year
    if year < records_from(order.today).year or year > order.today.year:
        raise Refusal(f"{year}年的表做不了：逐条记录只留本学年和上学年。更早的回“上学期进度”看合计。")
    return year


def _sheets(order: Order, person: int | None) -> Iterator[YearSheet]:
    whose = Whose("/" if person else order.unit.path, person)
    return year_sheets(order.connection, order.policies, order.calendars.of, whose, year_of(order), order.today)


@cache
def _stamp() -> Stamp:
    return Stamp(Grid("年度表", [], 2, widths=WIDTHS), WIDE)


def _name(sheet: YearSheet) -> str:
    """A name within the zip: unit and person, with the person's number since names repeat."""
    return f"{_plain(sheet.who.unit)}/{_plain(sheet.who.name)}_{sheet.who.bound.person_id}.xlsx"


def _plain(words: str) -> str:
    """A name that any file system takes, and that leads nowhere else."""
    return "".join("_" if sign in '/\\:*?"<>|' or ord(sign) < 32 else sign for sign in words).replace("..", "__") or "_"


SHORT = ("days", "pioneer", "counselor", "student", "league_cadre", "lecture", "report", "case", "issue")
LISTED = ("单位", "姓名", "驻校（天）", "队员", "辅导员", "学生", "团学干部", "宣讲（场）", "调研报告", "案例", "问题")


def _row(sheet: YearSheet) -> list[object]:
    sums = {work.key: work.total for work in sheet.year.works}
    return [sheet.who.unit, sheet.who.name, *(sums.get(key, Decimal(0)) for key in SHORT)]


def _list(order: Order, year: int, rows: list[list[object]]) -> bytes:
    title = f"{order.unit.name}{year}年个人年度表一览（截至{min(order.today, date(year, 12, 31)):%Y-%m-%d}）"
    return workbook([table("一览", title, LISTED, rows, wide=(1,))])


class _Page:
    """A sheet as it grows: its rows, the cells joined in them, and their styles."""

    def __init__(self) -> None:
        self.rows: list[list[object]] = []
        self.merged: list[str] = []
        self.marks: dict[int, str] = {}
        self.heights: dict[int, float] = {}

    def add(self, cells: list[object], style: str = "body", join: str = "", lines: int = 1) -> None:
        """A row; `join` names the columns of it that are one."""
        self.rows.append(cells)
        number = len(self.rows)
        self.marks[number] = style
        if join:
            first, last = join.split(":")
            self.merged.append(f"{first}{number}:{last}{number}")
        self.heights[number] = LINE * max(lines, 1) + 4

    def head(self, words: str, keys: tuple[str, ...], join: str = "") -> None:
        """The beginning of a part."""
        self.add([words, *[None] * (WIDE - 1)], "line", "A:Q", 1)
        self.add(list(keys), "heading", join)

    def wide(self, cells: tuple[object, object, object], words: str) -> None:
        """A row whose words take the place of the months."""
        lines = max(-(-len(words) // ROOM), -(-len(str(cells[0] or "")) // 10), 1)
        self.add([*cells, words, *[None] * 11], "words", "D:O", lines)


def year_grid(sheet: YearSheet, today: date) -> Grid:
    """A person's year as the rows of one sheet."""
    page = _Page()
    _head(page, sheet)
    _works(page, sheet.year.works)
    _goals(page, sheet.year.goals, sheet.year.last)
    _stays(page, sheet.stays)
    _papers(page, sheet)
    _tasks(page, task_list(sheet))
    notes = [SOURCE, *_gone(sheet, today), *([NOTE] if any(HIDDEN in row for row in page.rows) else [])]
    page.add(["；".join(note.rstrip("。") for note in notes) + "。", *[None] * (WIDE - 1)], "note", "A:Q")
    return Grid("年度表", page.rows, 2, page.merged, WIDTHS, 2, page.marks, page.heights)


def _gone(sheet: YearSheet, today: date) -> list[str]:
    """What the year lacks because its time was over."""
    kept = records_from(today)
    return [f"{kept:%Y-%m-%d}以前的逐条记录已按保存期限清除"] if kept > date(sheet.year.year, 1, 1) else []


def _head(page: _Page, sheet: YearSheet) -> None:
    who, year = sheet.who, sheet.year
    page.add([f"{who.name}蹲点工作年度表（{year.year}年）", *[None] * (WIDE - 1)], "title", "A:Q", 2)
    post = POSTS.get(who.bound.post, "")
    words = f"单位：{who.unit}　　岗位：{post}　　截至：{year.last:%Y-%m-%d}"
    page.add([words, *[None] * (WIDE - 1)], "line", "A:Q")


def _works(page: _Page, works: tuple[Work, ...]) -> None:
    page.head("一、各月工作量", WORKS)
    for work in works:
        months: list[object] = [value or None for value in work.months]
        total: object = work.total
        if work.key in KINDS:
            shown, total = guarded(work.months, work.total)
            months = [value or None for value in shown]
        page.add([work.title, work.unit, total, *months])


def _goals(page: _Page, goals: tuple[GoalLine, ...], last: date) -> None:
    page.head("二、各项任务完成情况", GOALS)
    for one in goals:
        rule = one.standing.rule
        if rule.kind == "shown" and not one.standing.done:
            continue
        done: object = f"{one.reached}/{one.asked}个月" if one.asked else one.standing.done
        months: list[object] = [value or None for value in one.months]
        if rule.metric in METRICS and done:
            # The same months stand in the first part; a sum of other months would give away what is hidden there.
            months, done = [HIDDEN if value else None for value in one.months], HIDDEN
        page.add([rule.title + _unit(one), one.period, goal_cell(one.standing), *months, done, _status(one, last)])


def _status(one: GoalLine, last: date) -> str:
    """As the monthly table says it; of a period that is over, what it lacked."""
    if one.asked:
        return "已完成" if one.reached == one.asked else "进行中"
    over = one.standing.due < last and one.standing.period != ALWAYS and one.standing.rule.kind != "shown"
    lacking = over and not one.standing.met and one.standing.missing
    return f"差{plain(one.standing.missing)}" if lacking else state(one.standing)


def _unit(one: GoalLine) -> str:
    rule = one.standing.rule
    return f"（{'人' if rule.gauge else rule.unit}）" if rule.unit or rule.gauge else ""


def _stays(page: _Page, stays: tuple[Stay, ...]) -> None:
    page.head("三、蹲点学校", ("学校", "类型", "驻校天数", "起止", *[""] * 11), "D:O")
    for one in stays:
        place = one.place
        kind = " ".join(filter(None, (KIND_WORDS.get(place.kind, place.kind), AREAS.get(place.area, place.area))))
        page.wide((place.name, kind, one.days), _span(one))


def _span(one: Stay) -> str:
    if one.start is None:
        return "到访（不是蹲点学校）"
    return f"{one.start:%Y-%m-%d}起" + (f"，{one.end:%Y-%m-%d}止" if one.end else "，在任")


def _papers(page: _Page, sheet: YearSheet) -> None:
    page.head("四、调研报告、工作案例和反映的问题", ("类别", "日期", "状态", "题目、内容", *[""] * 11), "D:O")
    for paper in sheet.of("report", "case", "issue"):
        page.wide(*_paper(paper))


def _paper(paper: Paper) -> tuple[tuple[object, object, object], str]:
    day = paper.day.isoformat() if paper.day else None
    if paper.kind == "issue":
        return ("问题建议", day, PROBLEM_STATES.get(paper.status, paper.status)), veiled(paper.text)
    title = f"《{paper.title}》" if paper.title else ""
    return (PAPERS[paper.kind], day, PAPER_STATES.get(paper.status, paper.status)), veiled(title)


def _tasks(page: _Page, found: Paper | None) -> None:
    status = LIST_STATES.get(found.status, found.status) if found else "没有制定"
    page.head(f"五、个人任务清单（{status}）", ("方面", "审定", "", "任务", *[""] * 11), "D:O")
    for line in found.data.get("lines", []) if found else []:
        page.wide((line.get("aspect"), status, None), str(line.get("text", "")))
    if found and found.data.get("comment"):
        page.wide(("审定意见", None, None), str(found.data["comment"]))
