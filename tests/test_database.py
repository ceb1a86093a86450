"""The schema is the models' own, on both databases."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import StatementError

from models.database import is_current, migrate
from models.outbox import Beat
from models.tables import Base


def test_migrations_give_what_the_models_say(database: Engine) -> None:
    with database.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []


def test_migrating_again_changes_nothing(database: Engine) -> None:
    assert is_current(database)
    migrate(database)
    assert is_current(database)


def test_moments_come_back_aware(database: Engine) -> None:
    moment = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    with database.begin() as connection:
        connection.execute(insert(Beat).values(job="pace", ran_at=moment, tally={"sent": 1}))
        assert connection.execute(select(Beat.ran_at)).scalar_one() == moment


def test_naive_moments_are_refused(database: Engine) -> None:
    with database.begin() as connection, pytest.raises(StatementError, match="aware"):
        connection.execute(insert(Beat).values(job="pace", ran_at=datetime(2026, 11, 20, 9, 30)))  # noqa: DTZ001
