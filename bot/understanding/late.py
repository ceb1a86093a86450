"""Patterns compiled when first used, so that importing costs nothing."""

from __future__ import annotations

import re
from typing import Any, cast

METHODS = (
    "match",
    "search",
    "fullmatch",
    "finditer",
    "findall",
    "sub",
    "subn",
    "split",
    "groups",
    "groupindex",
    "flags",
)


class Late:
    """A pattern's source; the first use compiles it and puts the compiled methods in its place."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """A method of the compiled pattern."""
        if name not in METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in METHODS})
        return self.__dict__[name]


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` gives it, compiled at its first use."""
    return cast("re.Pattern[str]", Late(source, flags))
