"""Ten thousand reminders, three of ten calls failing in every way, two clocks killed at random: what becomes of each.

Run from the repository: python -m benchmarks.delivery_chaos [people] [seed]. It starts a PostgreSQL of its own and ends with 1
where any message has no true end, or arrived twice.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path

from benchmarks.databases import postgres
from models.database import connect, migrate
from tests.chaos import Result, run
from tests.storm import storm


def main(people: int, seed: int) -> int:
    """Run the storm and print what came of it."""
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder, postgres() as url:
        engine = connect(url)
        migrate(engine)
        engine.dispose()
        with storm(url, Path(folder), people, seed) as made:
            result = run(made)
    report(result, people)
    return 1 if result.faults else 0


def report(result: Result, people: int) -> None:
    """The figures, one a line."""
    faults = sum(result.seen.values())
    print(f"{people} people, {result.kills} clocks killed, {faults} calls failed: {dict(result.seen)}")
    print(f"took {result.seconds:.0f} s for {result.simulated} of simulated time")
    for state, number in sorted(result.states.items()):
        print(f"  {state:<14} {number:>6}")
    print(f"  {'all messages':<14} {sum(result.states.values()):>6}")
    print(f"arrived at the platform: {result.delivered}, {result.doubtful_arrived} of them doubtful here")
    print(f"disagreements: {len(result.faults)} {result.faults[:10]}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    raise SystemExit(main(*(numbers + [10_000, 7][len(numbers) :])))
