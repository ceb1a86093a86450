"""Whether a number is among many, with all of them in one parameter: a thousand parameters cost more than the look-up."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class Numbers(TypeDecorator[Collection[int]]):
    """Many numbers as one value: an array, or on SQLite JSON."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """The type of the database at hand."""
        return dialect.type_descriptor(ARRAY(BigInteger()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        """The value as this database takes it."""
        numbers = list(value or ())
        return numbers if dialect.name == "postgresql" else json.dumps(numbers)


class Among(FunctionElement[bool]):
    """`column` is one of the numbers of a parameter."""

    type = Boolean()
    inherit_cache = True
    name = "among"


@compiles(Among)
def _by_json(element: Among, compiler: Any, **more: Any) -> str:
    column, numbers = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 the compiler wrote both


@compiles(Among, "postgresql")
def _by_array(element: Among, compiler: Any, **more: Any) -> str:
    column, numbers = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} = ANY({numbers})"


def among(column: Any, name: str = "ids") -> ColumnElement[bool]:
    """The condition; the numbers are given when the statement is executed, under `name`."""
    return Among(column, bindparam(name, type_=Numbers()))
