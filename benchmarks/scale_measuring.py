"""How long something takes, whatever else the machine does: the clock, the processors' time on both sides, the statements."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, event


@dataclass(frozen=True)
class Measured:
    """Milliseconds by the clock, of this process's own work and of the database's; the most statements."""

    p50: float
    p95: float
    own: float
    database: float
    statements: int

    def __str__(self) -> str:
        work = f"work {self.own:6.1f} + {self.database:6.1f} ms"
        return f"p50 {self.p50:7.1f}  p95 {self.p95:7.1f} ms  {work}  {self.statements} statements"


class Counter:
    """Statements of an engine."""

    def __init__(self, engine: Engine) -> None:
        self.count = 0
        event.listen(engine, "before_cursor_execute", self._one)

    def _one(self, *_: object) -> None:
        self.count += 1


@dataclass(frozen=True)
class Run:
    """One time."""

    taken: float
    own: float
    database: float
    statements: int


Nth = Callable[[int], object]


def measure(counter: Counter, each: Nth, runs: int, before: Nth | None = None) -> Measured:
    """Do something so many times, each after what comes before it; two more warm up."""
    done = [_run(counter, each, n, before) for n in range(runs + 2)][2:]
    taken = sorted(one.taken for one in done)
    own, database = (sum(getattr(one, name) for one in done) / runs for name in ("own", "database"))
    most = max(one.statements for one in done)
    return Measured(taken[runs // 2], taken[min(int(runs * 0.95), runs - 1)], own, database, most)


def _run(counter: Counter, each: Nth, n: int, first: Nth | None) -> Run:
    if first:
        first(n)
    count, others = counter.count, _servers()
    own, before = time.process_time(), time.perf_counter()
    each(n)
    taken, own = time.perf_counter() - before, time.process_time() - own
    return Run(taken * 1000, own * 1000, (_servers() - others) * 1000, counter.count - count)


def _servers() -> float:
    """Seconds that PostgreSQL's processes for this database worked, where the system tells; in steps of a hundredth."""
    ticks = 0
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if b" scale" in (place / "cmdline").read_bytes():
                ticks += sum(map(int, (place / "stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")
