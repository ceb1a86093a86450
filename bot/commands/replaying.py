"""Playing a dialogue file: what is printed, and what a wrong answer ends with."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.opening import fail
from bot.commands.rosters import take_in_or_fail
from bot.demo import demo_roster
from bot.forms.entries import entry_lines
from bot.replay import ReplayError, Unexpected, begins, replay
from bot.service import Service


def play(file: Path, roster: Path | None, entries: bool) -> None:
    """Play `file` and print it; ends the process with 1 where the bot said something else than expected."""
    lines = _read(file)

    def prepare(service: Service) -> None:
        if roster:
            take_in_or_fail(service, roster, begins(lines))
        else:
            demo_roster(service, begins(lines))

    def finish(service: Service) -> None:
        with service.engine.connect() as connection:
            for line in entry_lines(connection) if entries else ():
                click.echo(line)

    try:
        replay(lines, prepare, click.echo, finish)
    except (ReplayError, Unexpected) as fault:
        fail(f"{file}, {fault}")


def _read(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        fail(f"{file}: not UTF-8")
