"""Rows written as JSON Lines, CSV or a workbook, one at a time; no cell of them can act as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import BinaryIO

import orjson

from bot.forms.streamed import write_book

Row = Sequence[object]
SPACES = " \u00a0\u3000\u200b\ufeff"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what a workbook cannot hold
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: object) -> object:
    """A cell that a spreadsheet shows and never runs."""
    if not isinstance(value, str):
        return value
    words = NOT_XML.sub("", value)
    return "'" + words if words.lstrip(SPACES).startswith(RISKY) or words[:1] in RISKY else words


def plain(value: object) -> object:
    """A value as JSON and people write it: days in ISO form, whole numbers without a point."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def json_line(keys: Sequence[str], row: Row) -> str:
    """One row as a JSON object."""
    return orjson.dumps(dict(zip(keys, row, strict=True)), plain).decode()


def write_jsonl(keys: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> None:
    """One JSON object a line."""
    for row in rows:
        out.write(json_line(keys, row).encode() + b"\n")


def write_csv(keys: Sequence[str], rows: Iterable[Row], out: BinaryIO, encoding: str = "utf-8") -> None:
    """CSV with a heading line; encoding `utf-8-sig` where it is for Excel by double click."""
    text = io.TextIOWrapper(out, encoding=encoding, newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow(keys)
    for row in rows:
        lines.writerow([harmless(plain(value)) for value in row])
    text.detach()


def write_xlsx(keys: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> None:
    """A workbook; days stay days, so that they can be sorted and filtered."""
    write_book(keys, (_shown(row) for row in rows), out)


def _shown(row: Row) -> list[object]:
    return [value if value is None or type(value) is int else _cell(value) for value in row]


@lru_cache(1 << 14, typed=True)  # most of a table says the same few things
def _cell(value: object) -> object:
    if isinstance(value, str):
        return harmless(value)
    return value if isinstance(value, date) else plain(value)


Writer = Callable[[Sequence[str], Iterable[Row], BinaryIO], None]
WRITERS: Mapping[str, Writer] = {"jsonl": write_jsonl, "csv": write_csv, "xlsx": write_xlsx}
