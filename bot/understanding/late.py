"""Patterns compiled when first used, so that importing costs nothing; and sets of words written as one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from .edges import looking

METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


class Late:
    """A pattern's source, or what makes it; the first use compiles it and puts the compiled methods in its place."""

    def __init__(self, source: str | Callable[[], str], flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @property
    def pattern(self) -> str:
        """The source, as compiled patterns show it."""
        if callable(self._source):
            self._source = self._source()
        return self._source

    def __getattr__(self, name: str) -> Any:
        """A method of the compiled pattern."""
        if name not in METHODS:
            raise AttributeError(name)
        source = self.pattern if isinstance(self.pattern, str) else self.pattern()
        compiled = re.compile(source if self._flags else looking(source), self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in METHODS})
        return self.__dict__[name]


def late(source: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` gives it, compiled at its first use."""
    return cast("re.Pattern[str]", Late(source, flags))


def several(words: str) -> frozenset[str]:
    """A set of words written with spaces between them."""
    return frozenset(words.split())
