"""Alembic's entry: runs the migrations on the engine it is given."""

from alembic import context

from models.tables import Base


def run() -> None:
    """Apply the migrations in one transaction."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
