"""The places of a unit's own workbook: what {{…}} and named cells may be called, and the figure behind each.

A place is `数`, `时段.数`, `单位.数` or `单位.时段.数`: 驻校天数, 本月.驻校天数, 沁水县团委.今年.访谈队员.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from bot.forms.lines import lines_by_person, lines_by_policy
from bot.forms.order import Order
from bot.forms.summary import KEYS, cells, span_of, sum_row, unit_sheets
from models.completion import SUMS
from models.periods import month_end
from models.unit_sheet import UnitSheet

COLUMNS: Mapping[str, str] = {
    "应参加人数": "应参加人数",
    "已开展人数": "已开展人数",
    "驻校天数": "蹲点天数合计",
    "人均天数": "人均",
    "联系学校数": "联系学校数",
    "城区学校数": "其中城",
    "乡村学校数": "其中乡",
    "小学数": "其中小学",
    "初中数": "其中初中",
    "高中数": "其中高中",
    "中职数": "其中中职",
    "联系中队团支部数": "联系中队/团支部数",
    "访谈队员学生": "访谈队员/学生（人）",
    "访谈辅导员团学干部": "访谈辅导员/团学干部（人）",
    "宣讲场数": "宣讲/团课（场）",
    "覆盖人次": "覆盖（人次）",
    "调研报告篇数": "调研报告（篇）",
    "案例个数": "案例（个）",
    "收集问题件数": "收集问题（件）",
    "已解决问题件数": "已解决（件）",
}
MET: Mapping[str, str] = {f"访谈{SUMS[key][0]}": key for key in ("pioneer", "counselor", "student", "league_cadre")}
WORDS: Mapping[str, Callable[[Order], object]] = {
    "单位": lambda order: order.unit.name,
    "年": lambda order: span_of(order)[1].year,
    "月": lambda order: span_of(order)[1].month,
    "起始日期": lambda order: _day(span_of(order)[0]),
    "截止日期": lambda order: _day(span_of(order)[1]),
    "填表日期": lambda order: _day(order.today),
}
QUARTERS = {"一季度": 1, "二季度": 4, "三季度": 7, "四季度": 10}
MONTH = re.compile(r"(\d{1,2})月")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _months(order: Order, first: int, count: int) -> tuple[date, date]:
    year = span_of(order)[1].year
    return date(year, first, 1), month_end(date(year, first + count - 1, 1))


def _term(order: Order, *, before: bool = False) -> tuple[date, date]:
    calendar = order.calendars.of()
    term = calendar.term(order.today)
    found = calendar.previous_term(term) if before else term
    return found.start, found.end


def _last_month(order: Order) -> tuple[date, date]:
    last = order.today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


PERIODS: Mapping[str, Callable[[Order], tuple[date, date]]] = {
    "本月": lambda order: (order.today.replace(day=1), month_end(order.today)),
    "上月": _last_month,
    "本学期": _term,
    "上学期": lambda order: _term(order, before=True),
    "今年": lambda order: _months(order, 1, 12),
    "上半年": lambda order: _months(order, 1, 6),
    "下半年": lambda order: _months(order, 7, 6),
    **{name: (lambda order, first=first: _months(order, first, 3)) for name, first in QUARTERS.items()},  # type: ignore[misc]
}


@dataclass
class Places:
    """The figures of one order, each table of units reckoned once, when a place asks for it."""

    order: Order
    tables: dict[tuple[date, date] | None, list[UnitSheet]] = field(default_factory=dict)

    def value(self, name: str) -> object:
        """The figure or words behind a place; raises KeyError for a name that is none."""
        parts = [part.strip() for part in name.replace("．", ".").replace("·", ".").split(".")]
        if len(parts) == 1 and parts[0] in WORDS:
            return WORDS[parts[0]](self.order)
        unit, period, figure = self._read(parts)
        rows = self._rows(period)
        if unit is not None:
            rows = [row for row in rows if row.unit.name == unit]
        if figure in MET:
            return sum((row.sums.get(MET[figure], Decimal(0)) for row in rows), Decimal(0))
        found = dict(zip(KEYS, cells(rows[0]) if unit is not None else sum_row(rows), strict=True))
        return found[COLUMNS[figure]]

    def knows(self, name: str) -> bool:
        """Whether a name is a place."""
        try:
            self.value(name)
        except KeyError:
            return False
        return True

    @cached_property
    def units(self) -> frozenset[str]:
        """The names of the units that have a row of their own."""
        return frozenset(row.unit.name for row in self._rows(None))

    def _read(self, parts: list[str]) -> tuple[str | None, tuple[date, date] | None, str]:
        *before, figure = parts
        if figure not in COLUMNS and figure not in MET:
            raise KeyError(figure)
        period = _span(self.order, before.pop()) if before and _is_period(before[-1]) else None
        if len(before) > 1 or (before and before[0] not in self.units):
            raise KeyError(".".join(parts))
        return (before[0] if before else None), period, figure

    def _rows(self, period: tuple[date, date] | None) -> list[UnitSheet]:
        if period not in self.tables:
            order = replace(self.order, start=period[0], end=period[1]) if period else self.order
            first, last = span_of(order)
            lines = lines_by_person(lines_by_policy(order, first, last)) if first <= last else []
            self.tables[period] = unit_sheets(order, lines, first, last)
        return self.tables[period]


def _is_period(name: str) -> bool:
    found = MONTH.fullmatch(name)
    return name in PERIODS or bool(found and 1 <= int(found[1]) <= 12)


def _span(order: Order, name: str) -> tuple[date, date]:
    found = MONTH.fullmatch(name)
    return _months(order, int(found[1]), 1) if found else PERIODS[name](order)


def names() -> tuple[str, ...]:
    """Every name that a place may end with, words first."""
    return (*WORDS, *COLUMNS, *MET)


def spans() -> tuple[str, ...]:
    """Every span that a place may begin with."""
    return (*PERIODS, "1月", "2月", "…", "12月")
