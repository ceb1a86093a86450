"""One reading for one message: a command, things done, things planned, nothing done, or a problem."""

from __future__ import annotations

from datetime import datetime

from .clauses import clauses
from .entries import entries
from .lexer import lex
from .meaning import Meaning
from .normal import normalise
from .reader import read_clause
from .scene import Scene


def understand(text: str, now: datetime) -> Meaning:
    """The meaning of one message sent at `now`, local time; never raises, and the same for the same words."""
    normal = normalise(text)
    tokens = lex(normal.text)
    scene = Scene(normal.text, now)
    for clause in clauses(tokens, len(normal.text)):
        read_clause(scene, clause)
    found = [(d, e) for d, e in entries_of(scene, normal)]
    return found_meaning(scene, found, text)


def entries_of(scene, normal):
    from .entries import merged, produce, stands
    kept = merged([d for d in scene.deeds if not d.negated and not d.dropped and stands(d)])
    return [(deed, e) for deed in kept for e in produce(scene, normal, deed)]


def found_meaning(scene, found, text):
    done = tuple(e for d, e in found if not d.planned)
    if done:
        return Meaning("check_in", done, {"asks": True} if scene.asks else {}, text)
    planned = tuple(e for d, e in found if d.planned)
    if planned:
        return Meaning("plan", planned, {}, text)
    if any(d.negated for d in scene.deeds):
        return Meaning("nothing", (), {}, text)
    return Meaning("unknown", (), {}, text)
