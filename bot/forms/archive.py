"""An archive in one file: a zip of every table as JSON Lines and as a workbook, and a note that says what is inside."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from bot.forms.hardship import KINDS, LEAST, METRICS, veiled
from bot.forms.order import ZIP, Made, Order
from bot.forms.streamed import LEVEL
from bot.forms.tables import Row, json_line, write_xlsx
from models.archive import Kept, Table, tables
from models.listing import UnitFound, how_many
from models.policy import Policy

SHARES = {"people": 0.01, "schools": 0.01, "entries": 0.45, "goals": 0.47}  # of the time; the rest have the remainder
STEP = 1000  # rows between two words of how far it is
WORDS = frozenset({"title", "text", "words"})


def make_archive(order: Order, out: BinaryIO) -> Made:
    """A unit's year; everybody named in it is told of the look."""
    year = (order.start or order.today).year
    unit = UnitFound(order.unit.id, order.unit.name, order.unit.path, is_school=False)
    kept = Kept(unit, year)
    people: list[int] = []
    found = tables(order.connection, order.policies, order.calendars.of, kept, order.today)
    whole = how_many(order.connection, kept.first, kept.last, unit)
    write_archive(kept, _watched(found, people, whole, order), order.now, out, needy_rules(order.policies))
    return Made(f"{order.unit.name}{year}年工作档案.zip", ZIP, b"", tuple(people))


def _watched(found: Iterable[Table], people: list[int], whole: int, order: Order) -> Iterator[Table]:
    """The tables one by one; who is in them is noted, and how far it has come."""
    begun = 0.0
    for one in found:
        share = SHARES.get(one.name, 0.01)
        rows = _noted(one.rows, people) if one.name == "people" else one.rows
        yield one._replace(rows=_told(rows, _gone(one.name, people, whole), begun, share, order))
        begun += share
        order.progress(begun)


def _told(
    rows: Iterable[Row], gone: Callable[[int, Row], float], begun: float, share: float, order: Order
) -> Iterator[tuple[object, ...]]:
    """The rows; now and then it is told how much of the whole is done."""
    for number, row in enumerate(rows):
        if number % STEP == 0:
            order.progress(begun + share * min(gone(number, row), 1.0))
        yield tuple(row)


def _gone(name: str, people: list[int], whole: int) -> Callable[[int, Row], float]:
    """How much of a table lies behind a row: records are counted, goals come person by person."""
    if name == "goals":
        known = sorted(people)
        return lambda _, row: bisect_left(known, int(str(row[0]))) / max(len(known), 1)
    return lambda number, _: number / max(whole, 1) if name == "entries" else 0.0


def _noted(rows: Iterable[Row], people: list[int]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        people.append(int(str(row[0])))
        yield tuple(row)


def harmless_rows(table: Table, needy: Collection[str]) -> Iterator[tuple[object, ...]]:
    """Rows without small numbers of people in need, in figures or in words."""
    at = {key: place for place, key in enumerate(table.keys)}
    worded = [at[key] for key in table.keys if key in WORDS]
    for row in table.rows:
        cells = list(row)
        for place in worded:
            if isinstance(words := cells[place], str):
                cells[place] = veiled(words)
        if table.name == "entries" and cells[at["activity"]] in KINDS and _few(cells[at["count"]]):
            cells[at["count"]] = None
        if table.name == "goals" and cells[at["rule"]] in needy:
            cells[at["done"]] = None
        yield tuple(cells)


def needy_rules(policies: Mapping[str, Policy]) -> frozenset[str]:
    """The rules whose figures are of people in need."""
    return frozenset(rule.id for policy in policies.values() for rule in policy.rules if rule.metric in METRICS)


def _few(count: object) -> bool:
    return isinstance(count, Decimal) and 0 < count < LEAST


def write_archive(
    kept: Kept, tables: Iterable[Table], made_at: datetime, out: BinaryIO, needy: Collection[str]
) -> None:
    """Write the zip, row by row: no table is ever whole in memory."""
    counts: list[str] = []
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for table in tables:
            with TemporaryFile() as lines, TemporaryFile() as book:
                write_xlsx(table.keys, _written(table.keys, harmless_rows(table, needy), lines, counts), book)
                counts[-1] = f"{table.name}: {counts[-1]}条"
                for form, held in (("jsonl", lines), ("xlsx", book)):
                    held.seek(0)
                    with archive.open(f"{table.name}.{form}", "w", force_zip64=True) as part:
                        copyfileobj(held, part)
        archive.writestr("说明.txt", _note(kept, counts, made_at))


def _written(keys: Sequence[str], rows: Iterable[Row], lines: BinaryIO, counts: list[str]) -> Iterator[Row]:
    """The rows as they come, each written as a line too; how many there were is noted at the end."""
    number = 0
    for row in rows:
        lines.write(json_line(keys, row).encode() + b"\n")
        number += 1
        yield row
    counts.append(str(number))


def _note(kept: Kept, counts: list[str], made_at: datetime) -> str:
    head = f"{kept.unit.name}及以下 {kept.year}年工作档案，生成于{made_at:%Y-%m-%d %H:%M}。"
    rest = "只有干部的姓名和各项数字；没有学生姓名、电话、住址。每张表有 JSON Lines 和 Excel 两种。"
    return "\n".join([head, rest, *counts]) + "\n"
