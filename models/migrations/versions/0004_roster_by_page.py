"""What rosters by page need: join codes as hashes only, files that wait to be confirmed, schools that closed."""

import secrets

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply. Codes not yet used end: a hash needs the service's key, which is not here; make new ones."""
    _codes_anew("code_hash", 64)
    with op.batch_alter_table("schools") as schools:
        schools.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
    op.create_table(
        "uploads",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_uploads_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_uploads")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("uploads")
    with op.batch_alter_table("schools") as schools:
        schools.drop_column("closed_on")
    _codes_anew("code", 20)


def _codes_anew(column: str, length: int) -> None:
    """The same table with another key; of the old rows those already used are kept, as a sign that they were."""
    moments = [sa.column(name, Moment()) for name in ("made_at", "spent_at")]
    old = sa.table("join_codes", sa.column("person_id"), *moments)
    used = op.get_bind().execute(sa.select(old).where(old.c.spent_at.is_not(None))).all()
    op.drop_table("join_codes")
    made = op.create_table(
        "join_codes",
        sa.Column(column, sa.String(length=length), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("spent_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_join_codes_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(column, name=op.f("pk_join_codes")),
    )
    op.create_index(op.f("ix_join_codes_person_id"), "join_codes", ["person_id"])
    rows = [{column: secrets.token_hex(length // 2), **row._mapping} for row in used]
    if rows:
        op.bulk_insert(made, rows)
