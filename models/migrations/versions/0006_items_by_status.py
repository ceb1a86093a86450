"""Items found by what they are and how they stand: who has a changed goal or stands on the help list, over a whole province."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_items_kind_status", "items", ["kind", "status", "person_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_items_kind_status", "items")
