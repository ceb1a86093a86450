"""The only reader of the time; everything else is told."""

from datetime import datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The moment, aware, in Asia/Shanghai."""
    return datetime.now(CHINA)


def local(moment: datetime) -> datetime:
    """A moment on the wall clock of Asia/Shanghai; a naive one is taken for local already."""
    return moment.astimezone(CHINA) if moment.tzinfo else moment.replace(tzinfo=CHINA)
