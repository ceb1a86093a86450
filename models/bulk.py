"""Several rows into one table by one statement with one parameter; at every message, so it must be cheap."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

from models.base import Base


def insert_rows(connection: Connection, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows that all have the same columns; gives their numbers in the order of the rows."""
    if not rows:
        return []
    statement = _statement(connection.dialect.name, table, tuple(rows[0]))
    packed = json.dumps([[_plain(value) for value in row.values()] for row in rows], ensure_ascii=False)
    return sorted(connection.execute(statement, {"rows": packed}).scalars())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@cache
def _statement(dialect: str, table: type[Base], names: tuple[str, ...]) -> TextClause:
    columns = [table.__table__.c[name] for name in names]
    into = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join(_VALUES[dialect](index, column) for index, column in enumerate(columns))
    source = _SOURCES[dialect]
    return text(f"INSERT INTO {table.__tablename__} ({into}) SELECT {values} FROM {source} RETURNING id")  # noqa: S608


def _sqlite_value(index: int, column: Any) -> str:
    value = f"json_extract(value, '$[{index}]')"
    return f"{value} * 1.0" if str(column.type).startswith("NUMERIC") else value


def _postgresql_value(index: int, column: Any) -> str:
    zone = " || '+00'" if str(column.type).startswith("DATETIME") else ""
    kind = "timestamptz" if zone else str(column.type)
    return f"CAST(value ->> {index}{zone} AS {kind})"


_SOURCES = {"sqlite": "json_each(:rows)", "postgresql": "json_array_elements(CAST(:rows AS json))"}
_VALUES = {"sqlite": _sqlite_value, "postgresql": _postgresql_value}
