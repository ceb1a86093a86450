"""A person's figures after a change, kept and put into words; the one place from which a chat's numbers come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import Connection

from handlers.asked import Asked
from models.calendar import Calendar
from models.calendars import CalendarOf
from models.context import Context
from models.context_query import load_person
from models.credits import credits as credited_metrics
from models.credits import feeds
from models.facts import Fact
from models.keeping import kept
from models.metrics import totals
from models.policy import Policy, Rule, rules_for
from models.progress import Standing, line, plain, standings
from models.totals import persist

SHOWN = 4


def refresh(asked: Asked, facts: Sequence[Fact]) -> tuple[Standing, ...]:
    """Reckon the asker's totals from these facts, keep them, and give the standings, most pressing first."""
    context = asked.context
    sums = kept(facts, context.items, context.bound, asked.calendar, asked.policies)
    if not context.training:
        persist(asked.connection, "person", asked.person_id, sums)
    return standings(asked.rules, sums.now, context.bound, asked.calendar, asked.today, context.goals)


def keep_of(asked: Asked, person_id: int) -> None:
    """Reckon and keep a colleague's totals after somebody else changed what counts for them."""
    calendar_of = asked.calendar_of or (lambda _: asked.calendar)
    keep_person(asked.connection, asked.policies, calendar_of, person_id, asked.today)


def keep_person(
    connection: Connection,
    policies: Mapping[str, Policy],
    calendar_of: CalendarOf,
    person_id: int,
    today: date,
) -> None:
    """Reckon and keep anybody's totals; of who left and who practises they stay as they are."""
    context = load_person(connection, person_id, today)
    if context is None or context.training:
        return
    sums = kept(context.facts, context.items, context.bound, calendar_of(context.terms), policies)
    persist(connection, "person", person_id, sums)


def current(asked: Asked) -> tuple[Standing, ...]:
    """The asker's standings as they are."""
    return of_person(asked.context, asked.calendar, asked.policies, asked.today)


def of_person(
    context: Context, calendar: Calendar, policies: Mapping[str, Policy], today: date
) -> tuple[Standing, ...]:
    """Anybody's standings, most pressing first."""
    rules = rules_for(policies, context.bound, today, calendar)
    sums = totals(context.facts, context.items, context.bound, calendar, rules)
    return standings(rules, sums, context.bound, calendar, today, context.goals)


def brief(found: Sequence[Standing], touched: Iterable[Fact]) -> str:
    """The short line under a read-back: what was just credited first, then the most pressing, by period."""
    facts = list(touched)
    metrics = {metric for fact in facts for metric in credited_metrics(fact, [s.rule for s in found])}
    metrics |= {s.rule.metric for s in found if s.met and s.rule.needs and any(_about(s, fact) for fact in facts)}
    credited = [s for s in found if s.rule.metric in metrics and not (s.rule.op == "<=" and s.met)]
    others = [
        s for s in found if s not in credited and not (s.met or s.gone) and s.rule.kind == "hard" and s.required > 1
    ]
    chosen = (credited + others)[: max(SHOWN, len(credited))]
    return by_period(chosen)


def _about(one: Standing, fact: Fact) -> bool:
    """Whether an entry is what the rule is about, though alone it is not enough."""
    return feeds(one.rule, fact.activity, fact.audience)


def _term_first(one: Standing) -> int:
    return ORDER.index(one.rule.period) if one.rule.period in ORDER else len(ORDER)


ORDER = ("term", "month", "half", "year", "window")


def by_period(chosen: Collection[Standing]) -> str:
    """本学期 队员14/20 辅导员6/10；今年 调研报告0/1."""
    groups = groupby(sorted(chosen, key=_term_first), key=lambda s: s.label)
    return "；".join(" ".join(filter(None, [name, *map(line, group)])) for name, group in groups)


LABELS = {
    "term": "每学期",
    "year": "每年",
    "month": "每月",
    "half": "每半年",
    "window": "集中时段",
    "assignment": "每所学校",
}


def goal(rule: Rule) -> str:
    """队员：每学期至少20名."""
    when = LABELS.get(rule.period, "")
    if rule.kind == "shown":
        return f"{rule.title}：没有数量要求"
    if rule.gauge:
        return f"{rule.title}：{when}覆盖{plain(rule.required)}%以上"
    if rule.op == "between":
        return f"{rule.title}：{when}{plain(rule.low)}至{plain(rule.high)}{rule.unit}"
    bound = {">=": "至少", "<=": "至多", "==": ""}[rule.op]
    return f"{rule.title}：{when}{bound}{plain(rule.required)}{rule.unit}"
