"""Every table in one import, for migrations and tests."""

from models import audit, items, outbox, people, records, units, uploads
from models.base import Base

__all__ = ["Base", "audit", "items", "outbox", "people", "records", "units", "uploads"]
