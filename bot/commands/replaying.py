"""Playing a dialogue file: what is printed, and what a wrong answer ends with."""

from __future__ import annotations

from pathlib import Path

import click

from bot import clock
from bot.commands.opening import fail
from bot.commands.rosters import take_in_or_fail
from bot.forms.entries import entry_lines
from bot.replay import ReplayError, Unexpected, replay
from bot.service import Service


def play(file: Path, roster: Path | None, entries: bool) -> None:
    """Play `file` and print it; ends the process with 1 where the bot said something else than expected."""

    def prepare(service: Service) -> None:
        if roster:
            take_in_or_fail(service, roster, clock.now())
        else:
            from bot.demo import fill

            fill(service)

    def finish(service: Service) -> None:
        with service.engine.connect() as connection:
            for line in entry_lines(connection) if entries else ():
                click.echo(line)

    try:
        replay(file.read_text("utf-8").splitlines(), prepare, click.echo, finish)
    except (ReplayError, Unexpected) as fault:
        fail(f"{file}, {fault}")
    except UnicodeDecodeError:
        fail(f"{file}: not UTF-8")
