"""The loose reading of a question or an order, for what no rule claimed: by its ideas, whatever the words."""

from __future__ import annotations

from ..late import several
from . import rows_leaders, rows_own, rows_service
from .frame import Frame
from .ideas import Row, Seen, first, see
from .rule import STANDS, Command

LONGEST = 45
BRIEF = 20
SHORT = 12
ASKING = "what|many|how|whether|view"
TOLD_TOO = several("leave behind smalltalk why_reminded reminders set_school bind")
FIRM = several("check_in plan")
ROWS: tuple[Row, ...] = (
    *rows_service.ROWS,
    *rows_own.CHANGES,
    *rows_leaders.ROWS,
    *rows_own.ROWS,
    *rows_service.CHAT,
)


def loosely(frame: Frame, told: str) -> Command | None:
    """The command a short message may be, beside what it tells."""
    if not 2 <= len(frame.core) <= LONGEST:
        return None
    seen = see(frame.core)
    found = None if told == "issue_report" and stated(frame, seen) else first(ROWS, seen, frame)
    if found is None or (told in FIRM and found.level < STANDS) or (told == "nothing" and found.intent in TOLD_TOO):
        return None
    return found


def stated(frame: Frame, seen: Seen) -> bool:
    """True where a problem is told rather than asked about."""
    if len(frame.core) > BRIEF or (len(frame.core) > SHORT and seen.has("school_life|pupil")):
        return True
    return not seen.has(f"{ASKING}|product")
