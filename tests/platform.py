"""A stand-in for the 公众号 platform that behaves as documented: one valid token, windows, quotas, and faults on demand."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.wechat_server import Asked, Platform, Reply, platform

CUSTOM, TEMPLATE, TOKEN = "message/custom/send", "message/template/send", "stable_token"
MEDIA = "media/upload"
LOGIN = "sns/oauth2/access_token"
HOURS_48, MINUTE = timedelta(hours=48), timedelta(minutes=1)
SLOW = 1.0  # seconds; longer than the callers of the tests wait

# Faults by name. A number is the platform's own code, given instead of carrying the call out; the others lose the answer,
# with `+` after the call was carried out.
CODES = ("-1", "40001", "42001", "45015", "45047", "43004", "45009", "45011", "48001")
LOST = {
    "502": Reply("<html>bad gateway</html>", status=502),
    "time-out": Reply({}, seconds=SLOW),
    "cut": Reply(cut=True),
    "html": Reply("<html>login</html>"),
}
FAULTS = (*CODES, *LOST, *(f"{name}+" for name in LOST))


@dataclass
class Window:
    """What a user may still get."""

    until: datetime
    left: int


@dataclass
class Double:
    """The platform's memory. `fault` names what goes wrong with a call, or gives None."""

    now: Callable[[], datetime]
    fault: Callable[[Asked], str | None] = lambda asked: None
    secret: str = "s3cret-of-the-account"
    token: str = ""
    token_until: datetime | None = None
    tokens: int = 0
    forced: int = 0
    day_quota: int = 500_000
    minute_quota: int = 30_000
    windows: dict[str, Window] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    delivered: list[tuple[str, str, str]] = field(default_factory=list)
    uploads: list[bytes] = field(default_factory=list)
    codes: dict[str, str | None] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    used: Counter[object] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wrote(self, user: str) -> None:
        """The user sent a message: five within 48 hours."""
        self.windows[user] = Window(self.now() + HOURS_48, 5)

    def tapped(self, user: str) -> None:
        """The user tapped the menu: three within a minute."""
        self.windows[user] = Window(self.now() + MINUTE, 3)

    def expire_token(self) -> None:
        """The token ends before its time."""
        self.token_until = None

    def texts(self, user: str) -> list[str]:
        """What arrived at a user."""
        return [text for who, _, text in self.delivered if who == user]

    def answer(self, asked: Asked) -> Reply:
        """What a call gets."""
        with self.lock:
            name = self.fault(asked) or ""
            self.seen[name] += bool(name)
            if name in CODES:
                return self._refuse(int(name))
            if name in LOST:
                return LOST[name]
            reply = {TOKEN: self._token, MEDIA: self._media, LOGIN: self._login}.get(asked.path, self._send)(asked)
            return LOST[name[:-1]] if name.endswith("+") else reply

    def _refuse(self, code: int) -> Reply:
        if code in (40001, 42001):
            self.expire_token()
        return error(code)

    def _token(self, asked: Asked) -> Reply:
        if asked.body.get("secret") != self.secret:
            return error(40001)
        if asked.body.get("force_refresh"):
            self.forced += 1
        if asked.body.get("force_refresh") or self.token_until is None or self.token_until <= self.now():
            self.tokens += 1
            self.token, self.token_until = f"token-{self.tokens}", self.now() + timedelta(hours=2)
        seconds = int((self.token_until - self.now()).total_seconds())
        return Reply({"access_token": self.token, "expires_in": seconds})

    def _media(self, asked: Asked) -> Reply:
        """A picture taken: its bytes lie between the head of its part and the end of the form."""
        if code := self._token_fault(asked):
            return error(code)
        _, _, part = asked.raw.partition(b"\r\n\r\n")
        self.uploads.append(part.rpartition(b"\r\n--")[0])
        number = f"media-{len(self.uploads)}"
        return Reply({"type": asked.query["type"], "media_id": number, "created_at": int(self.now().timestamp())})

    def _login(self, asked: Asked) -> Reply:
        """The user of a code of 网页授权, which is good once; `codes` holds who, and None once it was used."""
        if asked.query.get("secret") != self.secret:
            return error(40125)
        code = asked.query.get("code", "")
        if self.codes.get(code) is None:
            return error(40163 if code in self.codes else 40029)
        user, self.codes[code] = self.codes[code], None
        more = {"access_token": "web-1", "refresh_token": "web-2", "expires_in": 7200, "scope": "snsapi_base"}
        return Reply({"openid": user, **more})

    def _send(self, asked: Asked) -> Reply:
        user = asked.body.get("touser")
        if user is None:  # a caller that was killed before it had said everything
            return Reply(cut=True)
        code = self._token_fault(asked) or self._quota_fault(asked) or (43004 if user in self.strangers else 0)
        if not code and asked.path == CUSTOM:
            code = self._window_fault(user)
        if code:
            return error(code)
        self.delivered.append((user, asked.path, words(asked)))
        return Reply({"errcode": 0, "errmsg": "ok", "msgid": len(self.delivered)})

    def _token_fault(self, asked: Asked) -> int:
        if asked.query.get("access_token") != self.token:
            return 40001
        return 0 if self.token_until and self.token_until > self.now() else 42001

    def _quota_fault(self, asked: Asked) -> int:
        moment = self.now()
        day, minute = (asked.path, moment.date()), (asked.path, moment.replace(second=0, microsecond=0))
        self.used.update((day, minute))
        if self.used[day] > self.day_quota:
            return 45009
        return 45011 if self.used[minute] > self.minute_quota else 0

    def _window_fault(self, user: str) -> int:
        window = self.windows.get(user)
        if window is None or window.until <= self.now():
            return 45015
        if window.left <= 0:
            return 45047
        window.left -= 1
        return 0


def error(code: int) -> Reply:
    """A refusal in the platform's form."""
    return Reply({"errcode": code, "errmsg": f"refused rid: 6a-{abs(code)}"})


def words(asked: Asked) -> str:
    """The words of a message of either way."""
    if asked.path == CUSTOM:
        return str(asked.body["text"]["content"])
    return " ".join(value["value"] for value in asked.body["data"].values())


@contextmanager
def running(double: Double) -> Iterator[Platform]:
    """The double on loopback, as long as the block."""
    with platform(double.answer) as there:
        yield there
