"""The clock's commands: run it, run one job by hand, look at what a reminder round would do, write the outbox out."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime

from bot import clock
from bot.channels.base import Channel
from bot.channels.console import Console
from bot.channels.official_reading import CHANNEL as OFFICIAL
from bot.channels.official_template import Template, read_fields
from bot.desk import Desk, Tally
from bot.hours import is_open
from bot.jobs import pace
from bot.jobs.running import run_job
from bot.reminding import Verdict, message
from bot.service import Service
from bot.settings import Settings
from models.outbox_export import outbox_lines


def open_desk(service: Service, at: datetime | None = None) -> Desk:
    """A desk with every configured channel; its clock stands still where a moment is given."""
    return Desk(service, channels_of(service), (lambda: at) if at else clock.now)


def channels_of(service: Service) -> Mapping[str, Channel]:
    """The channels that the settings allow to push by, in the order in which they are tried."""
    settings, channels = service.settings, dict[str, Channel]()
    if settings.wechat_app_id and settings.wechat_app_secret:
        channels[OFFICIAL] = _official(service, settings)
    if settings.dundian_demo:
        channels[Console.name] = Console()
    return channels


def _official(service: Service, settings: Settings) -> Channel:
    # Imported here: commands without a platform should not wait for its library.
    from bot.channels.official_sending import Client, OfficialChannel
    from models.tokens import StoredTokens

    account = (settings.wechat_app_id, settings.wechat_app_secret, settings.wechat_api_base_url)
    client = Client(*account, StoredTokens(service.engine, service.vault), clock.now)
    template = Template(settings.wechat_template_id, read_fields(settings.wechat_template_fields))
    return OfficialChannel(client, template if template.id else None)


@contextmanager
def clock_running(service: Service) -> Iterator[None]:
    """The clock, as long as the block; a message being sent when the block ends is finished first."""
    from bot.scheduler import start

    desk = open_desk(service)
    scheduler = start(desk)
    try:
        yield
    finally:
        desk.stopping.set()
        scheduler.shutdown(wait=True)


def run_clock(service: Service) -> None:
    """The clock alone, until a signal says enough."""
    from bot.commands.serving import stop_on_signals

    stop_on_signals()
    with suppress(KeyboardInterrupt), clock_running(service):
        threading.Event().wait()


def run_one(service: Service, job: str, at: datetime | None) -> Tally:
    """One job, now or as if at a moment."""
    desk = open_desk(service, at)
    return run_job(desk, job, desk.now())


def remind(service: Service, at: datetime | None) -> dict[str, Tally]:
    """Decide, then send."""
    desk = open_desk(service, at)
    return {job: run_job(desk, job, desk.now()) for job in ("pace", "deliver")}


def would_remind(service: Service, at: datetime, show: Callable[[str], None]) -> Counter[str]:
    """Show who would hear what, and why; gives how many would not, by reason. Nothing is stored or sent."""
    quiet: Counter[str] = Counter()
    if not is_open(service.calendars.of(), at):
        return Counter(outside_hours=1)
    with service.engine.connect() as connection:
        for verdict in pace.everybody(connection, service, at):
            if verdict.remind:
                show(_shown(verdict))
            else:
                quiet[verdict.reason] += 1
    return quiet


def _shown(verdict: Verdict) -> str:
    why = ", ".join(need.kind for need in verdict.needs)
    text = message(verdict.needs).replace("\n", "\n    ")
    return f"{verdict.candidate.name} ({why})\n    {text}"


def write_outbox(service: Service, show: Callable[[str], None]) -> None:
    """Every message of the outbox, one JSON line each."""
    with service.engine.connect() as connection:
        for line in outbox_lines(connection):
            show(json.dumps(line, ensure_ascii=False))
