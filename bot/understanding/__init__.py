"""One chat message and the moment it was sent, in; its meaning, out (words, numbers, dates, deeds, commands)."""

from __future__ import annotations

from .arbitrate import understand

__all__ = ["understand"]
