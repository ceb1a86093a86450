"""Totals kept in the database: written by one statement, and reckoned anew to prove them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import Connection, TextClause, text

ROWS = {
    "sqlite": "SELECT json_extract(value, '$[0]') AS metric, json_extract(value, '$[1]') AS period,"
    " json_extract(value, '$[2]') * 1.0 AS value FROM json_each(:rows)",
    "postgresql": "SELECT r ->> 0 AS metric, r ->> 1 AS period, (r ->> 2)::numeric AS value"
    " FROM json_array_elements(CAST(:rows AS json)) AS r",
}

# What was kept and is reckoned no more becomes nought: an undone entry takes its total along.
PERSIST = """
INSERT INTO totals (subject_kind, subject_id, metric, period, value)
SELECT CAST(:kind AS VARCHAR(10)), CAST(:id AS BIGINT), new.metric, new.period, new.value FROM ({rows}) AS new
UNION ALL
SELECT old.subject_kind, old.subject_id, old.metric, old.period, 0 FROM totals AS old
WHERE old.subject_kind = :kind AND old.subject_id = :id AND old.value <> 0
AND NOT EXISTS (SELECT 1 FROM ({rows}) AS same WHERE same.metric = old.metric AND same.period = old.period)
ON CONFLICT (subject_kind, subject_id, metric, period) DO UPDATE SET value = excluded.value
WHERE totals.value <> excluded.value
"""

STATEMENTS: Mapping[str, TextClause] = {name: text(PERSIST.format(rows=rows)) for name, rows in ROWS.items()}


def persist(
    connection: Connection, subject_kind: str, subject_id: int, totals: Mapping[tuple[str, str], Decimal]
) -> None:
    """Keep these totals of a subject, and these only: one statement."""
    rows = json.dumps([[metric, period, str(value)] for (metric, period), value in totals.items()])
    values = {"kind": subject_kind, "id": subject_id, "rows": rows}
    connection.execute(STATEMENTS[connection.dialect.name], values)
