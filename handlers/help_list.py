"""Who may need help, with the reason they gave: names for the person's own unit, numbers for units above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from handlers.asked import Asked
from models.audit import look
from models.helps import Help, listed


@dataclass(frozen=True, slots=True)
class Needy:
    """Somebody of the own unit who stands on the list: how their goals stand, and the reason they gave."""

    person_id: int
    name: str
    said: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class HelpList:
    """People of the own unit by name, units below by how many."""

    mine: Sequence[Needy]
    below: Sequence[tuple[str, int]]


def help_list(asked: Asked, path: str) -> HelpList:
    """The list of a unit and below; each of these people was told of it first, and can see who looked."""
    found = listed(asked.connection, path)
    mine = [one for one in found if one.path == asked.context.unit_path]
    look(asked.connection, asked.person_id, sorted({one.person_id for one in mine}), "help", asked.now)
    people = {(one.unit, one.person_id): None for one in found if one.path != asked.context.unit_path}
    below = Counter(unit for unit, _ in people)
    return HelpList(
        [_needy(list(some)) for _, some in groupby(mine, key=lambda one: one.person_id)], list(below.items())
    )


def _needy(some: Sequence[Help]) -> Needy:
    reason = next((one.text for one in some if one.text), "")
    said = tuple(words for one in some if (words := one.data.get("said", "")))
    return Needy(some[0].person_id, some[0].name, said, reason)


def help_lines(asked: Asked, path: str) -> list[str]:
    """The same for a reply."""
    found = help_list(asked, path)
    lines = [_line(one) for one in found.mine] + [f"{unit}：{count}人" for unit, count in found.below]
    return ["要帮忙的（本人已知道）：", *lines] if lines else []


def _line(one: Needy) -> str:
    return f"{one.name}：{'；'.join(one.said)}{f'。本人说：{one.reason}' if one.reason else ''}"
