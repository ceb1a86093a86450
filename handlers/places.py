"""Which school a written place means, and whether it is the person's own."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.asked import Asked
from models.context import OwnSchool
from models.schools import named_schools, same_school


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written, the school it means where the roster knows it, and whether it is none of the person's, or linked."""

    words: str | None = None
    school_id: int | None = None
    away: bool = False
    linked: bool = False


def find_place(asked: Asked, words: str | None) -> Place:
    """The school meant by these words; no words mean the person's own school where there is just one."""
    own = asked.context.own_schools
    if words is None:
        one = [s.school_id for s in own if s.kind == "own"]
        return Place(None, one[0] if len(one) == 1 else None)
    mine = next((s for s in own if same_school(s.name, words)), None)
    if mine:
        return Place(words, mine.school_id, linked=mine.kind == "linked")
    found = named_schools(asked.connection, asked.context.unit_path, words)
    return Place(words, found[0].id if len(found) == 1 else None, away=bool(own))


def primary(asked: Asked) -> OwnSchool | None:
    """The school that is meant where one only is said to be "mine"."""
    own = asked.context.own_schools
    return own[0] if own else None
