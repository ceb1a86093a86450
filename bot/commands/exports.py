"""`export`: lists and files for the terminal. Commands import what they need when they run."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

DAY = click.DateTime(["%Y-%m-%d"])
OUT = click.Path(dir_okay=False, path_type=Path)


@click.group()
def export() -> None:
    """Write lists and files: entries, outbox, codes, template, archive, paper."""


@export.command()
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
def outbox(form: str) -> None:  # noqa: ARG001 there is one form; the option says so
    """Write every message that was, or is to be, pushed, with its state.

    \b
    Example: python -m bot export outbox --format jsonl
    """
    from bot.commands.clockwork import write_outbox
    from bot.commands.opening import service_or_fail

    write_outbox(service_or_fail(), click.echo)


@export.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def template(file: Path) -> None:
    """Write an empty roster workbook with its explanation; needs no settings.

    \b
    Example: python -m bot export template roster.xlsx
    """
    from models.roster_template import template as write

    write(file)
    click.echo(f"Wrote {file}.", err=True)


@export.command()
@click.option("--again", is_flag=True, help="Also for who was given one and has not used it; the older one ends.")
def codes(again: bool) -> None:
    """Make a one-time join code for everybody who has neither joined nor got one, and write them as CSV.

    \b
    Example: python -m bot export codes > codes.csv
    Unit, name, code. Only their hashes are kept, so they are shown this once.
    """
    from bot import clock
    from bot.commands.opening import service_or_fail
    from bot.commands.rosters import write_codes

    write_codes(service_or_fail(), sys.stdout.buffer, clock.now(), again=again)


@export.command()
@click.option("--from", "start", type=DAY, help="Records that end on this day or later.")
@click.option("--to", "end", type=DAY, help="Records that begin on this day or earlier.")
@click.option("--unit", help="This unit and all below it.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "xlsx"]), default="jsonl", show_default=True)
def entries(start: datetime | None, end: datetime | None, unit: str | None, form: str) -> None:
    """Write every record: active, pending and withdrawn.

    \b
    Example: python -m bot export entries --from 2026-09-01 --unit 沁水县团委 --format csv > records.csv
    """
    from bot.commands.opening import service_or_fail
    from bot.commands.rosters import write_entries

    first, last = start and start.date(), end and end.date()
    write_entries(service_or_fail(), sys.stdout.buffer, form, first, last, unit)


@export.command()
@click.argument("file", type=OUT)
@click.option("--unit", required=True, help="This unit and all below it.")
@click.option("--year", type=click.IntRange(2017, 2100), required=True)
def archive(file: Path, unit: str, year: int) -> None:
    """Write one archive file of a unit's year: a zip of JSON Lines and workbooks, pupils never named.

    \b
    Example: python -m bot export archive --unit 沁水县团委 --year 2026 archive.zip
    """
    from bot import clock
    from bot.commands.keeping import write_archive_of
    from bot.commands.opening import service_or_fail

    write_archive_of(service_or_fail(), file, unit, year, clock.now())
    click.echo(f"Wrote {file}.", err=True)


@export.command()
@click.argument("name")
@click.argument("file", type=OUT)
@click.option("--kind", type=click.Choice(["report", "case"]), default="report", show_default=True)
@click.option("--unit", help="Where two people have this name.")
def paper(name: str, file: Path, kind: str, unit: str | None) -> None:
    """Write the skeleton of NAME's report or case of this year as a Word document.

    \b
    Example: python -m bot export paper 王干事 report.docx
    """
    from bot import clock
    from bot.commands.keeping import write_paper_of
    from bot.commands.opening import service_or_fail

    write_paper_of(service_or_fail(), file, name, kind, unit, clock.now().date())
    click.echo(f"Wrote {file}.", err=True)
