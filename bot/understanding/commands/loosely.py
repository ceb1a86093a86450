"""The loose reading of a question or an order, for what no rule claimed: by its ideas, whatever the words."""

from __future__ import annotations

from ..late import several
from . import rows_leaders, rows_own, rows_service
from .frame import Frame
from .ideas import Seen, ideas
from .identity import PHONE
from .persons import whom
from .rows import Rows
from .rule import LAST, STANDS, SURE, YIELDS, Command

LONGEST = 45
BRIEF = 20
SHORT = 12
SCANTY = 5
ASKING = "agree|refuse|who|heads|folk|what|many|how|how_goes|whether"
TOLD_TOO = several("help export leave smalltalk why_reminded reminders set_school bind")
FIRM = several("check_in plan")
BEFORE_AMENDS = (
    *rows_own.UNDO,
    *rows_service.STAYING,
)  # a record taken back, or a school of one's own, before words of change
ROWS = Rows(
    (
        *rows_service.KEPT,
        *rows_service.TRYING,
        *rows_own.PAGING,
        *rows_own.LATE_UNDO,
        *rows_own.AMEND,
        *rows_leaders.SETTLING,
        *rows_own.OWN,
        *rows_leaders.ASKING,
        *rows_service.HELP,
        *rows_service.CHAT,
    )
)


def loosely(frame: Frame, told: str) -> Command | None:
    """The command a short message may be, beside what it tells."""
    if not 1 <= len(frame.core) <= LONGEST:
        return None
    found = ROWS.first(frame, STANDS if told in FIRM else LAST) or wondered(frame)
    if found is None or (told == "issue_report" and found.level < SURE and stated(frame, frame.once(ideas))):
        return None
    if (told in FIRM and found.level < STANDS) or (told == "nothing" and found.intent in TOLD_TOO):
        return None
    return found


def wondered(frame: Frame) -> Command | None:
    """李红呢: a name and nothing else."""
    name = frame.once(whom) if frame.text[-1:] in ("呢", "?") and len(frame.core) <= SCANTY else None
    return Command("person_progress", {"name": name}, YIELDS, "a name alone") if name else None


def stated(frame: Frame, seen: Seen) -> bool:
    """True where a problem is told rather than asked about."""
    if PHONE.search(frame.text):
        return False
    if len(frame.core) > BRIEF or (len(frame.core) > SHORT and seen.has("school_life|pupil")):
        return True
    return not seen.has(f"{ASKING}|product")
