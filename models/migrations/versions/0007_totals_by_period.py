"""All of a person's totals of one period as one line, for the figures of many; the index that these figures used goes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# What every question reads stands in a line of its own: `days=4.5 begun/2026=1` under `2026-2027-1/`.
FILL = """
INSERT INTO period_totals (person_id, period, now, month, earlier)
SELECT person_id, line, coalesce(now, ''), month, CASE WHEN month IS NOT NULL THEN coalesce(earlier, '') END FROM (
    SELECT person_id, line, max(month) AS month,
        {joined}(CASE WHEN value <> 0 THEN name || '=' || {value} END, ' ') AS now,
        {joined}(CASE WHEN earlier <> 0 THEN name || '=' || {earlier} END, ' ') AS earlier
    FROM (
        SELECT subject_id AS person_id, month, value, coalesce(earlier, value) AS earlier,
            CASE metric WHEN 'begun' THEN {term} || '/' WHEN 'days' THEN period || '/' ELSE period END AS line,
            CASE metric WHEN 'begun' THEN 'begun/' || {year} ELSE metric END AS name
        FROM totals WHERE subject_kind = 'person' ORDER BY subject_id, metric, period
    ) AS named GROUP BY person_id, line
) AS lines
"""
WORDS = {
    "sqlite": {
        "joined": "group_concat",
        "value": "rtrim(rtrim(printf('%.1f', value), '0'), '.')",
        "earlier": "rtrim(rtrim(printf('%.1f', earlier), '0'), '.')",
        "term": "substr(period, 1, instr(period, '/') - 1)",
        "year": "substr(period, instr(period, '/') + 1)",
    },
    "postgresql": {
        "joined": "string_agg",
        "value": "trim_scale(value)",
        "earlier": "trim_scale(earlier)",
        "term": "split_part(period, '/', 1)",
        "year": "split_part(period, '/', 2)",
    },
}


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "period_totals",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=True),
        sa.Column("earlier", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "period", name=op.f("pk_period_totals")),
    )
    op.execute(FILL.format(**WORDS[op.get_bind().dialect.name]))
    op.create_index("ix_period_totals_period", "period_totals", ["period"])
    op.drop_index("ix_totals_metric", "totals")


def downgrade() -> None:
    """Take back."""
    op.create_index("ix_totals_metric", "totals", ["metric", "period", "subject_kind"])
    op.drop_table("period_totals")
