"""Totals kept in the database, a row a total for one person's figures and a line a period for those of many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import Connection, TextClause, text

from models.keeping import Kept
from models.packed import packed

ZERO = Decimal(0)

ROWS = {
    "sqlite": "SELECT json_extract(value, '$[0]') AS metric, json_extract(value, '$[1]') AS period,"
    " json_extract(value, '$[2]') * 1.0 AS value, json_extract(value, '$[3]') AS month,"
    " json_extract(value, '$[4]') * 1.0 AS earlier FROM json_each(:rows)",
    "postgresql": "SELECT r ->> 0 AS metric, r ->> 1 AS period, (r ->> 2)::numeric AS value, r ->> 3 AS month,"
    " (r ->> 4)::numeric AS earlier FROM json_array_elements(CAST(:rows AS json)) AS r",
}
LINES = {
    "sqlite": "SELECT json_extract(value, '$[0]') AS period, json_extract(value, '$[1]') AS now,"
    " json_extract(value, '$[2]') AS month, json_extract(value, '$[3]') AS earlier FROM json_each(:lines)",
    "postgresql": "SELECT r ->> 0 AS period, r ->> 1 AS now, r ->> 2 AS month, r ->> 3 AS earlier"
    " FROM json_array_elements(CAST(:lines AS json)) AS r",
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
# The same totals once more, a line a period.
PACK = """
INSERT INTO period_totals (person_id, period, now, month, earlier)
SELECT CAST(:id AS BIGINT), new.period, new.now, new.month, new.earlier FROM ({lines}) AS new
UNION ALL
SELECT old.person_id, old.period, '', NULL, NULL FROM period_totals AS old
WHERE old.person_id = :id AND (old.now <> '' OR old.earlier <> '')
AND NOT EXISTS (SELECT 1 FROM ({lines}) AS same WHERE same.period = old.period)
ON CONFLICT (person_id, period) DO UPDATE SET now = excluded.now, month = excluded.month, earlier = excluded.earlier
WHERE period_totals.now <> excluded.now OR coalesce(period_totals.month, '') <> coalesce(excluded.month, '')
OR coalesce(period_totals.earlier, '=') <> coalesce(excluded.earlier, '=')
"""
# PostgreSQL keeps both by one statement; each costs a way there and back, at every message.
TOGETHER = "WITH done AS ({persist}) {pack}"


def _statements() -> Mapping[str, tuple[TextClause, ...]]:
    persist = {name: PERSIST.format(rows=rows) for name, rows in ROWS.items()}
    pack = {name: PACK.format(lines=lines) for name, lines in LINES.items()}
    together = TOGETHER.format(persist=persist["postgresql"], pack=pack["postgresql"])
    return {"sqlite": (text(persist["sqlite"]), text(pack["sqlite"])), "postgresql": (text(together),)}


STATEMENTS = _statements()


def persist(connection: Connection, subject_kind: str, subject_id: int, kept: Kept) -> None:
    """Keep these totals of a person, and these only."""
    rows, lines = json.dumps(rows_of(kept)), json.dumps(packed(kept))
    values = {"kind": subject_kind, "id": subject_id, "rows": rows, "lines": lines}
    for statement in STATEMENTS[connection.dialect.name]:
        connection.execute(statement, values)


Row = tuple[str, str, str, str | None, str | None]


def rows_of(kept: Kept) -> list[Row]:
    """Metric, period and value; month and earlier value only where the two differ."""
    keys = [*kept.now, *(key for key in kept.before if key not in kept.now)]
    return [_row(key, kept.now.get(key, ZERO), kept.before.get(key, ZERO), kept.month) for key in keys]


def _row(key: tuple[str, str], value: Decimal, earlier: Decimal, month: str) -> Row:
    return (*key, str(value), None, None) if value == earlier else (*key, str(value), month, str(earlier))
