"""Playing a dialogue file: what is printed, and what a wrong answer ends with."""

from __future__ import annotations

from pathlib import Path

import click

from bot import clock
from bot.commands.opening import fail
from bot.commands.rosters import take_in
from bot.replay import ReplayError, Unexpected, replay
from bot.service import Service


def play(file: Path, roster: Path | None, entries: bool) -> None:
    """Play `file` and print it; ends the process with 1 where the bot said something else than expected."""
    try:
        replay(
            file.read_text("utf-8").splitlines(), _filler(roster), click.echo, _print_entries if entries else _nothing
        )
    except (ReplayError, Unexpected) as fault:
        fail(f"{file}, {fault}")


def _filler(roster: Path | None) -> object:
    def fill(service: Service) -> None:
        if roster is None:
            return
        report = take_in(service, roster, clock.now())
        if not report.ok:
            fail("\n".join(report.lines()))

    return fill


def _print_entries(service: Service) -> None:
    pass


def _nothing(_service: Service) -> None:
    pass
