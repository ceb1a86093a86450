"""Which goals one entry feeds, and why it does not feed another: what a reply says beside the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from models.book import at_school
from models.calendar import Calendar, days
from models.catalogue import CATALOGUE
from models.facts import Fact
from models.gauges import covers
from models.metrics import VACATION
from models.policy import Rule
from models.stays import dated_days

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Credit:
    """What an entry gives a rule; `reason` is empty where it counts as said, else why less or nothing, `text` in words."""

    rule: Rule
    amount: Decimal
    reason: str = ""
    text: str = ""


def feeds(rule: Rule, activity: str | None, audience: str | None) -> bool:
    """Whether entries of an activity or about an audience are what the rule is about; None stands for any."""
    metric = CATALOGUE[rule.metric]
    if activity is not None and activity not in metric.activities:
        return False
    return audience is None or audience in metric.audiences


def credits(fact: Fact, rules: Iterable[Rule]) -> frozenset[str]:  # noqa: A001
    """The metrics that an entry counts in, by these rules."""
    return frozenset(rule.metric for rule in rules if _concerns(fact, rule) and not _refusal(fact, rule)[0])


def explain(fact: Fact, rules: Iterable[Rule], calendar: Calendar) -> tuple[Credit, ...]:
    """The rules that an entry concerns, each with what it gets; rules it has nothing to do with are left out."""
    return tuple(_credit(fact, rule, calendar) for rule in rules if _concerns(fact, rule))


def rest_days(fact: Fact, calendar: Calendar) -> int:
    """How many rest days inside a range are not counted."""
    dated = dated_days(fact, calendar)
    if fact.activity != "on_site" or not dated or fact.start is None or fact.end is None:
        return 0
    return (fact.end - fact.start).days + 1 - len(dated)


def _concerns(fact: Fact, rule: Rule) -> bool:
    metric = CATALOGUE[rule.metric]
    if fact.activity not in metric.activities or (rule.month and not _in_month(fact, rule.month)):
        return False
    if metric.way == "coverage":
        return covers(fact, rule)
    if metric.way == "visits" and fact.activity == "online_contact":
        return fact.end is not None and fact.end.month in VACATION
    return not metric.audiences or fact.audience in metric.audiences


def _in_month(fact: Fact, month: int) -> bool:
    return (
        fact.start is not None and fact.end is not None and month in {day.month for day in days(fact.start, fact.end)}
    )


def _credit(fact: Fact, rule: Rule, calendar: Calendar) -> Credit:
    reason, text = _refusal(fact, rule)
    if reason:
        return Credit(rule, ZERO, reason, text)
    if fact.activity == "on_site":
        return _stay(fact, rule, calendar)
    return Credit(rule, _new(fact))


def _refusal(fact: Fact, rule: Rule) -> tuple[str, str]:
    found = (refuse(fact, rule) for refuse in REFUSALS)
    return next((refusal for refusal in found if refusal[0]), ("", ""))


def _new(fact: Fact) -> Decimal:
    return max((fact.count or ZERO) - (fact.met_before or 0), ZERO)


def _stay(fact: Fact, rule: Rule, calendar: Calendar) -> Credit:
    dated = dated_days(fact, calendar)
    amount = fact.count or Decimal(1)
    if dated and fact.start != fact.end:
        amount = Decimal(len(dated))
    skipped = rest_days(fact, calendar)
    if skipped:
        return Credit(rule, amount, "rest_days", f"其中{skipped}天是休息日，没有计入；当天确实在校就单独说那一天")
    return Credit(rule, amount)


def _pending(fact: Fact, rule: Rule) -> tuple[str, str]:  # noqa: ARG001
    return ("pending", "等你补全后计入") if fact.state != "active" else ("", "")


def _away(fact: Fact, rule: Rule) -> tuple[str, str]:
    if at_school([fact], rule.school):
        return "", ""
    return "away", f"不在蹲点学校，记下了，不计入{rule.title}"


def _forum(fact: Fact, rule: Rule) -> tuple[str, str]:
    if rule.counts_forum or fact.method != "forum":
        return "", ""
    return "forum", f"座谈不计入{rule.title}访谈"


def _half(fact: Fact, rule: Rule) -> tuple[str, str]:
    half = fact.full_day is False or (fact.count is not None and fact.count < 1)
    if CATALOGUE[rule.metric].way != "full_days" or not half:
        return "", ""
    return "half_day", f"不是全天，不计入{rule.title}"


def _accepted(fact: Fact, rule: Rule) -> tuple[str, str]:  # noqa: ARG001
    return ("accepted", f"{rule.title}经审批人接受后计入") if rule.needs == "accepted" else ("", "")


def _followed(fact: Fact, rule: Rule) -> tuple[str, str]:  # noqa: ARG001
    return ("one_follow_up", f"{rule.title}再记一次推进情况就算完成") if rule.needs == "one_follow_up" else ("", "")


REFUSALS: tuple[Callable[[Fact, Rule], tuple[str, str]], ...] = (_pending, _away, _forum, _half, _accepted, _followed)
