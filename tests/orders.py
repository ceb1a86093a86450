"""Orders of forms for tests, on an afternoon in November."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.clock import CHINA
from bot.forms.order import Order
from bot.service import Service
from models.filing import offices

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=CHINA)


def order(service: Service, connection: Connection, unit: int = 1, **changes: Any) -> Order:
    """A form of a unit and all below it, read by the first person of the roster unless `viewer` says another."""
    office = offices(connection, [unit])[0]
    base = Order(connection, service.policies, service.calendars, service.vault, office, None, None, NOW, 1)
    return replace(base, **changes)
