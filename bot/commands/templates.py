"""`templates`: a unit's own workbooks, put in, listed, tried out and taken away. Commands import what they need when they run."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.forms.own_book import Filled
    from bot.service import Service

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
UNIT = click.option("--unit", required=True, help="Whose workbook it is; units below may use it too.")


@click.group()
def templates() -> None:
    """A unit's own workbooks, filled from the figures: put, list, fill, remove, places."""


@templates.command()
def places() -> None:
    """Print the names that a place {{…}} or a named cell may have; needs no settings.

    \b
    Example: python -m bot templates places
    """
    from bot.forms.places import COLUMNS, MET, WORDS, spans

    click.echo(
        "一个地方写作 {{数}}、{{时段.数}}、{{单位.数}} 或 {{单位.时段.数}}；没写时段的是本学期至今，没写单位的是本单位及以下合计。"
    )
    for title, found in (("文字", WORDS), ("时段", spans()), ("数", (*COLUMNS, *MET))):
        click.echo(f"{title}：{'、'.join(found)}")


@templates.command()
@click.argument("file", type=FILE)
@UNIT
@click.option("--name", help="What it is asked for by in chat; else the file's name.")
def put(file: Path, unit: str, name: str | None) -> None:
    """Take in FILE (.xlsx) and say which of its places are unknown; those stay as they are when it is filled.

    \b
    Example: python -m bot templates put 季度报表.xlsx --unit 沁水县团委
    """
    from bot import clock
    from bot.commands.opening import service_or_fail

    service, title = service_or_fail(), name or file.stem
    filled = _try(service, file.read_bytes(), unit, None, None)
    from models.listing import find_unit
    from models.workbooks import put as keep

    with service.engine.begin() as connection:
        keep(connection, find_unit(connection, unit).id, title, file.read_bytes(), clock.now())
    _report(filled)
    click.echo(f"Kept; in chat: 导出{title}", err=True)


@templates.command()
@click.argument("file", type=FILE)
@click.argument("out", type=OUT)
@UNIT
@click.option("--from", "start", type=DAY, help="First day; else this term's.")
@click.option("--to", "end", type=DAY, help="Last day; else today.")
def fill(file: Path, out: Path, unit: str, start: datetime | None, end: datetime | None) -> None:
    """Fill FILE with the unit's figures of now and write OUT; keeps nothing.

    \b
    Example: python -m bot templates fill 季度报表.xlsx out.xlsx --unit 沁水县团委 --from 2026-07-01 --to 2026-09-30
    """
    from bot.commands.opening import service_or_fail

    filled = _try(service_or_fail(), file.read_bytes(), unit, start, end)
    out.write_bytes(filled.content)
    _report(filled)


@templates.command(name="list")
def list_() -> None:
    """Print each workbook: unit, name.

    \b
    Example: python -m bot templates list
    """
    from bot.commands.opening import service_or_fail
    from models.database import reading
    from models.workbooks import every_workbook

    with reading(service_or_fail().engine).connect() as connection:
        for one in every_workbook(connection):
            click.echo(f"{one.unit}\t{one.name}")


@templates.command()
@click.argument("name")
@UNIT
def remove(name: str, unit: str) -> None:
    """Take the workbook NAME of a unit away.

    \b
    Example: python -m bot templates remove 季度报表 --unit 沁水县团委
    """
    from bot.commands.opening import fail, service_or_fail
    from models.listing import find_unit
    from models.workbooks import remove as drop

    with service_or_fail().engine.begin() as connection:
        if not drop(connection, find_unit(connection, unit).id, name):
            fail(f"{unit}没有叫“{name}”的表。")


def _try(service: Service, content: bytes, unit: str, start: datetime | None, end: datetime | None) -> Filled:
    """The workbook filled for a unit; ends the command where that cannot be."""
    from bot import clock
    from bot.commands.opening import fail
    from bot.forms.own_book import fill as fill_book
    from bot.forms.places import Places
    from bot.forms.registry import order_of
    from models.database import reading
    from models.listing import find_unit
    from models.refusal import Refusal
    from models.workbooks import LARGEST

    if len(content) > LARGEST:
        fail(f"The workbook is larger than {LARGEST // 1_000_000} MB.")
    with reading(service.engine).connect() as connection:
        try:
            days = {"start": start and f"{start:%Y-%m-%d}", "end": end and f"{end:%Y-%m-%d}"}
            wanted = {"unit": find_unit(connection, unit).id} | days
            return fill_book(content, Places(order_of(service, connection, wanted, 0, clock.now())).value)
        except (Refusal, ValueError) as fault:
            fail(str(fault))


def _report(filled: Filled) -> None:
    """How much was filled, and each place that is none of ours."""
    click.echo(f"{filled.places} cells filled.", err=True)
    for sheet, cell, place in filled.unknown:
        click.echo(f"{sheet}!{cell}: {{{{{place}}}}} is no place; see: python -m bot templates places")
