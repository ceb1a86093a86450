"""What the asker said just before: a follow-up of a word or two leans on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from handlers.asked import Asked
from models.claims import Newest, newest


def before(asked: Asked, intents: Collection[str], beside: Collection[str] = ()) -> Asked | None:
    """The asker at the message before, where it had one of these intents; messages of intents `beside` are passed over."""
    return meant(asked, newest(asked.connection, asked.person_id, beside), intents)


def meant(asked: Asked, last: Newest | None, intents: Collection[str]) -> Asked | None:
    """The asker at an earlier message, where it had one of these intents."""
    if last is None or asked.reads is None or last.intent not in intents or not last.text:
        return None
    return replace(asked, meaning=asked.reads(last.text, last.said_at.astimezone(asked.now.tzinfo)))
