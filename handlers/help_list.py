"""Who may need help, with the reason they gave: names for the person's own unit, numbers for units above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.team import Member, Team


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


def help_list(found: Team) -> HelpList:
    """The list of a unit and below; each of these people was told of it first, and is to see who looked."""
    mine = [one for one in found.members if one.helps]
    named = Counter(one.path for one in mine)
    counts = ((line.unit, line.now.helped - named[line.unit.path]) for line in found.lines)
    return HelpList([_needy(one) for one in mine], [(unit.name, count) for unit, count in counts if count])


def _needy(one: Member) -> Needy:
    reason = next((text for text, _ in one.helps if text), "")
    return Needy(one.person_id, one.name, tuple(said for _, said in one.helps if said), reason)


def help_lines(known: HelpList) -> list[str]:
    """The same for a reply."""
    lines = [_line(one) for one in known.mine] + [f"{unit}：{count}人" for unit, count in known.below]
    return ["要帮忙的（本人已知道）：", *lines] if lines else []


def _line(one: Needy) -> str:
    return f"{one.name}：{'；'.join(one.said)}{f'。本人说：{one.reason}' if one.reason else ''}"
