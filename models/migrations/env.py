"""Alembic's entry: runs the migrations on the engine it is given."""

from typing import Any, Literal

from alembic import context

from models.base import Moment
from models.tables import Base


def render(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """Write our own column type by its short name in new migrations."""
    return "Moment()" if kind == "type" and isinstance(value, Moment) else False


def run() -> None:
    """Apply the migrations in one transaction."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
