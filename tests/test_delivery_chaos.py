"""Under faults in every way and clocks that are killed, each reminder comes to one true end, and none arrives twice."""

from __future__ import annotations

from pathlib import Path

from tests.chaos import run
from tests.storm import storm


def test_every_reminder_comes_to_one_true_end(database_url: str, tmp_path: Path) -> None:
    with storm(database_url, tmp_path, people=120, seed=7) as made:
        result = run(made)
    assert result.faults == []
    assert result.kills >= 2
    assert sum(result.states.values()) >= 114
    assert result.states["sent"] >= 30
    assert result.states["doubtful"] >= 3
