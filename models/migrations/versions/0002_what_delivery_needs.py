"""What delivery needs: when a call was begun, who was asked to pass it on, which clock runs a job."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(sa.Column("unreachable_at", Moment(), nullable=True))
    with op.batch_alter_table("beats") as beats:
        beats.add_column(sa.Column("seen_at", Moment(), nullable=True))
        beats.add_column(sa.Column("running_until", Moment(), nullable=True))
        beats.add_column(sa.Column("running_by", sa.String(length=40), server_default="", nullable=False))
        beats.alter_column("ran_at", existing_type=Moment(), nullable=True)
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("called_at", Moment(), nullable=True))
        outbox.add_column(sa.Column("told_at", Moment(), nullable=True))
        outbox.add_column(sa.Column("number", sa.String(length=64), server_default="", nullable=False))
        outbox.drop_index("ix_outbox_state_due")
        outbox.create_index("ix_outbox_state_next", ["state", "next_at"], unique=False)
        outbox.create_index("ix_outbox_user", ["user", "called_at"], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_index("ix_outbox_user")
        outbox.drop_index("ix_outbox_state_next")
        outbox.create_index("ix_outbox_state_due", ["state", "due"], unique=False)
        for name in ("number", "told_at", "called_at"):
            outbox.drop_column(name)
    op.execute("DELETE FROM beats WHERE ran_at IS NULL")
    with op.batch_alter_table("beats") as beats:
        beats.alter_column("ran_at", existing_type=Moment(), nullable=False)
        for name in ("running_by", "running_until", "seen_at"):
            beats.drop_column(name)
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("unreachable_at")
