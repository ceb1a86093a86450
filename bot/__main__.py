"""The commands. `python -m bot COMMAND --help` shows an example of each."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from bot.commands.exports import export
from bot.commands.templates import templates

# Commands import what they need when they run, so that parse starts at once and needs no settings.

DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"])
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

    # Bytes that are no UTF-8, and half characters, come back as JSON's own escapes.
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
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


@main.command()
@click.argument("name")
def chat(name: str) -> None:
    """Talk to the bot in the terminal, as the person NAME; a name not in the roster is a stranger.

    \b
    Example: DUNDIAN_DEMO=1 DATABASE_URL=sqlite:///var/demo.db python -m bot chat 王干事
    """
    from bot import clock
    from bot.commands.chatting import chat as talk
    from bot.commands.opening import service_or_fail
    from bot.conversation import answer

    service = service_or_fail()
    click.echo("Say something, as 今天访谈3名队员; Ctrl-D ends.", err=True)
    talk(service, answer, name, sys.stdin, click.echo, clock.now)


@main.command()
@click.argument("file", type=FILE)
@click.option("--roster", type=FILE, help="A roster workbook; else the demonstration's.")
@click.option("--entries", is_flag=True, help="Print the records at the end, one JSON line each.")
def replay(file: Path, roster: Path | None, entries: bool) -> None:
    """Play a dialogue on a scratch database; ends with 1 where an answer is not the expected one.

    \b
    FILE holds lines like these:
      now 2026-11-20 17:30
      王干事: 今天访谈3名队员
      机器人: 访谈队员3名
      # a comment
    Example: python -m bot replay tests/dialogues/first.txt --entries
    """
    from bot.commands.replaying import play

    play(file, roster, entries)


@main.command(name="import")
@click.argument("file", type=FILE)
@click.option("--preview", is_flag=True, help="Only say what would change.")
def import_(file: Path, preview: bool) -> None:
    """Take in a roster workbook: all or nothing, and again without harm.

    \b
    Example: python -m bot export template roster.xlsx   (fill it in, then)
             python -m bot import roster.xlsx
    """
    from bot import clock
    from bot.commands.opening import service_or_fail
    from bot.commands.rosters import take_in

    report = take_in(service_or_fail(), file, clock.now(), preview=preview)
    click.echo("\n".join(report.lines()))
    if not report.ok:
        raise SystemExit(1)


@main.command(name="clock")
def clock_() -> None:
    """Run the clock alone: reminders are decided and sent; the web side runs elsewhere. Several may run at once.

    \b
    Example: python -m bot clock
    """
    from bot.commands.clockwork import run_clock
    from bot.commands.opening import service_or_fail

    run_clock(service_or_fail())


@main.command(name="run")
@click.argument("job")
@click.option("--at", type=MOMENT, help="As if at this moment, Asia/Shanghai; else now.")
def run_(job: str, at: datetime | None) -> None:
    """Run one job of the clock by hand and print its tally as JSON; without a right name, the names are told.

    \b
    Example: python -m bot run pace --at "2026-12-14 09:30"
    """
    import json

    from bot.clock import local
    from bot.commands.clockwork import run_one
    from bot.commands.opening import service_or_fail
    from bot.jobs.registry import JOBS

    if job not in JOBS:
        raise click.BadParameter(f"no such job; there are {', '.join(JOBS)}", param_hint="JOB")
    click.echo(json.dumps(run_one(service_or_fail(), job, at and local(at)), ensure_ascii=False))


@main.command()
@click.option("--at", type=MOMENT, help="As if at this moment, Asia/Shanghai; else now.")
@click.option("--dry-run", is_flag=True, help="Only print who would hear what, and why.")
def remind(at: datetime | None, dry_run: bool) -> None:
    """Decide who is reminded, and send; or, with --dry-run, only print it.

    \b
    Example: python -m bot remind --at "2026-12-14 09:30" --dry-run
    """
    import json

    from bot import clock
    from bot.commands.clockwork import remind as carry_out
    from bot.commands.clockwork import would_remind
    from bot.commands.opening import service_or_fail

    service, moment = service_or_fail(), at and clock.local(at)
    if not dry_run:
        click.echo(json.dumps(carry_out(service, moment), ensure_ascii=False))
        return
    quiet = would_remind(service, moment or clock.now(), click.echo)
    click.echo(f"Would hear nothing, by reason: {json.dumps(quiet)}", err=True)


@main.command(name="recount")
@click.option("--repair", is_flag=True, help="Keep what the entries say.")
@click.option("--reparse", is_flag=True, help="Show what the present parser would read otherwise; changes nothing.")
def recount_(repair: bool, reparse: bool) -> None:
    """Reckon every total anew from the records and print each that is kept otherwise, as JSON; ends with 1 if there is one.

    \b
    Example: python -m bot recount
    Totals also differ, rightly, after a policy file or an assignment was changed: --repair then brings them up to date.
    """
    from bot.commands.opening import service_or_fail
    from bot.commands.recounting import compare

    if reparse:
        from bot.commands.reparsing import compare as read_again

        found = read_again(service_or_fail(), click.echo)
        click.echo(f"{found} messages would be read otherwise; nothing was changed.", err=True)
        return
    found = compare(service_or_fail(), click.echo, repair=repair)
    click.echo(f"{found} differences{', repaired' if found and repair else ''}.", err=True)
    if found and not repair:
        raise SystemExit(1)


@main.command()
@click.option("--from", "start", type=DAY, help="From this day; else the last 30 days.")
@click.option("--to", "end", type=DAY, help="Up to and with this day; else today.")
def burden(start: datetime | None, end: datetime | None) -> None:
    """How much the service asks of people, a JSON line a unit: reminders, questions, characters typed for one record.

    \b
    Example: python -m bot burden --from 2026-09-01
    Never by person: units of fewer than three people are counted with the unit above.
    """
    from datetime import timedelta

    from bot import clock
    from bot.commands.burdens import show
    from bot.commands.opening import service_or_fail

    last = (clock.local(end) if end else clock.now()) + timedelta(days=1)
    show(service_or_fail(), clock.local(start) if start else last - timedelta(days=31), last, click.echo)


main.add_command(export)
main.add_command(templates)


if __name__ == "__main__":
    main(prog_name="python -m bot")
