"""What most commands begin with: settings, logging, an open service; a fault is said in words, not as a traceback."""

from __future__ import annotations

import logging
import sys
from typing import NoReturn

import click

from bot.scrub import log_to
from bot.service import Service, open_service
from bot.settings import Settings, SettingsError, load
from models.database import is_current, migrate


def fail(words: str) -> NoReturn:
    """Say why on standard error and end with 1."""
    sys.stderr.write(words.rstrip("\n") + "\n")
    raise SystemExit(1)


def settings_or_fail() -> Settings:
    """The settings, with logging set up so that it hides them."""
    try:
        settings = load()
    except SettingsError as faults:
        fail(f"The settings are not usable:\n{faults}")
    log_to(logging.StreamHandler(sys.stderr), settings)
    return settings


def service_or_fail(settings: Settings | None = None, *, migrating: bool = False) -> Service:
    """The service on a database whose schema is the newest; `migrating` makes it so. It is left when the command ends."""
    from sqlalchemy.exc import ArgumentError, DBAPIError

    from models.policy import PolicyError

    settings = settings or settings_or_fail()
    try:
        service = open_service(settings)
        if migrating:
            migrate(service.engine)
        elif not is_current(service.engine):
            fail("The database's schema is not up to date. Run: python -m bot migrate")
    except PolicyError as faults:
        fail(f"The policy files are not usable:\n{faults}")
    except DBAPIError as fault:
        fail(f"The database does not answer (DATABASE_URL): {fault.orig}")
    except (ArgumentError, ValueError, OSError) as fault:
        fail(f"DATABASE_URL cannot be used: {fault}")
    command = click.get_current_context(silent=True)
    if command:
        command.call_on_close(service.engine.dispose)
    return service
