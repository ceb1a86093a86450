"""公众号: the template message, for those who have not written lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.base import Outgoing
from bot.channels.official import NOT_XML

THING_CHARACTERS = 20  # what a field of the platform's kind `thing` holds

FILLINGS: Mapping[str, Callable[[Outgoing], str]] = {
    "title": lambda message: message.title,
    "text": lambda message: message.brief or message.text,
}


@dataclass(frozen=True, slots=True)
class Template:
    """The account's template: its id, and which of its fields holds what (see FILLINGS)."""

    id: str
    fields: Mapping[str, str]

    def body(self, message: Outgoing) -> Mapping[str, Any]:
        """The call's JSON."""
        data = {name: {"value": _fit(FILLINGS[what](message))} for name, what in self.fields.items()}
        return {"touser": message.user, "template_id": self.id, "data": data}


def read_fields(raw: str) -> Mapping[str, str]:
    """`thing1=title,thing2=text` as a mapping."""
    return dict(pair.split("=", 1) for pair in raw.split(","))


def _fit(text: str) -> str:
    line = " ".join(NOT_XML.sub("", text).split())
    return line if len(line) <= THING_CHARACTERS else line[: THING_CHARACTERS - 1] + "…"
