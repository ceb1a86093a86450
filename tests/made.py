"""Values for the tests of arithmetic: entries, items, people, made short."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from models.calendar import Calendar
from models.facts import Bound, Fact, ItemFact
from models.metrics import Totals, totals
from models.policy import Policy, Rule, load_policies, rules_for
from models.progress import Standing, standings

FOLDER = Path(__file__).parent.parent / "policies"
TODAY = date(2026, 11, 20)
SCHOOL = 7
CALENDAR = Calendar()
BLANK = Fact(
    0, None, None, None, None, None, None, None, None, None, None, None, None, None, False, False, None, None, "active"
)
_ids = itertools.count(1)


@cache
def policies() -> dict[str, Policy]:
    return load_policies(FOLDER)


def day(text: str) -> date:
    """11-20 of this year, or a whole date."""
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def fact(activity: str, count: str | float | None = 1, start: str = "11-20", end: str = "", **more: Any) -> Fact:
    first = day(start)
    number = next(_ids)
    values: dict[str, Any] = {
        "id": number,
        "message_id": number,
        "activity": activity,
        "count": None if count is None else Decimal(str(count)),
        "start": first,
        "end": day(end) if end else first,
    }
    return BLANK._replace(**(values | more))


def talk(audience: str, count: float, start: str = "11-20", **more: Any) -> Fact:
    return fact("interview", count, start, audience=audience, **more)


def stay(start: str = "11-20", end: str = "", count: str | float | None = 1, **more: Any) -> Fact:
    return fact("on_site", count, start, end, **more)


def item(kind: str, written: str = "11-20", **more: Any) -> ItemFact:
    return ItemFact(next(_ids), kind, "open", day(written), None, 0)._replace(**more)


def bound(*names: str, **more: Any) -> Bound:
    own = ((SCHOOL, date(2026, 9, 1), None),)
    made = Bound(1, "county", "full_time", frozenset({"cadre"}), names or ("pioneer_2017",), None, False, own)
    return made._replace(**more)


BOTH = ("pioneer_2017", "league_im_2021")


def rule(number: str) -> Rule:
    return next(one for policy in policies().values() for one in policy.rules if one.id == number)


def sums(*done: Fact, items: tuple[ItemFact, ...] = (), who: Bound | None = None, today: date = TODAY) -> Totals:
    who = who or bound(*BOTH)
    return totals(done, items, who, CALENDAR, rules_for(policies(), who, today))


def stand(
    number: str, *done: Fact, items: tuple[ItemFact, ...] = (), who: Bound | None = None, today: date = TODAY
) -> Standing:
    """The standing of one rule after these entries."""
    who = who or bound(*BOTH)
    found = standings(
        rules_for(policies(), who, today), sums(*done, items=items, who=who, today=today), who, CALENDAR, today
    )
    return next(one for one in found if one.rule.id == number)
