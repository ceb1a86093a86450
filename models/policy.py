"""Rules as data: one file for each source document, read into frozen values, and who is bound by which."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from models.calendar import Calendar
from models.catalogue import CATALOGUE
from models.facts import Bound
from models.periods import period_of
from models.policy_check import faults_of

OVERRIDES = "holidays.toml"
PLACES = {"any": "", "linked": "@linked", "assigned": "@own"}  # how a measure is marked by where it counts


class PolicyError(Exception):
    """Policy files cannot be used; the text lists every fault with file, place and cure."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One duty with a number. `title` is its short name in replies, `words` are the source's own.

    `kind` is hard, soft (shown, never pressed) or shown (no goal). `measure` names the total that it reads.
    """

    id: str
    title: str
    unit: str
    words: str
    source: str
    metric: str
    period: str
    op: str = ">="
    required: Decimal = Decimal(0)
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    kind: str = "hard"
    gauge: bool = False
    in_principle: bool = False
    month: int = 0
    levels: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    school: str = "any"
    counts_forum: bool = True
    needs: str = ""
    confirm: str = ""
    cap: str = ""
    waive: str = ""
    reading: str = ""
    since: date = date.min
    until: date = date.max

    @property
    def measure(self) -> str:
        """The metric, marked where this rule counts it otherwise than usual."""
        loose = "-any" if CATALOGUE[self.metric].item and not self.needs else ""
        return self.metric + loose + ("" if self.counts_forum else "-forum") + PLACES[self.school]

    @property
    def hard(self) -> bool:
        """Whether missing it is to be pointed out; what is meant in principle is only shown."""
        return self.kind == "hard" and not self.in_principle

    @property
    def goal(self) -> Decimal:
        """The number to reach; for a range its lower end."""
        return self.low if self.op == "between" else self.required


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A duty without a number: told when asked about, or at the moment `when` names."""

    id: str
    title: str
    words: str
    source: str
    text: str
    when: str = "asked"
    keywords: tuple[str, ...] = ()
    levels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class HandIn:
    """A dated duty of units of some levels. `due` holds "10" (each month), "06-30" (each year) or whole dates (once)."""

    id: str
    what: str
    title: str
    words: str
    source: str
    levels: frozenset[str]
    every: str
    due: tuple[str, ...]
    at: str = "24:00"
    exact: bool = True
    covers: str = ""
    first: str = ""
    remind: tuple[str, ...] = ()
    asks_below: frozenset[str] = frozenset()
    since: date = date.min


@dataclass(frozen=True, slots=True, eq=False)
class Aspect:
    """One part of a person's task list; the goals of its rules are what the list proposes."""

    title: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """Whom a policy binds: people of these posts in units of these levels."""

    levels: frozenset[str]
    posts: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """One source document as data."""

    id: str
    name: str
    source: str
    binds: tuple[Binding, ...]
    rules: tuple[Rule, ...]
    cards: tuple[Card, ...] = ()
    hand_ins: tuple[HandIn, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    ratings: tuple[str, ...] = ()


def load_policies(folder: Path) -> dict[str, Policy]:
    """Every policy of a folder by its id; raises PolicyError with all faults of all files."""
    files = sorted(path for path in folder.glob("*.toml") if path.name != OVERRIDES)
    faults = [] if files else [f"{folder}: 没有制度文件(*.toml)"]
    tables: dict[Path, dict[str, Any]] = {}
    for path in files:
        tables[path], found = _read(path)
        faults += [f"{path.name}: {fault}" for fault in found]
    faults += _repeated(tables)
    if faults:
        raise PolicyError("\n".join(faults))
    return {table["id"]: _policy(table) for table in tables.values()}


def rules_for(
    policies: Mapping[str, Policy], bound: Bound, day: date, calendar: Calendar | None = None
) -> tuple[Rule, ...]:
    """The rules that bind a person on a day, in the order of the files.

    Of several versions of one rule the one in force when the period began holds until it ends: goals do not move within it.
    """
    return _rules(
        tuple(policies[name] for name in bound.policies if name in policies), _who(bound), day, calendar or _plain()
    )


def all_rules(policies: Mapping[str, Policy], bound: Bound) -> tuple[Rule, ...]:
    """Every rule of the documents that bind a person, whenever it is in force."""
    return _all_rules(tuple(policies[name] for name in bound.policies if name in policies), _who(bound))


def is_bound(policy: Policy, bound: Bound) -> bool:
    """Whether a policy binds the person: a cadre whose level and post it names."""
    return _binds(policy, _who(bound))


Row = TypeVar("Row")
Who = tuple[bool, str, str, bool]


def _who(bound: Bound) -> Who:
    return "cadre" in bound.roles, bound.level, bound.post, bound.grassroots_posting


@cache
def _plain() -> Calendar:
    return Calendar()


@lru_cache(maxsize=4096)
def _rules(policies: tuple[Policy, ...], who: Who, day: date, calendar: Calendar) -> tuple[Rule, ...]:
    versions: dict[str, list[Rule]] = {}
    for rule in _all_rules(policies, who):
        versions.setdefault(rule.id, []).append(rule)
    chosen = (_in_force(several, day, calendar) for several in versions.values())
    return tuple(rule for rule in chosen if rule is not None)


@lru_cache(maxsize=4096)
def _all_rules(policies: tuple[Policy, ...], who: Who) -> tuple[Rule, ...]:
    return tuple(rule for policy in policies if _binds(policy, who) for rule in policy.rules if _applies(rule, who))


def _binds(policy: Policy, who: Who) -> bool:
    cadre, level, post, _ = who
    return cadre and any(level in binding.levels and post in binding.posts for binding in policy.binds)


def _applies(rule: Rule, who: Who) -> bool:
    _, level, post, posted = who
    waived = rule.waive == "grassroots_posting" and posted
    return (not rule.levels or level in rule.levels) and (not rule.posts or post in rule.posts) and not waived


def _in_force(versions: list[Rule], day: date, calendar: Calendar) -> Rule | None:
    today = next((rule for rule in versions if rule.since <= day <= rule.until), None)
    if today is None or len(versions) == 1:
        return today
    start = period_of(today.period, day, calendar, today.month).start
    return next((rule for rule in versions if rule.since <= start <= rule.until and rule.period == today.period), today)


def _read(path: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [f"读不懂: {error}; 请按 TOML 写,存为 UTF-8"]
    return table, faults_of(table)


def _repeated(tables: Mapping[Path, Mapping[str, Any]]) -> list[str]:
    seen: dict[str, str] = {}
    faults = []
    for path, table in tables.items():
        name = str(table.get("id", path.name))
        if name in seen:
            faults.append(f"{path.name}: id {name!r} 已在 {seen[name]} 中用过; 每个制度的 id 要不同")
        seen.setdefault(name, path.name)
    return faults


def _policy(table: Mapping[str, Any]) -> Policy:
    return Policy(
        id=table["id"],
        name=table["name"],
        source=table["source"],
        binds=tuple(Binding(frozenset(row["levels"]), frozenset(row["posts"])) for row in table["binds"]),
        rules=_all(Rule, table, "rules"),
        cards=_all(Card, table, "cards"),
        hand_ins=_all(HandIn, table, "hand_ins"),
        aspects=tuple(Aspect(row["title"], tuple(row.get("rules", ()))) for row in table.get("aspects", [])),
        ratings=tuple(table.get("ratings", ())),
    )


def _all(kind: type[Row], table: Mapping[str, Any], name: str) -> tuple[Row, ...]:
    return tuple(_made(kind, row, table["source"]) for row in table.get(name, []))


def _made(kind: type[Row], row: Mapping[str, Any], source: str) -> Row:
    types = {field.name: str(field.type) for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{"source": source} | {name: _value(types[name], value) for name, value in row.items()})


def _value(wanted: str, value: Any) -> Any:
    if wanted == "Decimal":
        return Decimal(value)
    if wanted.startswith("frozenset"):
        return frozenset(value)
    return tuple(value) if wanted.startswith("tuple") else value
