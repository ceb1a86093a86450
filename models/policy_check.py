"""What can be wrong with a policy file, each fault with its cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from models.catalogue import CATALOGUE, GAUGES
from models.people import POSTS
from models.periods import KINDS
from models.units import LEVELS

Table = Mapping[str, Any]
Check = Callable[[Any], str | None]

OPS = (">=", "<=", "==", "between")
WEIGHTS = ("hard", "soft", "shown")
NEEDS = ("accepted", "one_follow_up")
EVERY = ("month", "half_year", "year", "once")
MOMENTS = ("asked", "joining", "first_stay", "planning", "report")


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "要写一段文字"


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "只能是 true 或 false"


def _day(value: Any) -> str | None:
    return None if type(value) is date else "要写日期，如 2026-09-01"


def _number(value: Any) -> str | None:
    good = isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0 and value * 2 % 1 == 0
    return None if good else "要写不小于 0 的数，可到半数(0.5)"


def _one_of(names: tuple[str, ...]) -> Check:
    def check(value: Any) -> str | None:
        if isinstance(value, str) and value in names:
            return None
        near = get_close_matches(str(value), names, n=1)
        return f"不认识 {value!r}" + (f", 是不是 {near[0]!r}?" if near else f"; 可用: {'、'.join(names)}")

    return check


def _some_of(names: tuple[str, ...]) -> Check:
    one = _one_of(names)

    def check(value: Any) -> str | None:
        if not isinstance(value, list) or not value:
            return '要写成非空列表，如 ["county"]'
        return next((fault for fault in map(one, value) if fault), None)

    return check


def _texts(value: Any) -> str | None:
    good = isinstance(value, list) and value and all(_text(word) is None for word in value)
    return None if good else "要写成非空的文字列表"


def _month(value: Any) -> str | None:
    return None if type(value) is int and 1 <= value <= 12 else "月份是 1 到 12 的整数"


def _clock(value: Any) -> str | None:
    hour, _, minute = str(value).partition(":")
    good = hour.isdigit() and minute.isdigit() and int(hour) * 60 + int(minute) <= 24 * 60 and int(minute) < 60
    return None if good else '要写时刻，如 "15:00" 或 "24:00"'


def _month_day(value: Any) -> str | None:
    return None if _parses(f"2024-{value}") else f'{value!r} 不是月-日，如 "06-30"'


def _month_days(value: Any) -> str | None:
    if not isinstance(value, list) or not value:
        return '要写成非空列表，如 ["06-30"]'
    return next((fault for fault in map(_month_day, value) if fault), None)


def _parses(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


LEVEL_LIST, POST_LIST = _some_of(tuple(LEVELS)), _some_of(POSTS)

RULE: dict[str, Check] = {
    "id": _text,
    "title": _text,
    "unit": _text,
    "words": _text,
    "metric": _one_of(tuple(CATALOGUE)),
    "period": _one_of(KINDS),
    "source": _text,
    "op": _one_of(OPS),
    "required": _number,
    "low": _number,
    "high": _number,
    "kind": _one_of(WEIGHTS),
    "gauge": _flag,
    "in_principle": _flag,
    "month": _month,
    "levels": LEVEL_LIST,
    "posts": POST_LIST,
    "school": _one_of(("any", "linked", "assigned")),
    "counts_forum": _flag,
    "needs": _one_of(NEEDS),
    "confirm": _one_of(("term",)),
    "cap": _one_of(("roster",)),
    "waive": _one_of(("grassroots_posting",)),
    "reading": _text,
    "since": _day,
    "until": _day,
}
CARD: dict[str, Check] = {
    "id": _text,
    "title": _text,
    "words": _text,
    "text": _text,
    "source": _text,
    "when": _one_of(MOMENTS),
    "keywords": _texts,
    "levels": LEVEL_LIST,
}
HAND_IN: dict[str, Check] = {
    "id": _text,
    "what": _text,
    "title": _text,
    "words": _text,
    "levels": LEVEL_LIST,
    "every": _one_of(EVERY),
    "due": _texts,
    "source": _text,
    "at": _clock,
    "exact": _flag,
    "covers": _one_of(("previous_month", "half_year", "year")),
    "first": _month_day,
    "remind": _month_days,
    "asks_below": LEVEL_LIST,
    "since": _day,
}
ASPECT: dict[str, Check] = {"title": _text, "rules": _texts}
BIND: dict[str, Check] = {"levels": LEVEL_LIST, "posts": POST_LIST}
TOP: dict[str, Check] = {
    "id": _text,
    "name": _text,
    "source": _text,
    "binds": lambda value: None if isinstance(value, list) and value else "要有 [[binds]],写明约束谁",
    "rules": lambda value: None if isinstance(value, list) else "要用 [[rules]] 逐条写",
    "cards": lambda value: None if isinstance(value, list) else "要用 [[cards]] 逐条写",
    "hand_ins": lambda value: None if isinstance(value, list) else "要用 [[hand_ins]] 逐条写",
    "aspects": lambda value: None if isinstance(value, list) else "要用 [[aspects]] 逐条写",
    "ratings": _texts,
}
LISTS: dict[str, tuple[dict[str, Check], int]] = {
    "binds": (BIND, 2),
    "rules": (RULE, 6),
    "cards": (CARD, 4),
    "hand_ins": (HAND_IN, 7),
    "aspects": (ASPECT, 1),
}


def faults_of(table: Table) -> list[str]:
    """Every fault of one policy, with its place and cure; none where it is right."""
    found = list(_fields(table, TOP, 4))
    for name, (checks, needed) in LISTS.items():
        rows = table.get(name, [])
        found += [fault for number, row in _rows(rows) for fault in _row(name, number, row, checks, needed)]
    return found + list(_versions(table)) + list(_proposals(table))


def _rows(rows: Any) -> Iterator[tuple[int, Any]]:
    return enumerate(rows if isinstance(rows, list) else [], start=1)


def _row(name: str, number: int, row: Any, checks: Mapping[str, Check], needed: int) -> Iterator[str]:
    if not isinstance(row, dict):
        yield f"[[{name}]] 第{number}条: 要写成一节"
        return
    place = f"{row['id']}" if isinstance(row.get("id"), str) else f"[[{name}]] 第{number}条"
    faults = list(_fields(row, checks, needed))
    if name in TOGETHER and not faults:
        faults = list(TOGETHER[name](row))
    yield from (f"{place}: {fault}" for fault in faults)


def _fields(row: Table, checks: Mapping[str, Check], needed: int) -> Iterator[str]:
    for name in list(checks)[:needed]:
        if name not in row:
            yield f"缺 {name}；请补上"
    known = _one_of(tuple(checks))
    for name, value in row.items():
        fault = checks[name](value) if name in checks else known(name)
        if fault:
            yield f"{name}: {fault}"


def _rule(row: Table) -> Iterator[str]:
    yield from _numbers(row)
    if (row["period"] == "window") != ("month" in row):
        yield 'period = "window" 与 month 要一起写，如 month = 3'
    if (row["metric"] in GAUGES) != row.get("gauge", False):
        yield f"gauge: 只用于也必须用于 {'、'.join(sorted(GAUGES))}"
    if row.get("since", date.min) > row.get("until", date.max):
        yield "since 晚于 until; 请改正日期"
    if row.get("needs") and not CATALOGUE[row["metric"]].item:
        yield "needs: 只用于报告、案例、重点工作"


def _hand_in(row: Table) -> Iterator[str]:
    check, example = DUE[row["every"]]
    for value in row["due"]:
        if not check(value):
            yield f"due: {value!r} 不合 every = {row['every']!r}；请写如 {example!r}"


DUE: dict[str, tuple[Callable[[str], bool], str]] = {
    "month": (lambda text: text.isdigit() and 1 <= int(text) <= 31, "10"),
    "half_year": (lambda text: _month_day(text) is None, "06-30"),
    "year": (lambda text: _month_day(text) is None, "12-31"),
    "once": (_parses, "2027-03-10"),
}
TOGETHER: dict[str, Callable[[Table], Iterator[str]]] = {"rules": _rule, "hand_ins": _hand_in}


def _numbers(row: Table) -> Iterator[str]:
    ranged = row.get("op") == "between"
    if row.get("kind") == "shown":
        if {"required", "low", "high"} & row.keys():
            yield 'kind = "shown" 只显示，不写 required、low、high'
    elif ranged and not {"low", "high"} <= row.keys():
        yield 'op = "between" 要写 low 和 high'
    elif ranged and row["low"] > row["high"]:
        yield "low 大于 high; 请对调"
    elif not ranged and "required" not in row:
        yield "缺 required; 请写要达到的数"


def _versions(table: Table) -> Iterator[str]:
    """Rules of one id are versions of one duty: their dates may not overlap; other ids are used once."""
    for name in ("rules", "cards", "hand_ins"):
        seen: dict[str, list[tuple[date, date]]] = {}
        for _, row in _rows(table.get(name)):
            if isinstance(row, dict) and isinstance(row.get("id"), str):
                span = (_or(row.get("since"), date.min), _or(row.get("until"), date.max))
                if any(first <= span[1] and span[0] <= last for first, last in seen.get(row["id"], [])):
                    yield f"{row['id']}: id 重复；改一个，或用 since/until 写成先后两版"
                seen.setdefault(row["id"], []).append(span)


def _proposals(table: Table) -> Iterator[str]:
    ids = {
        row["id"] for _, row in _rows(table.get("rules")) if isinstance(row, dict) and isinstance(row.get("id"), str)
    }
    for number, row in _rows(table.get("aspects")):
        wanted = row.get("rules") if isinstance(row, dict) else None
        for name in wanted if isinstance(wanted, list) else ():
            if name not in ids:
                yield f"[[aspects]] 第{number}条: rules 里的 {name!r} 没有这条规则"


def _or(value: Any, default: date) -> date:
    return value if type(value) is date else default
