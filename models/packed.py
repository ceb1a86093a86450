"""A person's totals of one period as one line of text: figures of many are read a line a person, not a row a total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from models.keeping import BEGUN, DAYS, Kept
from models.metrics import Totals

Key = tuple[str, str]
Spread = dict[Decimal, int]  # a total over many people: how many have how much; who has nothing is not in it


class Packed(NamedTuple):
    """One period's totals now, and as they stood before `month` where that differs."""

    period: str
    now: str
    month: str | None
    earlier: str | None


def packed(kept: Kept) -> list[Packed]:
    """All totals, a line a period."""
    now, before = _lines(kept.now), _lines(kept.before)
    return [_packed(period, now.get(period, ""), before.get(period, ""), kept.month) for period in now.keys() | before]


def _packed(period: str, now: str, before: str, month: str) -> Packed:
    return Packed(period, now, None, None) if now == before else Packed(period, now, month, before)


def _lines(totals: Totals) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for key in sorted(key for key, value in totals.items() if value):
        period, name = place(*key)
        found.setdefault(period, []).append(f"{name}={totals[key].normalize():f}")
    return {period: " ".join(words) for period, words in found.items()}


def place(metric: str, period: str) -> tuple[str, str]:
    """In which line a total stands, and under what name: what every question reads stands apart, a line a term."""
    if metric not in (BEGUN, DAYS):
        return period, metric
    term, _, year = period.partition("/")
    return f"{term}/", f"{metric}/{year}" if year else metric


def key_of(period: str, name: str) -> Key:
    """The metric and the period of what stands in a line."""
    metric, _, year = name.partition("/")
    return metric, period + year if year else period.rstrip("/")


def one(word: str) -> tuple[str, Decimal]:
    """The name and the number of one word of a line."""
    name, _, value = word.partition("=")
    return name, Decimal(value)


def unpacked(period: str, words: str) -> Totals:
    """The totals of one line, by metric and period."""
    return {key_of(period, name): value for name, value in map(one, words.split())}


def spread(lines: Iterable[Mapping[str, str]], wanted: AbstractSet[Key]) -> dict[Key, Spread]:
    """The wanted totals of many people, from their lines by period: what several have alike is looked at once."""
    joined: dict[str, list[str]] = {}
    for period, words in (line for one in lines for line in one.items()):
        joined.setdefault(period, []).append(words)
    found: dict[Key, Spread] = {}
    for period, many in joined.items():
        for word, people in Counter(" ".join(many).split()).items():
            key, value = _read(period, word)
            if key in wanted:
                into = found.setdefault(key, {})
                into[value] = into.get(value, 0) + people
    return found


@lru_cache(maxsize=8192)
def _read(period: str, word: str) -> tuple[Key, Decimal]:
    name, value = one(word)
    return key_of(period, name), value


def periods(keys: Iterable[Key]) -> frozenset[str]:
    """The lines in which these totals stand."""
    return frozenset(place(*key)[0] for key in keys)


def over(ended: Iterable[str]) -> set[str]:
    """The lines that end with these periods."""
    return {line for period in ended for line in (period, f"{period}/")}
