"""The commands. `python -m bot COMMAND --help` shows an example of each."""

from __future__ import annotations

import sys
from pathlib import Path

import click

# Commands import what they need when they run, so that parse starts at once and needs no settings.

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """蹲点助手: a chat service that records work at schools and reminds in time.

    Settings come from the environment and from .env; README.md has a table of them.
    """


@main.command()
@click.option("--migrate", "migrating", is_flag=True, help="Bring the database up to date first.")
def serve(migrating: bool) -> None:
    """Serve the web side and run the clock, in one process.

    \b
    Example: DUNDIAN_DEMO=1 python -m bot serve --migrate
    """
    from bot.commands import running

    running.serve(migrating=migrating, clock=True)


@main.command()
def web() -> None:
    """Serve the web side only; the clock runs elsewhere.

    \b
    Example: python -m bot web
    Several at once: gunicorn -w 2 'bot.wsgi:application()'
    """
    from bot.commands import running

    running.serve(migrating=False, clock=False)


@main.command()
@click.option("--explain", is_flag=True, help="Say on standard error why each line was read so.")
def parse(explain: bool) -> None:
    """Say what messages mean: JSON Lines in, JSON Lines out.

    \b
    Example: echo '{"text": "今天访谈3名队员"}' | python -m bot parse
    """
    from bot.understanding.__main__ import run

    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")  # type: ignore[union-attr]
    run(sys.stdin, sys.stdout, explain)


@main.command()
def migrate() -> None:
    """Bring the database's schema up to date; harmless where it is already.

    \b
    Example: DATABASE_URL=sqlite:///var/dundian.db python -m bot migrate
    """
    from bot.commands.opening import service_or_fail

    service_or_fail(migrating=True)
    click.echo("The database is up to date.", err=True)


@main.command()
@click.option("--offline", is_flag=True, help="Do not call any platform.")
def doctor(offline: bool) -> None:
    """Check settings, database, calendar data and channel credentials; name each fault and its cure.

    \b
    Example: python -m bot doctor
    """
    from bot import clock
    from bot.commands.doctor import CHECKS, LOCAL, examine

    findings = list(examine(clock.now(), LOCAL if offline else CHECKS))
    for finding in findings:
        click.echo(str(finding))
    if any(finding.state == "FAULT" for finding in findings):
        raise SystemExit(1)


if __name__ == "__main__":
    main(prog_name="python -m bot")
