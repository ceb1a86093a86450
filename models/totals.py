"""Totals kept in the database: written by one statement, and reckoned anew to prove them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import Connection, TextClause, text

from models.keeping import Kept

ZERO = Decimal(0)

ROWS = {
    "sqlite": "SELECT json_extract(value, '$[0]') AS metric, json_extract(value, '$[1]') AS period,"
    " json_extract(value, '$[2]') * 1.0 AS value, json_extract(value, '$[3]') AS month,"
    " json_extract(value, '$[4]') * 1.0 AS earlier FROM json_each(:rows)",
    "postgresql": "SELECT r ->> 0 AS metric, r ->> 1 AS period, (r ->> 2)::numeric AS value, r ->> 3 AS month,"
    " (r ->> 4)::numeric AS earlier FROM json_array_elements(CAST(:rows AS json)) AS r",
}

# What was kept and is reckoned no more becomes nought: an undone entry takes its total along.
PERSIST = """
INSERT INTO totals (subject_kind, subject_id, metric, period, value, month, earlier)
SELECT CAST(:kind AS VARCHAR(10)), CAST(:id AS BIGINT), new.metric, new.period, new.value, new.month, new.earlier
FROM ({rows}) AS new
UNION ALL
SELECT old.subject_kind, old.subject_id, old.metric, old.period, 0, NULL, NULL FROM totals AS old
WHERE old.subject_kind = :kind AND old.subject_id = :id AND (old.value <> 0 OR old.earlier <> 0)
AND NOT EXISTS (SELECT 1 FROM ({rows}) AS same WHERE same.metric = old.metric AND same.period = old.period)
ON CONFLICT (subject_kind, subject_id, metric, period)
DO UPDATE SET value = excluded.value, month = excluded.month, earlier = excluded.earlier
WHERE totals.value <> excluded.value OR coalesce(totals.month, '') <> coalesce(excluded.month, '')
OR coalesce(totals.earlier, -1) <> coalesce(excluded.earlier, -1)
"""

STATEMENTS: Mapping[str, TextClause] = {name: text(PERSIST.format(rows=rows)) for name, rows in ROWS.items()}


def persist(connection: Connection, subject_kind: str, subject_id: int, kept: Kept) -> None:
    """Keep these totals of a subject, and these only: one statement."""
    values = {"kind": subject_kind, "id": subject_id, "rows": json.dumps(rows_of(kept))}
    connection.execute(STATEMENTS[connection.dialect.name], values)


Row = tuple[str, str, str, str | None, str | None]


def rows_of(kept: Kept) -> list[Row]:
    """Metric, period and value; month and earlier value only where the two differ."""
    keys = [*kept.now, *(key for key in kept.before if key not in kept.now)]
    return [_row(key, kept.now.get(key, ZERO), kept.before.get(key, ZERO), kept.month) for key in keys]


def _row(key: tuple[str, str], value: Decimal, earlier: Decimal, month: str) -> Row:
    return (*key, str(value), None, None) if value == earlier else (*key, str(value), month, str(earlier))
