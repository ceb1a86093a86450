"""Under faults in every way and clocks that are killed, each reminder comes to one true end, and none arrives twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import Result, run, storm


def weather(database_url: str, folder: Path, people: int) -> Result:
    with storm(database_url, folder, people, seed=7) as made:
        return run(made)


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_every_reminder_comes_to_one_true_end(database_url: str, tmp_path: Path) -> None:
    result = weather(database_url, tmp_path, people=300)
    assert result.faults == []
    assert result.kills > 3
    assert {"sent", "doubtful", "undeliverable"} <= result.states.keys()
    assert result.states["sent"] > 150
