"""The console channel: what is pushed appears in the demonstration's chat page, which reads it back from the outbox."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.base import Allowance, Outgoing, Receipt

CHANNEL = "console"


class Console:
    """A channel without a network; storing the message, as the outbox did, is all the sending there is."""

    name = CHANNEL
    ways = (CHANNEL,)
    allowances: Mapping[str, Allowance] = {}
    drops_repeats = True

    def send(self, message: Outgoing) -> Receipt:  # noqa: ARG002
        """Taken at once."""
        return Receipt(way=CHANNEL)
