"""What one running process holds: settings, database, policies, keys. Made once, passed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from bot.settings import Settings
from models.calendars import Calendars, open_calendars
from models.database import connect
from models.policy import Policy, PolicyError, load_policies
from models.vault import Vault


@dataclass(frozen=True, slots=True)
class Service:
    """The parts that the conversation, the jobs and the pages share."""

    settings: Settings
    engine: Engine
    policies: Mapping[str, Policy]
    vault: Vault
    calendars: Calendars


def open_service(settings: Settings) -> Service:
    """Connect and load the policies; raises PolicyError with every fault where a policy file is wrong."""
    folder = Path(settings.dundian_policies)
    return Service(
        settings=settings,
        engine=connect(settings.database_url),
        policies=load_policies(folder),
        vault=Vault(settings.secret_key),
        calendars=_calendars(folder),
    )


def _calendars(folder: Path) -> Calendars:
    try:
        return open_calendars(folder)
    except ValueError as fault:
        raise PolicyError(str(fault)) from None
