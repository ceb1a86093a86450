"""For each stretch of a message what it was taken for, and by which rule."""

from __future__ import annotations

from .commands import Command
from .meaning import Trace
from .normal import Normal
from .reading import Reading
from .tokens import Token

NAMES = {"act": "deed", "aud": "people", "num": "number", "said": "date", "neg": "not done", "go": "going"}


def trace(reading: Reading, normal: Normal, command: Command | None) -> tuple[Trace, ...]:
    """The command's rule if one matched, every token, and every deed."""
    found = [Trace(0, len(normal.typed), normal.typed, command.intent, command.rule)] if command else []
    found += [word(normal, token) for token in reading.tokens]
    for deed in reading.deeds:
        start, end = normal.span(deed.start, deed.end)
        found.append(
            Trace(
                start,
                end,
                normal.typed[start:end],
                deed.activity,
                f"deed: {deed.tone}{fate(deed.negated, deed.planned, deed.dropped)}",
            )
        )
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def word(normal: Normal, token: Token) -> Trace:
    """One token."""
    start, end = normal.span(token.start, token.end)
    reading = token.roles.get("act") or token.roles.get("aud") or (token.said.rule if token.said else "")
    if token.number is not None:
        reading = "vague" if token.number.value is None else f"{token.number.value:g}"
    return Trace(
        start,
        end,
        normal.typed[start:end],
        reading or "/".join(token.roles),
        "word: " + "/".join(NAMES.get(r, r) for r in token.roles),
    )


def fate(negated: bool, planned: bool, dropped: bool) -> str:
    """Why a deed makes no entry of something done."""
    return "".join(
        word
        for said, word in ((negated, ", not done"), (planned, ", planned"), (dropped, ", given up or asked"))
        if said
    )
