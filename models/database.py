"""The engine, on SQLite or PostgreSQL, and its schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

MIGRATIONS = Path(__file__).parent / "migrations"


def connect(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; makes the folder of a new SQLite file."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, parsed.database)
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=16,
        max_overflow=8,
        hide_parameters=True,
        json_deserializer=orjson.loads,  # a context of thousands of entries comes as JSON
    )
    event.listen(engine, "connect", _tune)
    return engine


def _tune(connection: Any, _record: Any) -> None:
    # The figures of a province are ten megabytes added up in memory; to compile their statement takes longer than to run it.
    connection.execute("SET work_mem = '16MB'")
    connection.execute("SET jit = off")
    connection.commit()


def _sqlite(url: str, path: str | None) -> Engine:
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: a racing duplicate would read a message without its reply.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read: on SQLite they keep no writer waiting, nor wait for one."""
    return engine.execution_options(reading=True)


def config(engine: Engine) -> Config:
    """Alembic's settings for this engine; migrations lie beside the models."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["engine"] = engine
    return made


def migrate(engine: Engine) -> None:
    """Bring the schema up to date; harmless where it is already."""
    if not is_current(engine):
        command.upgrade(config(engine), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database's schema is the newest one."""
    head = ScriptDirectory.from_config(config(engine)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
