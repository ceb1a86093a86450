"""Words typed into a form, as they may be kept: masked like a chat message, refused where they may not be kept at all."""

from __future__ import annotations

from datetime import datetime

from bot.conversation import DROPPED
from bot.understanding import understand
from models.refusal import Refusal

LONGEST = 300


def clean(words: str, now: datetime) -> str:
    """The words with what points at a child replaced; raises Refusal where they tell of harm or bear a secrecy mark."""
    if len(words) > LONGEST:
        raise Refusal(f"太长了，请写在{LONGEST}字以内。")
    meaning = understand(words, now)
    if meaning.dropped:
        raise Refusal(DROPPED[meaning.dropped].strip())
    return meaning.masked.strip()
