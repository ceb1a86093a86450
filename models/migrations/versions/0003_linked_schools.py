"""Linked schools: an entry says whether it was at one that is linked beside the own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("entries") as entries:
        entries.add_column(sa.Column("linked", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("entries") as entries:
        entries.drop_column("linked")
