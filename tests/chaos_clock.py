"""The clocks of the chaos test: one more for each line read, told by its number; each sends until it is killed.

They are forked, so that a clock lives at once and its death costs nothing. Arguments: database, platform, the shared time.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from bot.channels import official_sending
from bot.channels.official_reading import CHANNEL
from bot.channels.official_sending import Client, OfficialChannel
from bot.desk import Desk
from bot.outbox import deliver
from bot.service import open_service
from bot.settings import Settings
from models.tokens import StoredTokens
from tests.storm import SharedClock
from tests.wechat import APP_ID


def main(database_url: str, base_url: str, path: str) -> None:
    """Never ends by itself."""
    official_sending.TIMEOUT = (1.0, 0.25)
    service = open_service(Settings(database_url=database_url, dundian_secret_key="k" * 40))
    clock = SharedClock(Path(path))
    tokens = StoredTokens(service.engine, service.vault)
    client = Client(APP_ID, "s3cret-of-the-account", base_url, tokens, clock)
    desk = Desk(service, {CHANNEL: OfficialChannel(client)}, clock)
    while True:
        deliver(desk)
        time.sleep(0.02)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while sys.stdin.readline():
        number = os.fork()
        if number == 0:
            main(*sys.argv[1:])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    os.killpg(0, signal.SIGKILL)  # the parent has ended, however it ended: no clock may outlive it
