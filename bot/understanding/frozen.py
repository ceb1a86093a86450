"""Values that nothing changes once they are made: the type checker sees to that, so making one costs no more than its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(made: type[T]) -> type[T]:
    """A dataclass with slots that the type checker takes as frozen."""
    return dataclass(slots=True, unsafe_hash=True)(made)
