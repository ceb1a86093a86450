"""JSON Lines in and out: what each message means."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import TextIO

from . import understand
from .meaning import meaning_json


def run(lines: Iterable[str], out: TextIO, explain: bool = False) -> None:
    """One JSON answer per line read, in order."""
    for line in lines:
        if line.strip():
            out.write(json.dumps(answer(line, explain), ensure_ascii=False) + "\n")


def answer(line: str, explain: bool) -> dict[str, object]:
    """The meaning of one line, or what is wrong with the line."""
    d = json.loads(line)
    return meaning_json(understand(d["text"], datetime.fromisoformat(d["now"])))


if __name__ == "__main__":
    run(sys.stdin, sys.stdout, "--explain" in sys.argv)
