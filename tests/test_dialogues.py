"""Every file in tests/dialogues is a conversation that must go as written, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.replay import Player, ReplayError, Unexpected
from tests.staffed import staffed

DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.txt"))


def play(url: str, lines: list[str]) -> list[str]:
    """Play lines against a database with the small roster; gives what was shown."""
    shown: list[str] = []
    with staffed(url) as service:
        Player(service, shown.append).play(lines)
    return shown


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_dialogue(path: Path, database_url: str) -> None:
    play(database_url, path.read_text(encoding="utf-8").splitlines())


def test_another_answer_than_expected_is_shown_with_both(sqlite_url: str) -> None:
    with pytest.raises(Unexpected, match="expected: 再见\nanswered: "):
        play(sqlite_url, ["王干事: 今天访谈3名队员", "机器人: 再见"])


def test_a_line_of_no_kind_is_named(sqlite_url: str) -> None:
    with pytest.raises(ReplayError, match="line 2"):
        play(sqlite_url, ["# fine", "what is this"])
