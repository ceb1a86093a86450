"""Totals of a month ago: each keeps what it was before the month of the newest deed. `recount --repair` fills them in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("totals") as totals:
        totals.add_column(sa.Column("month", sa.String(length=7), nullable=True))
        totals.add_column(sa.Column("earlier", sa.Numeric(precision=12, scale=1), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("totals") as totals:
        totals.drop_column("earlier")
        totals.drop_column("month")
