"""What every platform shares: a message in, a message out, and how sending can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

TEXT_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Incoming:
    """One delivery from a platform.

    `key` is the same for every repeat of one delivery and differs between deliveries. `kind` is one of KINDS.
    `text` holds the words of a text or a recognised voice, the key of a menu click, or the scene of a scanned code.
    `sent_at` is aware and comes from the platform, so it may be wrong.
    """

    channel: str
    user: str
    key: str
    kind: str
    text: str
    sent_at: datetime


KINDS = (
    "text",
    "voice",
    "image",
    "video",
    "location",
    "link",
    "file",
    "subscribe",
    "unsubscribe",
    "scan",
    "click",
    "other",
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to push: the outbox's number, the platform's user, the words, and which of the channel's ways to take.

    `title` and `brief` are for ways that carry a few words only, such as a template.
    """

    id: int
    user: str
    text: str
    way: str = "custom"
    title: str = ""
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a message went out: which way (custom, template, console …) and the platform's own number, where it gives one."""

    way: str
    number: str = ""


class SendError(Exception):
    """The platform would not; `action` says what follows (see ACTIONS) and `code` what it called it.

    `wait` is the least number of seconds before the next try, where the action allows one.
    """

    def __init__(self, message: str, action: str, code: int | None = None, wait: int = 0) -> None:
        super().__init__(message)
        self.action = action
        self.code = code
        self.wait = wait


# What the outbox does about a SendError. Pause and stop concern the whole channel, the others this message.
ACTIONS = {
    "pause": "leave everything queued, try again after `wait`",
    "stop": "leave everything queued and tell the operator: nothing will go out until the cause is cured",
    "retry": "try again after `wait`, growing, a few times",
    "fallback": "this way is closed for this person now: try another, else hold",
    "hold": "keep it for the head of the person's next conversation",
    "drop": "this person cannot be reached here any more",
    "alarm": "do not try again, tell the operator: a mistake of ours or a penalty",
    "doubtful": "it may have arrived: do not try again, mark it",
}


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a user's deed allows on a platform: so many messages within so many seconds."""

    count: int
    seconds: int


class Login(Protocol):
    """A platform that can say whose browser opened a link."""

    @property
    def channel(self) -> str:
        """The name that the platform's users are filed under."""

    def address(self, back: str, state: str) -> str:
        """Where a browser is sent to be known; it comes back to `back` with a code and the state."""

    def user(self, code: str) -> str:
        """The platform's user; raises SendError."""


class Channel(Protocol):
    """A platform as the outbox sees it.

    `allowances` says by kind of Incoming what the way `custom` is allowed; empty, and it is free at all times. The outbox
    tries the ways in order. `drops_repeats`: the platform itself takes care that a message sent twice arrives once.
    """

    @property
    def name(self) -> str:
        """As accounts and messages call it."""

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways of sending, the preferred one first."""

    @property
    def allowances(self) -> Mapping[str, Allowance]:
        """What each kind of inbound allows."""

    @property
    def drops_repeats(self) -> bool:
        """Whether sending again after a lost answer is safe."""

    def send(self, message: Outgoing) -> Receipt:
        """Push one message or raise SendError."""
        ...


PAGE = "\f"
HINT = "\n…回“更多”看后面"


def first_page(text: str, limit: int = TEXT_BYTES) -> tuple[str, str]:
    """Split a reply: at the first PAGE it holds, and so that the first part has at most `limit` bytes of UTF-8."""
    page, mark, later = text.partition(PAGE)
    room = limit - len(HINT.encode())
    raw = page.encode()
    if len(raw) <= (room if mark else limit):
        return page + (HINT if mark else ""), later
    head = raw[:room].decode(errors="ignore")
    cut = head.rfind("\n")
    head = head[:cut] if cut > len(head) // 2 else head
    return head + HINT, page[len(head) :].lstrip("\n") + mark + later
