"""What a rule of commands is: a name, a pattern, and the slots it makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..frozen import frozen
from ..gates import Grams, TextGate, needed
from ..meaning import Entry
from .frame import Frame, pattern

Slots = Mapping[str, Any]
Make = Callable[[Frame, "re.Match[str]"], "Slots | None"]
SURE = 3  # wins over whatever else the message seems to tell
STANDS = 2  # wins over things done that the message seems to tell
YIELDS = 1  # wins unless something done or planned is told
USUAL = 70  # letters of a message that most commands fit into
LAST = 0  # wins only where nothing else was understood


@frozen
class Command:
    """A message read as a command, how sure that is, and by which rule."""

    intent: str
    slots: Slots
    level: int
    rule: str
    entries: tuple[Entry, ...] = ()
    fragment: Slots = field(default_factory=dict)


class Reader(Protocol):
    """A way to read a command, the letters a message may have, and the sets of grams of which it must hold one each."""

    @property
    def longest(self) -> int:
        """How many letters a message may have without its courtesies."""

    @property
    def needs(self) -> Sequence[Grams]:
        """The sets, the rarest first."""

    def read(self, frame: Frame) -> Command | None:
        """The command, if it is one."""


@dataclass(frozen=True)
class Step:
    """A reader that is no more than a function."""

    read: Callable[[Frame], Command | None]
    needs: Sequence[Grams] = ()
    longest: int = USUAL


def either(*patterns: re.Pattern[str]) -> list[Grams]:
    """The grams of which one of several patterns needs one; none where one of them needs none."""
    rarest = [needed(one.pattern)[:1] for one in patterns]
    return [frozenset[str]().union(*(sets[0] for sets in rarest))] if all(rarest) else []


@dataclass(frozen=True)
class Rule:
    """One way to say a command, tried only where a text of at most `longest` letters holds one the pattern needs."""

    intent: str
    pattern: re.Pattern[str]
    make: Make
    unless: re.Pattern[str] | None
    level: int
    whole: bool
    longest: int
    beside: frozenset[str]

    @property
    def needs(self) -> list[Grams]:
        """What the pattern needs."""
        return needed(self.pattern.pattern)

    def read(self, frame: Frame) -> Command | None:
        """The command, if the rule finds it."""
        if len(frame.text) > self.longest or (self.beside and self.beside.isdisjoint(frame.text)):
            return None
        if self.whole:
            match = self.pattern.fullmatch(frame.core) or self.pattern.fullmatch(frame.plain)
        else:
            match = self.pattern.search(frame.core if self.level != LAST else frame.text)
        if not match or (self.unless and self.unless.search(frame.text)):
            return None
        slots = self.make(frame, match)
        return (
            None if slots is None else Command(self.intent, slots, self.level, f"{self.intent}: {match.group()[:20]}")
        )


def bare(_frame: Frame, _match: re.Match[str]) -> Slots:
    """No slots."""
    return {}


def asked(frame: Frame, _match: re.Match[str]) -> Slots:
    """The audience or activity asked about."""
    return frame.asked


def fixed(**slots: Any) -> Make:
    """The same slots always."""
    return lambda _frame, _match: slots


def rule(
    intent: str,
    source: str,
    make: Make = bare,
    *,
    unless: str = "",
    level: int = STANDS,
    whole: bool = False,
    longest: int = USUAL,
    beside: str = "",
) -> Rule:
    """A rule from its pattern's source, in which <group> stands for words; one of the letters `beside` must stand anywhere."""
    return Rule(
        intent, pattern(source), make, pattern(unless) if unless else None, level, whole, longest, frozenset(beside)
    )


class Table:
    """Readers in the order they are tried, with the gate that passes over most of them."""

    def __init__(self, readers: Iterable[Reader]) -> None:
        self.readers = tuple(readers)
        self.gate = TextGate([reader.needs for reader in self.readers])
        self.long = [at for at, reader in enumerate(self.readers) if reader.longest > USUAL]

    def first(self, frame: Frame) -> Command | None:
        """The command that the first of them finds."""
        for at in self.gate.of(frame.text) if len(frame.core) <= USUAL else self.long:
            if found := self.readers[at].read(frame):
                return found
        return None
