"""What each message means: JSON Lines in, JSON Lines out (`--explain`: with the reading of every stretch)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from typing import Any, TextIO

import orjson

from . import understand
from .meaning import meaning_json

SHANGHAI = timezone(timedelta(hours=8))


def run(lines: Iterable[str], out: TextIO, explain: bool = False) -> None:
    """One JSON answer per line read, in order; a line that cannot be read gives an error and the rest goes on."""
    for line in lines:
        if line.strip():
            out.write(written(answer(line, explain)) + "\n")


def answer(line: str, explain: bool = False) -> dict[str, Any]:
    """The meaning of one line, or what is wrong with the line."""
    try:
        said = parsed(line)
    except ValueError as problem:
        return {"error": f"no JSON: {problem}"}
    if not isinstance(said, dict) or not isinstance(said.get("text"), str):
        return {"error": "a line is an object with a text"}
    try:
        now = moment(said.get("now"))
    except (TypeError, ValueError) as problem:
        return {"error": f"no moment: {problem}"}
    meaning = understand(said["text"], now, explain)
    return (
        {**meaning_json(meaning), "trace": [asdict(one) for one in meaning.trace]} if explain else meaning_json(meaning)
    )


def parsed(line: str) -> Any:
    """A line of JSON; what the quick reader does not know (half a character, NaN) the other may."""
    try:
        return orjson.loads(line)
    except ValueError:
        return json.loads(line)


def written(said: object) -> str:
    """An answer as one line of JSON; a number of more than 64 bits and half a character take the slower writer."""
    try:
        return orjson.dumps(said).decode()
    except TypeError:
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def moment(said: str | None) -> datetime:
    """The moment of a message in Shanghai; this one where none was given."""
    if said is None:
        return datetime.now(SHANGHAI).replace(tzinfo=None)
    now = datetime.fromisoformat(said)
    return now.astimezone(SHANGHAI).replace(tzinfo=None) if now.tzinfo else now


if __name__ == "__main__":
    run(sys.stdin, sys.stdout, "--explain" in sys.argv)
