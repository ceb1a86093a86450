"""A unit's figures, own people first, then each unit below in the official order; for chat and pages alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from handlers.asked import Asked
from handlers.wording import number
from models.policy import Policy, Rule
from models.refusal import Refusal
from models.team import EVERYBODY, Figures, RuleFigure, Team, TeamLine, UnitRow, none, team
from models.team_sums import Choice

MOST_NAMES = 300
TOO_MANY = f"人数超过{MOST_NAMES}，名单太长。请说下面的一个单位，如：看沁源县名单。"


def figures(
    asked: Asked, unit: UnitRow, choice: Choice = none, named: Collection[int] | None = (), most: int = EVERYBODY
) -> Team:
    """A unit and all below it as of now; people one by one of the units `named`, of all with None (if not over `most`)."""
    return team(asked.connection, asked.books, unit, choice, named, most=most)


def by_name(asked: Asked, unit: UnitRow, choice: Choice) -> Team:
    """The same with everybody by name; raises Refusal where there are more than a list can hold."""
    found = figures(asked, unit, choice, None, MOST_NAMES)
    if len(found.members) < found.whole.bound:
        raise Refusal(TOO_MANY)
    return found


def pressed(rule: Rule) -> bool:
    """Whether people are expected to reach it."""
    return rule.hard


Documents = list[tuple[str, list[RuleFigure]]]


def by_document(asked: Asked, found: Team) -> Documents:
    """By document, every rule that was asked for over a unit and all below it, what is pressed before what is only shown."""
    told = [one for one in found.whole.rules if one.rule.kind != "shown" or one.done]
    ordered = sorted(told, key=lambda one: not one.rule.hard)
    return [(policy.name, some) for policy in asked.policies.values() if (some := _of(policy, ordered))]


def _of(policy: Policy, found: Sequence[RuleFigure]) -> list[RuleFigure]:
    return [one for one in found if one.rule in policy.rules]


def change(now: Figures, before: Figures) -> str:
    """What came since the end of last month: +1人、+3天; empty where nothing did."""
    people, days = now.started - before.started, now.days - before.days
    return "、".join(
        [*([f"{people:+}人"] if people else []), *([f"{_sign(days)}{number(abs(days))}天"] if days else [])]
    )


def _sign(amount: object) -> str:
    return "-" if str(amount).startswith("-") else "+"


def shown(found: Team) -> list[TeamLine]:
    """The lines in which anybody is bound."""
    return [line for line in found.lines if line.bound]
