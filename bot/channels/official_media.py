"""公众号: a picture as temporary material, so that a reply can be the picture itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from datetime import datetime, timedelta
from hashlib import sha256

from bot.channels.base import SendError
from bot.channels.official_sending import Client, Tokens, renewed

log = logging.getLogger("dundian.wechat")

GOOD = timedelta(days=3) - timedelta(hours=12)  # the platform keeps it three days
PATIENCE = 2.5  # seconds; the platform waits five for the whole reply
REST = timedelta(minutes=1)
LONG_REST = timedelta(hours=1)  # where only a person can cure it


class Pictures:
    """Uploads pictures, each once as long as the platform keeps it; two at a time, none while the interface rests."""

    def __init__(self, client: Client, kept: Tokens, now: Callable[[], datetime], patience: float = PATIENCE) -> None:
        self._client, self._kept, self._now, self._patience = client, kept, now, patience
        self._workers = ThreadPoolExecutor(2, "media")
        self._under_way: dict[str, Future[str]] = {}
        self._rests_until: datetime | None = None

    def number_of(self, png: bytes) -> str | None:
        """The platform's number of a picture; None where there is none in time, so that the reply must do without."""
        name = "media:" + sha256(png).hexdigest()[:48]
        if found := self._kept.get(name, self._now()):
            return found
        if self._rests_until and self._rests_until > self._now():
            return None
        # What takes too long goes on, and serves whoever asks again.
        work = self._under_way.get(name) or self._workers.submit(self._upload, name, png)
        self._under_way[name] = work
        try:
            return work.result(self._patience)
        except Late:
            return None
        except SendError as fault:
            self._rest(fault)
            return None
        finally:
            if work.done():
                self._under_way.pop(name, None)

    def _upload(self, name: str, png: bytes) -> str:
        media = ("pace.png", png, "image/png")
        answer = renewed(self._client, lambda: self._client.media.upload("image", media), "retry")
        number = answer.get("media_id")
        if not isinstance(number, str) or not number:
            raise SendError("no media_id in the platform's answer", "retry")
        self._kept.set(name, number, self._now() + GOOD)
        return number

    def _rest(self, fault: SendError) -> None:
        length = LONG_REST if fault.action in ("stop", "alarm") else max(REST, timedelta(seconds=fault.wait))
        self._rests_until = self._now() + length
        log.warning("no picture by 公众号 until %s: %s", self._rests_until, fault)
