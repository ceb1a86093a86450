"""The README says what is true: every command, every setting with its default, files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.settings import DESCRIPTIONS, Settings

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
ROW = re.compile(r"^\| `([^`]+)` \| (.*) \|$", re.M)


def commands(group: click.Group, above: str = "") -> set[str]:
    found = set()
    for name, command in group.commands.items():
        found |= commands(command, f"{name} ") if isinstance(command, click.Group) else {above + name}
    return found


def rows(readme: str) -> dict[str, str]:
    return dict(ROW.findall((ROOT / readme).read_text("utf-8")))


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_described(readme: str) -> None:
    described = {name for name in rows(readme) if not name.isupper()}
    assert described == commands(main)


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_has_its_row_and_default(readme: str) -> None:
    described = {name: cells.split(" | ")[0].strip() for name, cells in rows(readme).items() if name.isupper()}
    standard = Settings()
    values = {name: getattr(standard, name.lower()) for name in DESCRIPTIONS}
    shown = {name: int(value) if isinstance(value, bool) else value for name, value in values.items()}
    assert described == {name: "" if value == "" else f"`{value}`" for name, value in shown.items()}


def test_settings_are_described_in_one_set_of_words() -> None:
    described = {name: cells.split(" | ", 1)[1] for name, cells in rows("README.md").items() if name.isupper()}
    assert described == DESCRIPTIONS


@pytest.mark.parametrize("page", [*READMES, "docs/operators.md", "docs/cadres.md"])
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) + re.findall(r'src="([^"]+)"', text)
    local = [link for link in links if "://" not in link]
    missing = [link for link in local if not (ROOT / page).parent.joinpath(link).exists()]
    assert missing == []


def test_the_picture_is_small() -> None:
    assert (ROOT / "docs/chat.png").stat().st_size <= 150_000
