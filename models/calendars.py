"""The calendar of a unit, kept once reckoned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from models.calendar import Calendar, term_span
from models.context import TermRow
from models.workdays import Override, load_overrides

CalendarOf = Callable[[tuple[TermRow, ...]], Calendar]


class Calendars:
    """Calendars by the terms that hold for a unit; made once each, since every message asks for one."""

    def __init__(self, overrides: Mapping[int, Override]) -> None:
        self._overrides = overrides
        self._made: dict[tuple[TermRow, ...], Calendar] = {}

    def of(self, rows: tuple[TermRow, ...] = ()) -> Calendar:
        """The calendar where these term rows hold; of two rows for one term the deeper unit's wins."""
        found = self._made.get(rows)
        if found is None:
            found = self._made[rows] = self._make(rows)
        return found

    def _make(self, rows: tuple[TermRow, ...]) -> Calendar:
        spans = [term_span(r.start, r.end, r.teaching_start, r.teaching_end) for r in sorted(rows)]
        by_key = {span.key: span for span in spans}
        return Calendar(tuple(by_key.values()), self._overrides)


def open_calendars(folder: Path) -> Calendars:
    """Calendars with the overrides of a policy folder."""
    return Calendars(load_overrides(folder / "holidays.toml"))
