"""The rows of a context, out of the JSON that the one statement gathers them in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson

from models.context import DEFAULT_POLICY, Context, OpenPlan, OpenQuestion, OwnGoal, OwnSchool, TermRow, Waiting
from models.facts import Fact, ItemFact


def read_context(row: dict[str, Any]) -> Context:
    """A context out of the row of the one statement."""
    if row["person_id"] is None:
        return Context(row["account_id"], row["failures"], row["locked_until"])
    own, inherited = row.pop("policies"), row.pop("unit_policies")
    lists = {name: tuple(read(_lines(row.pop(name)))) for name, read in _READERS.items()}
    values: dict[str, Any] = row | lists
    values["roles"] = frozenset(row["roles"].split())
    values["policies"] = tuple((own or inherited or DEFAULT_POLICY).split())
    values["training"] = bool(row["training"])
    return Context(**values)


def _lines(value: Any) -> list[list[Any]]:
    # psycopg has parsed PostgreSQL's JSON already; SQLite gives its text.
    parsed: list[list[Any]] = orjson.loads(value) if isinstance(value, str) else value
    return parsed


@lru_cache(maxsize=4096)
def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=4096)
def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


TRUTH: dict[int | None, bool | None] = {None: None, 0: False, 1: True}


def _read_facts(lines: list[list[Any]]) -> list[Fact]:
    """Every entry the person has, at every message: unpacked in one go, since there may be thousands."""
    make, day, number, truth = tuple.__new__, _day, _number, TRUTH
    return [
        make(
            Fact,
            (
                number_, message, activity, audience, number(count), day(start), day(end), method, met, of, name, place,
                school, truth[full], truth[away], truth[linked], attendance, number(least), state, made and _moment(made),
            ),
        )
        for (
            number_, message, activity, audience, count, start, end, method, met, of, name, place,
            school, full, away, linked, attendance, least, state, made,
        ) in lines
    ]  # fmt: skip


def _read_items(lines: list[list[Any]]) -> list[ItemFact]:
    return [ItemFact._make((*line[:3], _day(line[3]), *line[4:])) for line in lines]


def _read_schools(lines: list[list[Any]]) -> list[OwnSchool]:
    return [OwnSchool._make((*line[:3], date.fromisoformat(line[3]), _day(line[4]))) for line in lines]


def _read_questions(lines: list[list[Any]]) -> list[OpenQuestion]:
    return [OpenQuestion._make((*line[:6], _moment(line[6]))) for line in lines]


def _read_plans(lines: list[list[Any]]) -> list[OpenPlan]:
    return [OpenPlan._make((*line[:4], _number(line[4]), line[5], _day(line[6]), _day(line[7]))) for line in lines]


def _read_waiting(lines: list[list[Any]]) -> list[Waiting]:
    return [Waiting(line[0], line[1], _moment(line[2]), line[3]) for line in lines]


def _read_terms(lines: list[list[Any]]) -> list[TermRow]:
    return [
        TermRow._make(
            (*line[:2], date.fromisoformat(line[2]), date.fromisoformat(line[3]), _day(line[4]), _day(line[5]))
        )
        for line in lines
    ]


_READERS: dict[str, Callable[[list[list[Any]]], Sequence[Any]]] = {
    "facts": _read_facts,
    "items": _read_items,
    "schools": _read_schools,
    "questions": _read_questions,
    "plans": _read_plans,
    "waiting": _read_waiting,
    "terms": _read_terms,
    "changed": lambda lines: [OwnGoal._make(line) for line in lines],
}
