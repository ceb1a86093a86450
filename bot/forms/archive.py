"""An archive in one file: a zip of every table as JSON Lines and as a workbook, and a note that says what is inside."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from bot.forms.tables import write_jsonl, write_xlsx
from models.archive import Kept, Table


def write_archive(kept: Kept, tables: Iterable[Table], made_at: datetime, out: BinaryIO) -> None:
    """Write the zip."""
    counts: list[str] = []
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for table in tables:
            rows = list(table.rows)
            counts.append(f"{table.name}: {len(rows)}条")
            for form, write in (("jsonl", write_jsonl), ("xlsx", write_xlsx)):
                buffer = io.BytesIO()
                write(table.keys, rows, buffer)
                archive.writestr(f"{table.name}.{form}", buffer.getvalue())
        archive.writestr("说明.txt", _note(kept, counts, made_at))


def _note(kept: Kept, counts: list[str], made_at: datetime) -> str:
    head = f"{kept.unit.name}及以下 {kept.year}年工作档案，生成于{made_at:%Y-%m-%d %H:%M}。"
    rest = "只有干部的姓名和各项数字；没有学生姓名、电话、住址。每张表有 JSON Lines 和 Excel 两种。"
    return "\n".join([head, rest, *counts]) + "\n"
